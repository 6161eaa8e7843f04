"""The filter, the saved views and the options of a project's view: see view_tools.js for what they do."""

from pathlib import Path

from nicegui.dependencies import register_esm
from nicegui.element import Element

_PARTS = Path(__file__).parent / "parts"
# By hand, since `esm=` looks at the folder's age and not at its files': see live_view.py.
register_esm("tasktracker-view-tools", _PARTS, max_time=max(file.stat().st_mtime for file in _PARTS.iterdir()))


class ViewTools(Element, component="view_tools.js"):
    """One element: it speaks with the API by itself, and with the view on the page through modules of live_project/."""

    def __init__(self, *, project_key: str, view: str, account_id: str) -> None:
        super().__init__()
        self.props["project-key"] = project_key
        self.props["view"] = view
        self.props["account-id"] = account_id
