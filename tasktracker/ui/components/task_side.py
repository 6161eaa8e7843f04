"""The side of a task: its properties, and what people want of them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.task_fields import CUSTOM
from tasktracker.ui.components.task_properties.task_properties import Answers, SaveIntent, TaskProperties
from tasktracker.ui.feedback import refusals_shown, refusals_told
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.task_properties import properties, surroundings


class TaskSide:
    """Each property is saved by itself; what is refused stays in its place, with the reason."""

    def __init__(
        self,
        project: ProjectPresenter,
        task: TaskPresenter,
        save: Callable[[dict[str, Any], int], Awaitable[bool]],
        act: Callable[[str], Awaitable[None]],
        *,
        can_edit: bool,
        is_page: bool,
    ) -> None:
        self._project, self._task, self._save_fields, self._can_edit = project, task, save, can_edit
        answers = Answers(self._save, self._remind, self._forget, act)
        self._properties = TaskProperties(answers, can_edit=can_edit, is_page=is_page)

    def refresh(self) -> None:
        """Show what the presenter knows; what somebody has entered stays."""
        task = properties(self._task, self._project.people(), can_edit=self._can_edit)
        self._properties.show(task, surroundings(self._project.frame, self._task.custom_fields))

    async def _save(self, intent: SaveIntent) -> None:
        problems: list[str] = []
        with refusals_told(problems.append):
            if intent.field == "watcher_ids":
                await self._task.let_watch(intent.value)
            elif not await self._save_fields(_fields(intent), intent.version):
                problems.append(t("Somebody else has changed this, too. Choose above."))
        if not problems:
            self.refresh()
        self._properties.settle(intent.token, problems[0] if problems else None, self._task.task.version)

    async def _remind(self, wanted: Mapping[str, Any]) -> None:
        problems: list[str] = []
        with refusals_told(problems.append):
            await self._task.remind(wanted)
            self.refresh()
        self._properties.reminded(problems[0] if problems else None)

    async def _forget(self, reminder_id: UUID) -> None:
        with refusals_shown():
            await self._task.forget_reminder(reminder_id)
            self.refresh()


def _fields(intent: SaveIntent) -> dict[str, Any]:
    """As the API names them: custom fields in one object."""
    if intent.field.startswith(CUSTOM):
        return {"custom": {intent.field.removeprefix(CUSTOM): intent.value}}
    return {intent.field: intent.value}
