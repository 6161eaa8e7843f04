"""The saved views that somebody has starred, in the sidebar: see starred_views.js."""

from collections.abc import Sequence

from nicegui.element import Element

from tasktracker.services.queries.shell import ViewLink


class StarredViews(Element, component="starred_views.js"):
    """One element, which stays right by itself while its person stars and renames views on the page."""

    def __init__(self, views: Sequence[ViewLink], here: str = "") -> None:
        super().__init__()
        self.props["views"] = [{"id": str(each.id), "name": each.name} for each in views]
        self.props["here"] = here
