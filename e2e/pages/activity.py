"""What was done in a project."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.frame import Frame


class ActivityPage(Frame):
    """That of a project, or without a key that of all."""

    def __init__(self, page: Page, key: str = "") -> None:
        super().__init__(page)
        self.key = key

    def visit(self) -> Self:
        self.page.goto(f"/{self.key}/activity" if self.key else "/activity")
        self.live()
        expect(self.page.locator(".tt-deed").first).to_be_visible()
        return self

    def entry(self, text: str) -> Locator:
        """What was done, by a part of how it is told."""
        return self.page.locator(".tt-deed").filter(has_text=text)

    def narrow(self, filter_name: str, choice: str) -> None:
        """Choose in Who or What."""
        self.page.get_by_label(filter_name, exact=True).select_option(choice)
