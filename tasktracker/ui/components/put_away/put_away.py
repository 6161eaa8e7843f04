"""The trash and the archive in the browser: what they draw stands in put_away.js."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.ui.components.intents import answer
from tasktracker.ui.components.live_view import MANY, read_number
from tasktracker.ui.elements import unwatched

LONGEST = 200
"""Characters that somebody may search for."""

Numbers = list[int]


class PutAway(Element, component="put_away.js"):
    """Shows tasks that were taken off the board."""

    def __init__(self, project_key: str, place: str, *, can_restore: bool, can_purge: bool) -> None:
        """`place` is trash or archive."""
        super().__init__()
        about = {"project-key": project_key, "place": place, "can-restore": can_restore, "can-purge": can_purge}
        self.props.update(about)

    def show(self, items: list[dict[str, Any]], *, search: str, has_more: bool) -> None:
        """Replace what is shown, as the answer to that search."""
        self.props.update({"items": unwatched(items), "search": search, "has-more": has_more})
        self.update()

    def answers(
        self,
        *,
        search: Callable[[str], Awaitable[None]],
        bring_back: Callable[[Numbers], Awaitable[None]],
        purge: Callable[[Numbers], Awaitable[None] | None],
        more: Callable[[], Awaitable[None]],
    ) -> None:
        """Who does what people want."""
        answer(self, "search", read_search, search)
        answer(self, "bring", read_numbers, bring_back)
        answer(self, "purge", read_numbers, purge)
        self.on("more", more, args=[])


def read_search(raw: Any) -> str | None:
    """What somebody searches for."""
    return raw if isinstance(raw, str) and len(raw) <= LONGEST else None


def read_numbers(raw: Any) -> Numbers | None:
    """Numbers of tasks, if they are that and not too many."""
    if not isinstance(raw, list) or not 0 < len(raw) <= MANY:
        return None
    return raw if all(read_number(each) is not None for each in raw) else None
