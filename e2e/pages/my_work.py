"""What is one's own to do."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.frame import Frame


class MyWorkPage(Frame):
    def visit(self) -> Self:
        self.page.goto("/my-work")
        self.live()
        expect(self.page.locator(".tt-work[aria-busy=false]")).to_be_visible()
        return self

    def group(self, name: str) -> Locator:
        """The tasks of a group."""
        return self.page.get_by_role("list", name=name, exact=True)

    def row(self, ref: str) -> Locator:
        return self.page.locator(f".tt-work [data-ref='{ref}']")
