"""Pages of settings: a project's, one's own and the workspace's."""

from collections.abc import Callable
from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.browsers import PATIENCE
from e2e.pages.frame import Frame


class SettingsPage(Frame):
    """One section at a time. Rows of a list are found by their names."""

    def __init__(self, page: Page, base: str) -> None:
        """`base` is the address before the section's: `/WEB/settings`, `/profile`, `/settings`."""
        super().__init__(page)
        self.base = base

    def visit(self, section: str) -> Self:
        self.page.goto(f"{self.base}/{section}")
        self.live()
        return self

    def go(self, name: str) -> Self:
        """To another section, by the list beside."""
        self.page.get_by_role("navigation", name="Sections").get_by_role("link", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
        self.live()
        return self

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until the server says so."""
        for _ in range(PATIENCE // 100):
            if is_so():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("The server never said so.")

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def why_not(self) -> Locator:
        """What those are told who may change nothing."""
        return self.main.get_by_role("note")

    def control(self, label: str) -> Locator:
        return self.main.get_by_label(label, exact=True)

    def rows(self) -> Locator:
        return self.main.locator("[data-row]")

    def row(self, name: str) -> Locator:
        """The row of a thing, whether its name can be changed or only read."""
        field = self.page.locator(f"input[aria-label='Name of {name}']")
        return self.rows().filter(has=field).or_(self.rows().filter(has_text=name)).first

    def has_rows(self, *names: str) -> None:
        """Wait until the rows have these names, in this order."""
        expect(self.rows()).to_have_count(len(names))
        for row, name in zip(self.rows().all(), names, strict=True):
            expect(row.locator("input[aria-label^='Name of']")).to_have_value(name)

    def rename(self, old: str, new: str) -> None:
        field = self.main.get_by_label(f"Name of {old}", exact=True)
        field.fill(new)
        field.press("Enter")
        expect(self.main.get_by_label(f"Name of {new}", exact=True)).to_have_value(new)

    def add(self, label: str, name: str) -> None:
        """By the last row, with Enter."""
        field = self.main.get_by_label(label, exact=True)
        field.fill(name)
        field.press("Enter")
        expect(field).to_have_value("")

    def handle(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=f"Move {name}", exact=True)

    def ask(self, verb: str, name: str) -> Locator:
        """Press a row's button; returns the question that comes."""
        self.main.get_by_role("button", name=f"{verb}: {name}", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        return dialog

    def agree(self, label: str) -> None:
        """Answer the question that is open."""
        self.page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def type(self, label: str, text: str) -> None:
        """Into a field that is saved as it is left."""
        field = self.page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")

    def choose(self, label: str, option: str, *, typed: str = "") -> None:
        """From a select; one that can be searched finds what is typed."""
        field = self.page.get_by_role("combobox", name=label, exact=True)
        field.click()
        if typed:
            field.fill(typed)
        self.page.get_by_role("option", name=option, exact=True).click()
