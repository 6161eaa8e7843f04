"""“As it was…” in the task's dialog."""

from datetime import datetime

from nicegui import ui

from tasktracker.ui.components.intents import answer
from tasktracker.ui.components.live_view import EditIntent
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.time_travel import past
from tasktracker.ui.components.time_travel.address import show_moment
from tasktracker.ui.elements import box, icon_button
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.past import TaskPast
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


class TaskTravel:
    """A button, and the panel that covers the task while it is shown as it was (time_travel.css does that)."""

    def __init__(self, project: ProjectPresenter, task: TaskPresenter, deeds: ProjectDeeds, *, can_edit: bool) -> None:
        self._project, self._task, self._deeds = project, task, deeds
        self._can_edit = can_edit
        self._past: TaskPast | None = None
        self._button = icon_button("history", t("As it was…"), self.open).props("data-command=as-it-was")

    def panel(self) -> None:
        """Draw what is empty as long as the present is shown."""
        self._panel = box("tt-past-panel")
        self._panel.visible = False

    async def open(self, at: datetime | None = None) -> None:
        """Show the task as it was at a moment; without one, before its last change."""
        with refusals_shown():
            found = TaskPast(self._project, self._task)
            await found.open(at if isinstance(at, datetime) else None)
            if len(found.deeds) < 2 and at is None:  # noqa: PLR2004  the first step is that it was made
                toast(t("Nothing has changed since this task was made."))
                return
            if self._panel.is_deleted:  # another task has taken its place meanwhile
                return
            self._past = found
            self._panel.clear()
            with self._panel:
                self._view = past.TaskPast(found.step(), go=self._go, leave=self._leave)
                self._view.props.update({"task-ref": str(self._task.ref), "can-edit": self._can_edit})
                answer(self._view, "restore", past.read_field, self._restore)
            self._panel.visible = True
            self._show()

    async def refresh(self) -> None:
        """The task has changed meanwhile: what differs from it is told anew."""
        if self._past and self._panel.visible:
            self._show()

    async def _go(self, index: int) -> None:
        with refusals_shown():
            if self._past and await self._past.go(index):
                self._show()

    async def _restore(self, field: str) -> None:
        if self._past and self._can_edit and self._past.can_restore(field):
            number = self._task.ref.number
            fields = self._past.value(field)
            await self._deeds.edit(EditIntent({number: fields}, {number: self._task.task.version}))
            with refusals_shown():
                await self._task.load()
                self._show()

    def _show(self) -> None:
        if self._past:
            self._view.show_task(self._past.step(), self._past.picture())
            show_moment(self._past.at)

    def _leave(self) -> None:
        self._past = None
        self._panel.visible = False
        self._panel.clear()
        show_moment()
        ui.run_javascript(f"getHtmlElement({self._button.id})?.focus()")
