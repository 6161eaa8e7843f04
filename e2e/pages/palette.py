"""The palette of commands, and the sheet of keys."""

from playwright.sync_api import Locator, Page, expect


def summon(task: Locator, key: str) -> Locator:
    """Press a key at a task, with no other dialog open; returns the dialog that comes."""
    task.page.keyboard.press("Escape")
    expect(task.page.get_by_role("dialog")).to_have_count(0)
    task.focus()
    task.page.keyboard.press(key)
    expect(task.page.get_by_role("dialog")).to_be_visible()
    return task.page.get_by_role("dialog")


class Palette:
    """Open, or about to: `name` is what it is for, such as “Commands” or “Set state of WEB-1”."""

    def __init__(self, page: Page, name: str = "Commands") -> None:
        self.page = page
        self.root = page.get_by_role("dialog", name=name, exact=True)
        expect(self.root).to_be_visible()
        expect(self.field).to_be_focused()

    @property
    def field(self) -> Locator:
        return self.root.get_by_role("combobox")

    @property
    def options(self) -> Locator:
        return self.root.get_by_role("option")

    @property
    def chosen(self) -> Locator:
        """The option that Enter takes."""
        return self.root.get_by_role("option", selected=True)

    def take(self, text: str, option: str) -> None:
        """Type, and press Enter once that option is the first."""
        self.page.keyboard.type(text)
        expect(self.chosen).to_contain_text(option)
        self.page.keyboard.press("Enter")
        expect(self.root).to_have_count(0)
