"""Where a saved view is shown: on the page of its project that draws such a view, filtered and laid out as it says."""

from urllib.parse import urlencode

from tasktracker.services.queries.saved_views import SavedViewView


def address_of(view: SavedViewView) -> str:
    """The address of the page, which says all that the view keeps: display.js reads it."""
    layout = view.layout
    query = {"view": view.id, "group": layout["group"] or "", "sort": layout["sort"]}
    if view.query:
        query["filter"] = view.query
    if layout["columns"]:
        query["columns"] = ",".join(layout["columns"])
    if layout.get("compact"):
        query["compact"] = "1"
    return f"/{view.project}/{layout['view']}?{urlencode(query)}"
