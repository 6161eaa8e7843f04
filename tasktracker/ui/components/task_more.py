"""The menu of a task: what is done with it as a whole."""

from collections.abc import Awaitable, Callable

from tasktracker.domain.references import TaskRef
from tasktracker.services.relocation import TransferView
from tasktracker.ui.components.move_task import move_task
from tasktracker.ui.components.task_menu.task_menu import TaskMenu
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


class TaskMore:
    """Draws the button. `act` archives, trashes or brings back; `went` gets another task to show, with words on it."""

    def __init__(
        self,
        project: ProjectPresenter,
        task: TaskPresenter,
        act: Callable[[str], Awaitable[None]],
        went: Callable[[TaskRef, str], object],
    ) -> None:
        self._project, self._task, self._act, self._went = project, task, act, went
        self._menu = TaskMenu(self._choose)

    def refresh(self) -> None:
        """Offer what can be done with the task as it is now."""
        self._menu.show(self._items(), f"/t/{self._task.ref}")

    def _items(self) -> dict[str, str]:
        items = {"copy-link": t("Copy link")}
        if not self._project.can_edit:
            return items
        task = self._task.task
        if task.trashed_at:
            return {**items, "restore": t("Restore from trash")}
        items["duplicate"] = t("Duplicate")
        if self._task.subtasks:
            items["duplicate-all"] = t("Duplicate with subtasks")
        items["move"] = t("Move to another project…")
        items |= {"unarchive": t("Unarchive")} if task.archived_at else {"archive": t("Archive")}
        return {**items, "trash": t("Move to trash")}

    async def _choose(self, item: str) -> None:
        if item == "move":
            move_task(self._project, self._task, self._moved)
        elif item.startswith("duplicate"):
            await self._duplicate(with_subtasks=item == "duplicate-all")
        else:
            await self._act(item)

    async def _duplicate(self, *, with_subtasks: bool) -> None:
        with refusals_shown():
            copy = await self._task.duplicate(with_subtasks=with_subtasks)
            told = t("{ref} is a copy of {original}", ref=copy.ref, original=str(self._task.ref))
            self._went(TaskRef.parse(copy.ref), told)

    def _moved(self, transfer: TransferView, told: str) -> None:
        self._went(TaskRef.parse(transfer.task.ref), told)
