"""All results of a search."""

from typing import Self
from urllib.parse import urlencode

from playwright.sync_api import Locator

from e2e.pages.frame import Frame


class SearchPage(Frame):
    def visit(self, query: str = "") -> Self:
        self.page.goto("/search?" + urlencode({"q": query}) if query else "/search")
        self.live()
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("searchbox", name="Search tasks")

    @property
    def project(self) -> Locator:
        return self.page.get_by_role("combobox", name="Project")

    @property
    def results(self) -> Locator:
        return self.page.get_by_role("list", name="Results").get_by_role("link")

    @property
    def said(self) -> Locator:
        """How many there are, or why there are none."""
        return self.page.locator(".tt-search [role=status]")
