"""A task or a board as it was."""

from playwright.sync_api import Locator, Page, expect


class Past:
    """The slider over the life of a task or a project, and what is read beside it; open, or about to be."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".tt-past")
        expect(self.slider).to_be_focused()

    @property
    def slider(self) -> Locator:
        return self.root.get_by_role("slider")

    @property
    def banner(self) -> Locator:
        """That this is the past, and of when."""
        return self.root.locator(".tt-travel__when")

    @property
    def told(self) -> Locator:
        """Who did what at that moment."""
        return self.root.locator(".tt-travel__what")

    def press(self, key: str, told: str) -> None:
        """A key at the slider, until it tells of that deed."""
        self.slider.press(key)
        expect(self.told).to_contain_text(told)

    def changed(self, label: str) -> Locator:
        """A field that is another one now."""
        return self.root.locator(".tt-then--changed").filter(has_text=label)

    def restore(self, field: str) -> None:
        self.root.get_by_role("button", name=f"Restore {field}").click()

    def leave(self) -> None:
        self.root.get_by_role("button", name="Back to now").click()
        expect(self.root).to_have_count(0)
