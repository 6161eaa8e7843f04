"""The conversation and history of a task, as one element however long it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from tasktracker.ui.components.intents import answer, read_uuid
from tasktracker.ui.components.modules import register_modules
from tasktracker.ui.components.prose.prose import read_tick
from tasktracker.ui.elements import unwatched

register_modules("tasktracker-thread", Path(__file__).parent / "parts")

Item = dict[str, Any]
"""A comment `{id, author, at, html, body, edited, own, reactions}` or an event `{id, author, at, text}`.

`html` is cleaned; `reactions` are `{emoji, n, own, names}`.
"""
MAX_EMOJI = 32


@dataclass(frozen=True, slots=True)
class CommentTick:
    """Somebody ticks an item of a checklist in a comment, or empties its box."""

    id: str
    item: str
    done: bool


@dataclass(frozen=True, slots=True)
class ReactIntent:
    """Somebody answers a comment with an emoji, or takes that back."""

    id: str
    emoji: str
    wanted: bool


class Thread(Element, component="thread.js"):
    """Shows items oldest first. One's own comments can be edited, ticked and deleted; `draft_prefix` is the task."""

    def __init__(
        self,
        *,
        draft_prefix: str,
        can_comment: bool,
        on_edit: Callable[[str, str], Awaitable[None]],
        on_delete: Callable[[str], Awaitable[None]],
        on_tick: Callable[[CommentTick], Awaitable[None]],
        on_react: Callable[[ReactIntent], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._props["draft-prefix"] = draft_prefix
        self._props["can-comment"] = can_comment
        self._on_edit, self._on_delete = on_edit, on_delete
        self.on("edit", self._edit)
        self.on("delete", self._delete)
        answer(self, "tick", read_comment_tick, on_tick)
        answer(self, "react", read_react, on_react)

    def show(self, items: list[Item]) -> None:
        """Replace what is shown; a comment that is being edited stays open."""
        self._props["items"] = unwatched(items)
        self.update()

    async def _edit(self, event: GenericEventArguments) -> None:
        match event.args:
            case {"id": str(comment_id), "body": str(body)}:
                await self._on_edit(comment_id, body)

    async def _delete(self, event: GenericEventArguments) -> None:
        match event.args:
            case {"id": str(comment_id)}:
                await self._on_delete(comment_id)


def read_comment_tick(raw: Any) -> CommentTick | None:
    """What `tick` carries, if it is well formed."""
    tick = read_tick(raw)
    return CommentTick(raw["id"], tick.item, tick.done) if tick and read_uuid(raw.get("id")) else None


def read_react(raw: Any) -> ReactIntent | None:
    """What `react` carries, if it is well formed. Whether that is an emoji is the service's to judge."""
    match raw:
        case {"id": str(comment_id), "emoji": str(emoji), "wanted": bool(wanted)} if 0 < len(emoji) <= MAX_EMOJI:
            return ReactIntent(comment_id, emoji, wanted) if read_uuid(comment_id) else None
    return None
