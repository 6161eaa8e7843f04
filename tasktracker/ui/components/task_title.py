"""A task's title: a field that is saved when it has been typed."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from tasktracker.ui.drafts import draft, draft_based_on, draft_overtaken, draft_saved
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
        self._begun_on = task.task.version
        self._titles = {task.task.version: task.task.title}
        """What may stand in the field while nobody has typed, by version: all since the one that it is based on."""
        self._input = ui.textarea(value=task.task.title).props("borderless dense autogrow maxlength=300 rows=1")
        named(self._input, t("Title")).classes("tt-title-input").set_enabled(can_edit)
        self._input.on("blur", self.save).on("keydown.enter.prevent", self.save)
        draft(self._input, self._draft)
        draft_based_on(self._input, task.task.version, self._rebased)

    @property
    def typed(self) -> str | None:
        """What stands in the field."""
        value: str | None = self._input.value
        return value

    def refresh(self) -> None:
        """Show what is saved; what somebody is typing stays."""
        task = self._task.task
        if task.version not in self._titles:
            self._titles[task.version] = task.title
            draft_overtaken(self._draft, self._titles.values(), version=task.version, shown=task.title)

    async def save(self) -> bool:
        """False when the person has to choose first."""
        is_saved, text = True, self._input.value or ""
        if text == self._titles.get(self._begun_on):  # nobody has typed; a newer one may be on its way to the browser
            draft_saved(self._draft, text)
            return True
        with refusals_shown():
            is_saved = await self._save_fields({"title": text}, self._begun_on)
            if is_saved:
                title, self._begun_on = self._task.task.title, self._task.task.version
                self._titles = {self._begun_on: title}
                draft_saved(self._draft, text, version=self._begun_on, shown=title)
        return is_saved

    def _rebased(self, version: int) -> None:
        self._begun_on = version
        self._titles = {each: title for each, title in self._titles.items() if each >= version}
