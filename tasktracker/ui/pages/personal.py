"""What is one's own, in all projects: the inbox, and the work to do."""

from tasktracker.ui.components.inbox_page import InboxPage
from tasktracker.ui.components.my_work_page import MyWorkPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.inbox import InboxPresenter
from tasktracker.ui.session import signed_in


@page("/inbox")
async def inbox_page() -> None:
    actor = await signed_in()
    await InboxPage(InboxPresenter(actor)).open()


@page("/my-work")
async def my_work_page() -> None:
    await MyWorkPage(await signed_in()).open()
