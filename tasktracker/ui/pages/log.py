"""What was done in a project."""

from tasktracker.ui.components.activity_page import ActivityPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.session import signed_in


@page("/{key}/activity")
async def activity_page(key: str) -> None:
    actor = await signed_in()
    await ActivityPage(ProjectPresenter(actor, key.upper())).open()
