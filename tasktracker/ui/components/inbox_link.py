"""The sidebar's ways to what is one's own. The one to the inbox counts what is unread, and so does the page's title."""

from nicegui import background_tasks, ui

from tasktracker.services.following import follow_inbox
from tasktracker.services.queries.notifications import MANY, count_notifications
from tasktracker.services.queries.shell import ShellView
from tasktracker.ui.components.links.links import Link, sidebar_links
from tasktracker.ui.elements import box, icon, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t, tn
from tasktracker.ui.page_title import PageTitle
from tasktracker.ui.sockets import page_owner


class InboxLink:
    """One for each page; `title` is the page's, which counts along."""

    def __init__(self, shell: ShellView, title: PageTitle, *, is_here: bool) -> None:
        self._client = ui.context.client
        self._actor = page_owner()
        self._title = title
        self._unread = shell.unread
        with ui.link(target="/inbox").classes("tt-sidebar-link") as self._link:
            if is_here:
                self._link.props("aria-current=page")
            icon("inbox")
            text(t("Inbox"), "tt-sidebar-name")
            self._count = text("", "tt-sidebar-count").props("aria-hidden=true")
        self._said = text("", "tt-sr-only").props("role=status")
        self._show()
        self._client.on_delete(follow_inbox(self._actor, shell.inbox_mark, self._on_news))

    def _on_news(self) -> None:
        with self._client:
            background_tasks.create(self._refresh(), context=self._client)

    async def _refresh(self) -> None:
        with refusals_shown():
            before, self._unread = self._unread, (await count_notifications(self._actor)).unread
            self._show()
            if self._unread > before:
                self._said.text = tn("{n} unread in your inbox", "{n} unread in your inbox", self._unread)

    def _show(self) -> None:
        count = "" if not self._unread else str(self._unread) if self._unread < MANY else f"{MANY - 1}+"
        name = tn("Inbox, {n} unread", "Inbox, {n} unread", self._unread) if count else t("Inbox")
        self._link.props["aria-label"] = name
        self._link.props["data-unread"] = self._unread
        self._count.text = count
        self._title.count(count)


def personal_links(shell: ShellView, title: PageTitle, here: str) -> None:
    """What is of no one project, above the projects. `here` is the path of the page, and `title` what it is called."""
    with box("tt-sidebar-own"):
        InboxLink(shell, title, is_here=here == "/inbox")
        places = [("/my-work", t("My work"), "task_alt"), ("/activity", t("Activity"), "history")]
        sidebar_links(Link(target, name, picture, here=here == target) for target, name, picture in places)
