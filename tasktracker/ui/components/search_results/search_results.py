"""All tasks that a search finds. What it does, and asks the API for by itself, stands in search_results.js."""

from collections.abc import Iterable

from nicegui.element import Element

from tasktracker.services.queries.shell import ProjectLink
from tasktracker.ui.elements import unwatched


class SearchResults(Element, component="search_results.js"):
    """One element, however much is found. The address of the page says what is looked for."""

    def __init__(self, projects: Iterable[ProjectLink]) -> None:
        super().__init__()
        self.props["projects"] = unwatched({"key": project.key, "name": project.name} for project in projects)
