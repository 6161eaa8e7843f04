"""The conversation and history of a task, as one element however long it is."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

Item = dict[str, Any]
"""A comment `{id, author, at, html, body, edited, own}` or an event `{id, author, at, text}`; `html` is cleaned."""


class Thread(Element, component="thread.js"):
    """Shows items oldest first. One's own comments can be edited and deleted."""

    def __init__(
        self,
        *,
        draft_prefix: str,
        can_comment: bool,
        on_edit: Callable[[str, str], Awaitable[None]],
        on_delete: Callable[[str], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._props["draft-prefix"] = draft_prefix
        self._props["can-comment"] = can_comment
        self._on_edit, self._on_delete = on_edit, on_delete
        self.on("edit", self._edit)
        self.on("delete", self._delete)

    def show(self, items: list[Item]) -> None:
        """Replace what is shown; a comment that is being edited stays open."""
        self._props["items"] = items
        self.update()

    async def _edit(self, event: GenericEventArguments) -> None:
        match event.args:
            case {"id": str(comment_id), "body": str(body)}:
                await self._on_edit(comment_id, body)

    async def _delete(self, event: GenericEventArguments) -> None:
        match event.args:
            case {"id": str(comment_id)}:
                await self._on_delete(comment_id)
