"""What people do with many tasks at once, and how they take it back."""

from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from tasktracker.services.batch import BatchResult
from tasktracker.ui.components.live_view import ActIntent, EditIntent
from tasktracker.ui.elements import box
from tasktracker.ui.feedback import done_toast, refusals_shown, toast
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.project import ProjectPresenter


class ProjectDeeds:
    """One for each page of a project: each deed is one command, told in a toast that can undo it."""

    def __init__(self, presenter: ProjectPresenter) -> None:
        self._presenter = presenter
        self._undone: int | None = None  # the command of the last undo, which Redo takes back
        box("").props("hidden data-undoes")  # the commands “Undo” and “Redo” work on such pages only
        ui.on("tt-undo", self._undo)
        ui.on("tt-redo", self._redo)

    async def edit(self, intent: EditIntent) -> None:
        """Give the tasks their new fields."""
        with refusals_shown():
            result = await self._presenter.edit(intent.edits, intent.versions)
            n = len(intent.edits)
            self._tell(result, tn("{n} task changed", "{n} tasks changed", n))

    async def act(self, intent: ActIntent) -> None:
        """Archive, unarchive, trash or restore the tasks."""
        with refusals_shown():
            result = await self._presenter.act(intent.numbers, intent.act)
            self._tell(result, _told(intent.act, len(intent.numbers)))

    def _tell(self, result: BatchResult, message: str) -> None:
        self._undone = None
        if result.command is not None:
            done_toast(message, result.command)

    async def _undo(self, event: GenericEventArguments) -> None:
        wanted = _revision(event.args)
        with refusals_shown():
            undone = await self._presenter.undo(wanted)
            is_redo = wanted is not None and wanted == self._undone
            self._undone = None if is_redo else undone.command
            if is_redo:
                done_toast(t("Done again"), undone.command)
            else:
                done_toast(t("Undone"), undone.command, t("Redo"))

    async def _redo(self) -> None:
        if self._undone is None:
            toast(t("There is nothing to do again."))
            return
        with refusals_shown():
            again = await self._presenter.undo(self._undone)
            self._undone = None
            done_toast(t("Done again"), again.command)


def _told(act: str, n: int) -> str:
    match act:
        case "archive":
            return tn("{n} task archived", "{n} tasks archived", n)
        case "unarchive":
            return tn("{n} task is back on the board", "{n} tasks are back on the board", n)
        case "trash":
            return tn("{n} task moved to the trash", "{n} tasks moved to the trash", n)
        case _:
            return tn("{n} task restored", "{n} tasks restored", n)


def _revision(raw: Any) -> int | None:
    """The command that the browser names, if it names one."""
    command = raw.get("command") if isinstance(raw, dict) else None
    return command if isinstance(command, int) and not isinstance(command, bool) else None
