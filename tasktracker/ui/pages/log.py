"""What was done in a project, and what was taken off its board."""

from tasktracker.ui.components.activity_page import ActivityPage
from tasktracker.ui.components.put_away_page import PutAwayPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.session import signed_in


@page("/{key}/activity")
async def activity_page(key: str) -> None:
    actor = await signed_in()
    await ActivityPage(ProjectPresenter(actor, key.upper())).open()


@page("/{key}/trash")
async def trash_page(key: str) -> None:
    actor = await signed_in()
    await PutAwayPage(ProjectPresenter(actor, key.upper()), "trash").open()


@page("/{key}/archive")
async def archive_page(key: str) -> None:
    actor = await signed_in()
    await PutAwayPage(ProjectPresenter(actor, key.upper()), "archive").open()
