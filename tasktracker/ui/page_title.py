"""What the browser's tab is called: what the page shows, and how much is unread in the inbox."""

from collections.abc import Callable

from nicegui import Client, ui

from tasktracker.ui.language import t

_TITLE = "page title"
"""Key in a client's volatile storage."""


class PageTitle:
    """One for each page with a frame. What is open over the page, such as a task, comes before its own title.

    `renamed` is told when that is another one.
    """

    renamed: Callable[[str], object] | None = None

    def __init__(self, title: str, view: str = "") -> None:
        """`view` is the part of `title` that the page shows, if it shows one."""
        self._client: Client = ui.context.client
        self._client.storage[_TITLE] = self
        self._title, self._view = title, view
        self._over = ""
        self._count = ""

    def rename(self, title: str) -> None:
        """What the page shows is called so by now."""
        self._title = title
        if self.renamed:
            self.renamed(title)
        self._show()

    def count(self, count: str) -> None:
        """How much is unread; an empty text is nothing."""
        self._count = count
        self._show()

    def name(self, over: str) -> None:
        """What is open over the page; an empty text is nothing."""
        self._over = over
        self._show()

    def _show(self) -> None:
        own = t("{view} · {title}", view=self._view, title=self._title) if self._view else self._title
        title = t("{title} · tasktracker", title=self._over or own)
        with self._client:
            ui.page_title(t("({count}) {title}", count=self._count, title=title) if self._count else title)


def page_title() -> PageTitle:
    """That of the page at hand, once its frame is drawn."""
    title: PageTitle = ui.context.client.storage[_TITLE]
    return title
