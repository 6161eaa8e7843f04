"""The inbox in the browser: what it draws and what it wants stands in inbox.js."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.domain.references import TaskRef
from tasktracker.ui.components.intents import answer, read_ref
from tasktracker.ui.elements import unwatched

MOST = 500
"""Notifications that may be marked at once."""
LONGEST = 40
"""Characters of a state, or of a moment."""


@dataclass(frozen=True, slots=True)
class SnoozeIntent:
    """Somebody wants to be told of these later; the service decides about the moment."""

    ids: list[UUID]
    until: str


class Inbox(Element, component="inbox.js"):
    """Shows notifications, newest first, grouped by their task, and a task beside them on wide screens."""

    def __init__(self, projects: dict[str, dict[str, str]]) -> None:
        """`projects` are their names and colours by key."""
        super().__init__()
        self.props["projects"] = projects

    def show(self, items: list[dict[str, Any]], *, state: str, has_more: bool) -> None:
        """Replace what is shown."""
        self.props.update({"items": unwatched(items), "state": state, "has-more": has_more})
        self.update()

    def show_task(self, task: dict[str, Any] | None) -> None:
        """The task at the side."""
        self.props["preview"] = task
        self.update()

    def answers(
        self,
        *,
        show: Callable[[str], Awaitable[None]],
        look: Callable[[TaskRef], Awaitable[None]],
        more: Callable[[], Awaitable[None]],
        read: Callable[[list[UUID]], Awaitable[None]],
        unread: Callable[[list[UUID]], Awaitable[None]],
        snooze: Callable[[SnoozeIntent], Awaitable[None]],
    ) -> None:
        """Who does what people want."""
        answer(self, "show", read_word, show)
        answer(self, "look", read_ref, look)
        answer(self, "read", read_ids, read)
        answer(self, "unread", read_ids, unread)
        answer(self, "snooze", read_snooze, snooze)
        self.on("more", more, args=[])


def read_word(raw: Any) -> str | None:
    """A short text: the service judges it."""
    return raw if isinstance(raw, str) and len(raw) <= LONGEST else None


def read_ids(raw: Any) -> list[UUID] | None:
    """Ids of notifications, if they are that and not too many."""
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST:
        return None
    try:
        return [UUID(each) for each in raw]
    except (ValueError, AttributeError, TypeError):
        return None


def read_snooze(raw: Any) -> SnoozeIntent | None:
    """What `snooze` carries, if it is well formed."""
    if not isinstance(raw, dict):
        return None
    ids, until = read_ids(raw.get("ids")), read_word(raw.get("until"))
    return SnoozeIntent(ids, until) if ids and until else None
