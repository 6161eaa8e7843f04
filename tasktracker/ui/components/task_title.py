"""A task's title: a field that is saved when it has been typed."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from tasktracker.ui.drafts import draft, draft_based_on, draft_saved
from tasktracker.ui.elements import named
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.task import TaskPresenter


class TaskTitle:
    """Saved by Enter, and when it loses the focus."""

    def __init__(
        self, task: TaskPresenter, save: Callable[[dict[str, Any], int], Awaitable[bool]], *, can_edit: bool
    ) -> None:
        self._task, self._save_fields = task, save
        self._draft = f"{task.ref}:title"
        self._seen, self._begun_on = task.task.title, task.task.version
        self._input = ui.textarea(value=task.task.title).props("borderless dense autogrow maxlength=300 rows=1")
        named(self._input, t("Title")).classes("tt-title-input").set_enabled(can_edit)
        self._input.on("blur", self.save).on("keydown.enter.prevent", self.save)
        draft(self._input, self._draft)
        draft_based_on(self._input, task.task.version, self._restored)

    @property
    def typed(self) -> str | None:
        """What stands in the field."""
        value: str | None = self._input.value
        return value

    def refresh(self) -> None:
        """Show what is saved; what somebody is typing stays."""
        if self._input.value in (self._seen, ""):
            self._input.value = self._seen = self._task.task.title
            self._input.props["data-draft-base"] = self._begun_on = self._task.task.version

    async def save(self) -> bool:
        """False when the person has to choose first."""
        is_saved, text = True, self._input.value or ""
        with refusals_shown():
            is_saved = await self._save_fields({"title": text}, self._begun_on)
            if is_saved:
                self._seen, self._begun_on = self._task.task.title, self._task.task.version
                draft_saved(self._draft, text, version=self._begun_on, shown=self._seen)
        return is_saved

    def _restored(self, version: int) -> None:
        self._begun_on = version
