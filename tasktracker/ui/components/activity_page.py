"""The page of what was done in a project: follows the project before the log is read, and shows what is new at once."""

from nicegui import background_tasks, ui

from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.activity.activity import Activity, NarrowIntent
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.project_frame import project_frame
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.presenters.activity import ActivityPresenter
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.sockets import follow_from_page


class ActivityPage:
    """One open page."""

    def __init__(self, project: ProjectPresenter) -> None:
        self._project = project
        self._presenter = ActivityPresenter(project)

    async def open(self) -> None:
        """Draw the page."""
        self._client = ui.context.client
        project_id, leave = await self._project.open(self._on_patch)
        follow_from_page(project_id, leave)
        with project_frame(self._project, "activity"):
            ProjectDeeds(self._project)
            self._activity = Activity(self._project.people())
            self._activity.answers(narrow=self._narrow, more=self._older)
        await self._presenter.open()
        self._show()

    def _show(self) -> None:
        shown = self._presenter
        by = str(shown.by) if shown.by else ""
        self._activity.show(shown.items(), by=by, kind=shown.kind, has_more=shown.cursor is not None)

    def _on_patch(self, _patch: Patch) -> None:
        with self._client:
            background_tasks.create_lazy(self._refresh(), name=f"activity of {self._client.id}")

    async def _refresh(self) -> None:
        with self._client, refusals_shown():
            await self._presenter.refresh()
            self._show()

    async def _narrow(self, intent: NarrowIntent) -> None:
        with refusals_shown():
            await self._presenter.narrow(intent.by, intent.kind)
            self._show()

    async def _older(self) -> None:
        with refusals_shown():
            await self._presenter.older()
            self._show()
