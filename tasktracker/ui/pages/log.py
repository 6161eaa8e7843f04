"""What was done, in all projects and in one, and what was taken off a board."""

from tasktracker.ui.components.activity_page import ActivityPage
from tasktracker.ui.components.all_activity_page import AllActivityPage
from tasktracker.ui.components.put_away_page import PutAwayPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.all_activity import AllActivityPresenter
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.session import signed_in


@page("/activity")
async def all_activity_page() -> None:
    await AllActivityPage(AllActivityPresenter(await signed_in())).open()


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
