"""What the board and the list of a project have in common."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.create_task import CreateTaskDialog
from e2e.pages.frame import Frame
from e2e.pages.task import TaskDialog


class ProjectPage(Frame):
    """One project's tasks: `tasks` finds what draws a task, `path` is the page's address."""

    view = ""
    drawn = ""

    def __init__(self, page: Page, key: str) -> None:
        super().__init__(page)
        self.key = key
        self.path = f"/{key}/{self.view}"

    def visit(self) -> Self:
        self.page.goto(self.path)
        return self.ready()

    def ready(self) -> Self:
        """Wait until the tasks are drawn and the page is live."""
        self.live()
        expect(self.page.locator(f"{self.drawn}[aria-busy=false]")).to_be_visible()
        return self

    def task(self, number: int) -> Locator:
        """The card or row of a task."""
        return self.page.locator(f"{self.drawn} [data-number='{number}']")

    @property
    def said(self) -> Locator:
        """What was last told to screen readers."""
        return self.page.locator(f"{self.drawn} > [role=status]")

    @property
    def selected(self) -> Locator:
        """How many tasks are selected, where there is a bar that says it."""
        return self.page.get_by_role("toolbar", name="Selected tasks").locator(".tt-bulk__count")

    def open(self, number: int) -> TaskDialog:
        self.task(number).click()
        return self.opened(number)

    def opened(self, number: int) -> TaskDialog:
        """The dialog that is open, or about to."""
        return TaskDialog(self.page, f"{self.key}-{number}")

    def press_c(self) -> CreateTaskDialog:
        """`C` wherever nobody is typing."""
        self.page.keyboard.press("c")
        return self.creating()

    def creating(self) -> CreateTaskDialog:
        """The dialog for a new task that is open, or about to."""
        return CreateTaskDialog(self.page)

    def shows_no_dialog(self) -> None:
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def has_address(self, query: str = "") -> None:
        expect(self.page).to_have_url(re.compile(re.escape(self.path + query) + "$"))
