"""The reports of a project."""

from tasktracker.ui.components.reports_page import ReportsPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.session import signed_in


@page("/{key}/reports")
async def reports_page(key: str) -> None:
    actor = await signed_in()
    await ReportsPage(ProjectPresenter(actor, key.upper())).open()
