"""The choice that somebody gets when the same field was changed under their hands. Drawn by task_conflict.js."""

from collections.abc import Mapping
from typing import Any

from nicegui.element import Element

from tasktracker.ui.components.intents import Handler, answer, settled

MOST = 60
"""Fields of one conflict, at most: those of a task, and 50 of its project."""


class TaskConflict(Element, component="task_conflict.js"):
    """Nothing until there is a conflict.

    `keep` saves one's own over what the other wrote, `take` gives one's own up, `merge` is told the values to save in
    place of both, by the log's names of their fields. Until they are done, nothing else can be chosen or typed.
    """

    def __init__(self, *, keep: Handler[bool], take: Handler[bool], merge: Handler[Mapping[str, Any]]) -> None:
        super().__init__()
        answer(self, "keep", lambda _raw: True, settled(self, keep))
        answer(self, "take", lambda _raw: True, settled(self, take))
        answer(self, "merge", read_merge, settled(self, merge))

    def show(self, ref: str, told: str, choices: list[dict[str, Any]]) -> None:
        """Ask: what has happened, and what there is to choose from (`presenters.conflict`)."""
        self.props.update({"draft": f"{ref}:merged", "told": told, "choices": choices})
        self.update()


def read_merge(raw: Any) -> Mapping[str, Any] | None:
    """Texts and lists by field, if they are that; whether they fit is the service's to judge."""
    if not isinstance(raw, dict) or not 0 < len(raw) <= MOST:
        return None
    is_fine = all(isinstance(field, str) and isinstance(value, str | list) for field, value in raw.items())
    return raw if is_fine else None
