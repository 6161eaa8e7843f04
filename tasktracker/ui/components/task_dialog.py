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
from tasktracker.ui.feedback import refusals_shown
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
        with refusals_shown():
            task = TaskPresenter(self._project.actor, TaskRef(self._project.key, number))
            await task.load()
            self._dialog.props["aria-label"] = str(task.ref)
            self._sheet = TaskSheet(self._project, self._deeds, task, self._around)
            self._dialog.open()
            ui.run_javascript(KEEP_FOCUS)
            self._moved_to(number)
            if at:
                await self._sheet.travel(at)

    @property
    def is_open(self) -> bool:
        """Whether it shows a task."""
        return self._sheet is not None

    @property
    def title(self) -> str:
        """What is open, for the browser's tab; empty while nothing is."""
        return self._sheet.title if self._sheet else ""

    async def follow(self, patch: Patch) -> None:
        """Bring the open task up to date if the patch is about it."""
        if self._sheet:
            await self._sheet.follow(patch)

    async def _closed(self) -> None:
        if self._sheet and not await self._sheet.save_title():
            self._dialog.open()
            return
        self._sheet = None
        self._moved_to(None)

    def _went(self, ref: TaskRef) -> None:
        """Show the other task here, if it is one of the project."""
        if ref.key == self._project.key:
            background_tasks.create(self.open(ref.number), context=self._client)
            return
        self._dialog.close()

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
