"""The end of the row of views: the filter, the saved views, how tasks are displayed."""

from playwright.sync_api import Locator, Page, expect


class ViewTools:
    """They are the same on every view of a project."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def filter(self) -> Locator:
        """The line that a filter is written in."""
        return self.page.get_by_role("combobox", name="Filter", exact=True)

    @property
    def problem(self) -> Locator:
        return self.page.locator("#tt-filter-problem")

    def option(self, text: str) -> Locator:
        """What is offered to be written next."""
        return self.page.locator("#tt-filter-options").get_by_role("option", name=text)

    def quick(self, name: str) -> None:
        """Take or leave a usual filter."""
        self.filter.focus()
        self.page.get_by_role("group", name="Usual filters").get_by_role("button", name=name).click()

    def views(self) -> Locator:
        """The menu of the saved views, opened."""
        self.page.locator(".tt-tools button[aria-label^='Saved views']").click()
        return self.page.get_by_role("dialog")

    def save_as(self, name: str, *, shared: bool = False) -> None:
        menu = self.views()
        menu.get_by_role("textbox", name="Name of the new view").fill(name)
        menu.get_by_role("checkbox", name="Share with everybody").set_checked(shared)
        menu.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.locator(".tt-tools button[aria-label^='Saved views']")).to_contain_text(name)
        self.page.keyboard.press("Escape")

    def choose(self, member: str, value: str) -> None:
        """Choose how tasks are displayed: `choose("Lanes", "Assignee")`."""
        self.page.get_by_role("button", name="Display").click()
        self.page.get_by_role("dialog", name="Display").get_by_label(member).select_option(label=value)
        self.page.keyboard.press("Escape")
