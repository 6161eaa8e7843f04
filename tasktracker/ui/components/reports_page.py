"""The page of a project's reports: follows the project before it is drawn, and hints when something has changed."""

from nicegui import ui

from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.project_frame import project_frame
from tasktracker.ui.components.reports.reports import Reports, ReportTools
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.sockets import follow_from_page


class ReportsPage:
    """One open page; the browser fetches what is on it."""

    def __init__(self, project: ProjectPresenter) -> None:
        self._project = project

    async def open(self) -> None:
        """Draw the page."""
        self._client = ui.context.client
        project_id, leave = await self._project.open(self._on_patch)
        follow_from_page(project_id, leave)
        with project_frame(self._project, "reports", tools=self._tools):
            self._reports = Reports(self._project.key)

    def _tools(self) -> None:
        ReportTools(self._project.key)

    def _on_patch(self, _patch: Patch) -> None:
        with self._client:
            self._reports.hint()
