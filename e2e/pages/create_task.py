"""Quick create."""

from typing import Self

from playwright.sync_api import Locator, Page, expect


class CreateTaskDialog:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.get_by_role("dialog").filter(has_text="New task in")
        expect(self.root).to_be_visible()

    @property
    def title(self) -> Locator:
        return self.root.get_by_role("textbox", name="Title")

    @property
    def description(self) -> Locator:
        return self.root.get_by_role("textbox", name="Description")

    @property
    def state(self) -> Locator:
        return self.root.get_by_role("combobox", name="State")

    @property
    def chips(self) -> Locator:
        """What is understood of the line."""
        return self.root.locator(".tt-said__name")

    @property
    def lines(self) -> Locator:
        """The titles of what several lines become."""
        return self.root.locator(".tt-lines__title")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def type(self, title: str, description: str = "") -> Self:
        """Type as somebody does: the title has the focus when the dialog opens."""
        expect(self.title).to_be_focused()
        self.page.keyboard.type(title)
        if description:
            self.description.fill(description)
        return self

    def create(self) -> None:
        """Enter in the title."""
        self.title.press("Enter")
        expect(self.root).to_have_count(0)
