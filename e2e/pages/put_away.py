"""The trash and the archive of a project."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.frame import Frame


class PutAwayPage(Frame):
    """`place` is trash or archive."""

    def __init__(self, page: Page, key: str, place: str = "trash") -> None:
        super().__init__(page)
        self.address = f"/{key}/{place}"

    def visit(self) -> Self:
        self.page.goto(self.address)
        self.live()
        expect(self.page.locator(".tt-away")).to_be_visible()
        return self

    def row(self, number: int) -> Locator:
        return self.page.locator(f".tt-away__row[data-number='{number}']")

    def choose(self, *numbers: int) -> None:
        for number in numbers:
            self.row(number).get_by_role("checkbox").check()

    def press(self, name: str) -> None:
        """What is done with those that are chosen."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def search(self, text: str) -> None:
        self.page.get_by_role("searchbox").fill(text)
