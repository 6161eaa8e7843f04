"""The projects of the workspace, and the dialog that adds one."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.board import BoardPage
from e2e.pages.frame import Frame


class CreateProjectDialog:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.get_by_role("dialog", name="New project")
        expect(self.root).to_be_visible()

    def field(self, label: str) -> Locator:
        return self.root.get_by_label(label, exact=True)

    def create(self) -> BoardPage:
        """Create the project and arrive on its board."""
        self.root.get_by_role("button", name="Create project").click()
        self.page.wait_for_url("**/board")
        key = re.search(r"/(\w+)/board", self.page.url)
        assert key
        return BoardPage(self.page, key[1]).ready()


class ProjectsPage(Frame):
    def visit(self) -> Self:
        self.page.goto("/")
        self.live()
        return self

    def tile(self, key: str) -> Locator:
        return self.page.locator(f".tt-tile[href='/{key}/board']")

    def new_project(self) -> CreateProjectDialog:
        """By the button that is there when there is no project yet, else by the one in the header."""
        self.live()
        first = self.page.get_by_role("button", name="Create your first project")
        (first if first.count() else self.page.get_by_role("button", name="New project")).click()
        return CreateProjectDialog(self.page)
