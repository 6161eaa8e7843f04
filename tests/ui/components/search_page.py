"""The harness's page of a search. What the API answers, each test says by itself."""

from collections.abc import Callable

from nicegui import ui

from tasktracker.services.queries.shell import ProjectLink
from tasktracker.ui.components.search_results.search_results import SearchResults


def install(dress: Callable[[str], None]) -> None:
    """Add the page `/KEY/search`."""

    @ui.page("/{key}/search")
    def search_page(key: str, theme: str = "light") -> None:
        dress(theme)
        SearchResults([ProjectLink(key, "Shop", "#5155c5")])
