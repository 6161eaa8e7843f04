"""The list of a project."""

from playwright.sync_api import Locator

from e2e.pages.project import ProjectPage


class ListPage(ProjectPage):
    view = "list"
    drawn = ".tt-list"

    def group(self, name: str) -> Locator:
        """The tasks of a column."""
        return self.page.get_by_role("list", name=name, exact=True)
