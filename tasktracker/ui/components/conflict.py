"""The choice that somebody gets when the same field was changed under their hands."""

from collections.abc import Awaitable, Callable
from typing import Any

from tasktracker.domain.errors import Conflict
from tasktracker.ui.elements import box, button, text

_NAMES = {
    "title": "the title", "description": "the description", "column_id": "the state", "priority": "the priority",
    "assignee_ids": "the assignees", "label_ids": "the labels", "due": "the due date", "position": "the place",
}  # fmt: skip
_TEXTS = ("title", "description")


class ConflictStrip:
    """Hidden until it is needed. "Keep mine" saves over what the other wrote; "Take theirs" loads it."""

    def __init__(
        self,
        keep_mine: Callable[[Conflict, dict[str, Any]], Awaitable[None]],
        take_theirs: Callable[[], Awaitable[None]],
    ) -> None:
        self._keep_mine, self._take_theirs = keep_mine, take_theirs
        self._strip = box("tt-conflict").props("role=alert")
        self._strip.visible = False

    def show(self, conflict: Conflict, fields: dict[str, Any]) -> None:
        """Offer the choice; texts are shown side by side."""

        async def keep_mine() -> None:
            self._strip.visible = False
            await self._keep_mine(conflict, fields)

        async def take_theirs() -> None:
            self._strip.visible = False
            await self._take_theirs()

        self._strip.clear()
        with self._strip:
            names = " and ".join(_NAMES[field] for field in conflict.fields)
            text(f"Somebody else changed {names} while you were editing. Nothing is lost: choose.", "tt-conflict-text")
            with box("tt-conflict-sides"):
                for field in _TEXTS:
                    if sides := conflict.fields.get(field):
                        _side("Yours", sides["yours"])
                        _side("Theirs", sides["theirs"])
            with box("tt-conflict-actions"):
                button("Keep mine", keep_mine, kind="primary")
                button("Take theirs", take_theirs)
        self._strip.visible = True


def _side(title: str, content: str) -> None:
    with box("tt-conflict-side"):
        text(title, "tt-field-label")
        text(content or "(empty)", "tt-conflict-content")
