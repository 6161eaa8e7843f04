"""The choice that somebody gets when the same field was changed under their hands."""

from collections.abc import Awaitable, Callable
from typing import Any

from tasktracker.domain.errors import Conflict
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.formats import list_text
from tasktracker.ui.language import t

_TEXTS = ("title", "description")


class ConflictStrip:
    """Hidden until it is needed. t("Keep mine") saves over what the other wrote; t("Take theirs") loads it."""

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
            names = list_text([_changed(field) for field in conflict.fields])
            told = t("Somebody else changed {fields} while you were editing. Nothing is lost: choose.", fields=names)
            text(told, "tt-conflict-text")
            with box("tt-conflict-sides"):
                for field in _TEXTS:
                    if sides := conflict.fields.get(field):
                        _side(t("Yours"), sides["yours"])
                        _side(t("Theirs"), sides["theirs"])
            with box("tt-conflict-actions"):
                button(t("Keep mine"), keep_mine, kind="primary")
                button(t("Take theirs"), take_theirs)
        self._strip.visible = True


def _changed(field: str) -> str:
    names = {
        "title": t("the title"),
        "description": t("the description"),
        "column_id": t("the state"),
        "priority": t("the priority"),
        "assignee_ids": t("the assignees"),
        "label_ids": t("the labels"),
        "due": t("the due date"),
        "position": t("the place"),
    }
    return names.get(field, field)


def _side(title: str, content: str) -> None:
    with box("tt-conflict-side"):
        text(title, "tt-field-label")
        text(content or t("(empty)"), "tt-conflict-content")
