"""What the browser's tab is called: what the page shows, and how much is unread in the inbox."""

from nicegui import Client, ui

from tasktracker.ui.language import t

_TITLE = "page title"
"""Key in a client's volatile storage."""


class PageTitle:
    """One for each page with a frame. What is open over the page, such as a task, comes before its own title."""

    def __init__(self, title: str) -> None:
        self._client: Client = ui.context.client
        self._client.storage[_TITLE] = self
        self._title = title
        self._over = ""
        self._count = ""

    def count(self, count: str) -> None:
        """How much is unread; an empty text is nothing."""
        self._count = count
        self._show()

    def name(self, over: str) -> None:
        """What is open over the page; an empty text is nothing."""
        self._over = over
        self._show()

    def _show(self) -> None:
        title = t("{title} · tasktracker", title=self._over or self._title)
        with self._client:
            ui.page_title(t("({count}) {title}", count=self._count, title=title) if self._count else title)


def page_title() -> PageTitle:
    """That of the page at hand, once its frame is drawn."""
    title: PageTitle = ui.context.client.storage[_TITLE]
    return title
