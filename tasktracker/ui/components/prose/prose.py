"""A text that somebody wrote, as people read it: what it does in the browser stands in prose.js."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui.element import Element

from tasktracker.ui.components.intents import answer

MAX_ITEM = 64


@dataclass(frozen=True, slots=True)
class TickIntent:
    """Somebody ticks an item of a checklist, or empties its box."""

    item: str
    done: bool


class Prose(Element, component="prose.js"):
    """Shows HTML made of Markdown; who may ticks its checklists. `empty` stands where there is no text."""

    def __init__(self, *, empty: str, can_tick: bool, on_tick: Callable[[TickIntent], Awaitable[None]]) -> None:
        super().__init__()
        self.props["empty"] = empty
        self.props["can-tick"] = can_tick
        answer(self, "tick", read_tick, on_tick)

    def show(self, html: str) -> None:
        """Replace what is shown; a box that has the focus keeps it."""
        self.props["html"] = html


def read_tick(raw: Any) -> TickIntent | None:
    """What `tick` carries, if it is well formed."""
    match raw:
        case {"item": str(item), "done": bool(done)} if 0 < len(item) <= MAX_ITEM:
            return TickIntent(item, done)
    return None
