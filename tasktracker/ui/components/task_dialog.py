"""The dialog in which a task opens over a view of its project."""

from collections.abc import Callable
from datetime import datetime

from nicegui import background_tasks, ui

from tasktracker.domain.references import TaskRef
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.task_sheet import KEEP_FOCUS, Around, TaskSheet
from tasktracker.ui.components.task_way import parent_link, state_mark
from tasktracker.ui.elements import box, icon, icon_button, text
from tasktracker.ui.feedback import done_toast, refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


class TaskDialog:
    """One for each page; shows one task at a time."""

    def __init__(
        self,
        project: ProjectPresenter,
        deeds: ProjectDeeds,
        moved_to: Callable[[int | None], None],
        describe_subtask: Callable[[TaskRef], None],
    ) -> None:
        """`moved_to` is told the number that is open, or None; `describe_subtask` begins a subtask of that task."""
        self._project = project
        self._deeds = deeds
        self._moved_to = moved_to
        self._sheet: TaskSheet | None = None
        self._wanted: TaskPresenter | None = None  # while it is read
        self._missed: list[Patch] = []  # what came meanwhile
        self._client = ui.context.client
        with ui.dialog() as self._dialog:
            self._dialog.props("no-shake transition-duration=120").on("hide", self._closed)
            with box("tt-dialog tt-dialog-task").props("data-takes-files"):
                with box("tt-dialog-head"):
                    self._way = box("tt-task-way")
                    head = box("tt-task-buttons")
                body = box("tt-task-body")
        self._around = Around(head, body, self._show_way, self._end, self._dialog.close, self._went, describe_subtask)

    async def open(self, number: int, at: datetime | None = None) -> None:
        """Show the task, as it was at a moment if one is given. A refusal (it is gone) is a toast."""
        task = self._wanted = TaskPresenter(self._project.actor, TaskRef(self._project.key, number))
        self._missed = []
        try:
            with refusals_shown():
                await task.load()
                if self._wanted is task:  # else another one was opened meanwhile
                    sheet = self._show(task, number)
                    if at:
                        await sheet.travel(at)
        finally:
            if self._wanted is task:
                self._wanted = None

    def _show(self, task: TaskPresenter, number: int) -> TaskSheet:
        if self._sheet:
            self._sheet.leave()
        self._dialog.props["aria-label"] = str(task.ref)
        sheet = self._sheet = TaskSheet(self._project, self._deeds, task, self._around)
        self._wanted = None
        for patch in self._missed:
            sheet.follow(patch)
        self._dialog.open()
        ui.run_javascript(KEEP_FOCUS)
        self._moved_to(number)
        return sheet

    def follow(self, patch: Patch) -> None:
        """Bring the open task up to date if the patch is about it."""
        if self._wanted:
            self._missed.append(patch)
        if self._sheet:
            self._sheet.follow(patch)

    async def _closed(self) -> None:
        sheet = self._sheet
        is_saved = sheet is None or await sheet.save_title()
        if self._sheet is not sheet:  # another task was opened meanwhile
            return
        if not is_saved:
            self._dialog.open()
            return
        if sheet:
            sheet.leave()
        self._sheet = None
        self._moved_to(None)

    def _went(self, ref: TaskRef, told: str) -> None:
        """Show the other task here, if it is one of the project."""
        if ref.key == self._project.key:
            background_tasks.create(self.open(ref.number), context=self._client)
        else:
            self._dialog.close()
        if told:
            done_toast(told)

    def _show_way(self, task: TaskPresenter) -> None:
        self._way.clear()
        with self._way:
            if task.parent:
                parent_link(task.parent)
            text(str(task.ref), "tt-task-ref")
            state_mark(task.task)

    def _end(self, task: TaskPresenter) -> None:
        with ui.link(target=f"/t/{task.ref}").classes("tt-icon-link") as page:
            page.props["aria-label"] = page.props["title"] = t("Open as page")
            page.props("data-command=open-as-page")
            icon("open_in_full")
        icon_button("close", t("Close"), self._dialog.close).props("data-command=close-task")
