"""A project's activity in the browser: what it draws stands in activity.js."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.ui.components.intents import answer

LONGEST = 40
"""Characters of an id, or of the name of a kind."""


@dataclass(frozen=True, slots=True)
class NarrowIntent:
    """Somebody wants to see what this person did, or what was done to things of this kind; empty texts mean all."""

    by: str
    kind: str


class Activity(Element, component="activity.js"):
    """Shows commands, newest first, by days. Its undo goes by static/undo.js, as every other."""

    def __init__(self, people: dict[str, str]) -> None:
        """`people` are the names of those in the project, by id."""
        super().__init__()
        self.props["people"] = people

    def show(self, items: list[dict[str, Any]], *, by: str, kind: str, has_more: bool) -> None:
        """Replace what is shown."""
        self.props.update({"items": items, "by": by, "kind": kind, "has-more": has_more})
        self.update()

    def answers(
        self, *, narrow: Callable[[NarrowIntent], Awaitable[None]], more: Callable[[], Awaitable[None]]
    ) -> None:
        """Who does what people want."""
        answer(self, "narrow", read_narrow, narrow)
        self.on("more", more, args=[])


def read_narrow(raw: Any) -> NarrowIntent | None:
    """What `narrow` carries, if it is well formed."""
    by, kind = (raw.get(name) for name in ("by", "kind")) if isinstance(raw, dict) else (None, None)
    if not isinstance(by, str) or not isinstance(kind, str) or max(len(by), len(kind)) > LONGEST:
        return None
    return NarrowIntent(by, kind)
