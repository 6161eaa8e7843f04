"""What was done, in the browser: what it draws stands in activity.js."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.ui.components.intents import answer
from tasktracker.ui.elements import unwatched

LONGEST = 40
"""Characters of an id, or of the name of a kind."""


@dataclass(frozen=True, slots=True)
class NarrowIntent:
    """Somebody wants to see what this person did, or what was done to things of this kind, or in this project.

    Empty texts mean all.
    """

    by: str
    kind: str
    project: str = ""


class Activity(Element, component="activity.js"):
    """Shows commands, newest first, by days. Its undo goes by static/undo.js, as every other."""

    def __init__(self, people: dict[str, str], projects: dict[str, dict[str, str]] | None = None) -> None:
        """`people` are names by id; `projects` names and colours by key, where it is the activity of several."""
        super().__init__()
        self.props["people"] = people
        self.props["projects"] = projects

    def knows(self, people: dict[str, str], projects: dict[str, dict[str, str]]) -> None:
        """Offer these from now on."""
        self.props.update({"people": people, "projects": projects})

    def show(self, items: list[dict[str, Any]], *, by: str, kind: str, has_more: bool, project: str = "") -> None:
        """Replace what is shown."""
        self.props.update({"items": unwatched(items), "by": by, "kind": kind, "project": project, "has-more": has_more})
        self.update()

    def answers(
        self, *, narrow: Callable[[NarrowIntent], Awaitable[None]], more: Callable[[], Awaitable[None]]
    ) -> None:
        """Who does what people want."""
        answer(self, "narrow", read_narrow, narrow)
        self.on("more", more, args=[])


def read_narrow(raw: Any) -> NarrowIntent | None:
    """What `narrow` carries, if it is well formed."""
    wanted: list[Any] = [raw.get(name, "") for name in ("by", "kind", "project")] if isinstance(raw, dict) else [None]
    if not all(isinstance(each, str) and len(each) <= LONGEST for each in wanted):
        return None
    return NarrowIntent(*wanted)
