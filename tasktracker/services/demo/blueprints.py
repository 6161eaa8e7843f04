"""The three projects of the demo: what they are, who works in them, and what their boards look like."""

from collections.abc import Mapping
from dataclasses import dataclass

ROSE, CLAY, OCHRE, MOSS, CELADON = "#d6455d", "#c4622d", "#a67c00", "#4b8f3c", "#1f8a7a"
SKY, INDIGO, PLUM, PINK, SLATE = "#2f80c2", "#6a6fd6", "#a85bc2", "#c9518f", "#7a7f8c"
"""Dots of one lightness: at least 3.4 : 1 on white and on a dark card (WCAG 2.2, 1.4.11 asks for 3 : 1)."""


@dataclass(frozen=True)
class Blueprint:
    """A project. Each of `makers` has one task in hand at a time, so `in_progress` is at least their number."""

    content: str
    key: str
    name: str
    description: str
    color: str
    lead: str
    makers: tuple[str, ...]
    in_progress: int
    in_review: int
    labels: Mapping[str, str]


BLUEPRINTS = (
    Blueprint(
        content="web",
        key="WEB",
        name="Shop relaunch",
        description="The new shop for tableware and tea: six countries, five languages, one checkout. "
        "The old one stays reachable for a week after the switch.",
        color=CELADON,
        lead="robin",
        makers=("lea", "joerg", "amina", "hanh", "robin"),
        in_progress=5,
        in_review=4,
        labels={
            "bug": ROSE,
            "frontend": SKY,
            "backend": INDIGO,
            "design": PLUM,
            "checkout": CELADON,
            "content": OCHRE,
            "accessibility": PINK,
            "performance": MOSS,
        },
    ),
    Blueprint(
        content="app",
        key="APP",
        name="Mobile app",
        description="A tea timer that knows the tea, the story of every cup, and the next box. For iOS and Android.",
        color=PLUM,
        lead="lea",
        makers=("takumi", "zofia", "lea", "hanh"),
        in_progress=4,
        in_review=3,
        labels={
            "bug": ROSE,
            "ios": SKY,
            "android": MOSS,
            "design": PLUM,
            "offline": OCHRE,
            "release": CELADON,
            "accessibility": PINK,
            "feedback": CLAY,
        },
    ),
    Blueprint(
        content="ops",
        key="OPS",
        name="Infrastructure",
        description="Servers, backups, pipelines and whoever is called at night. Five machines, three people.",
        color=SKY,
        lead="mateus",
        makers=("mateus", "priya", "joerg"),
        in_progress=3,
        in_review=2,
        labels={
            "incident": ROSE,
            "security": CLAY,
            "backup": CELADON,
            "monitoring": SKY,
            "pipeline": INDIGO,
            "cost": OCHRE,
            "docs": SLATE,
        },
    ),
)
