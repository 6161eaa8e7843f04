"""The filter, the saved views and the options of a project's view: see view_tools.js for what they do."""

from pathlib import Path

from nicegui.element import Element

from tasktracker.ui.components.modules import register_modules

register_modules("tasktracker-view-tools", Path(__file__).parent / "parts")


class ViewTools(Element, component="view_tools.js"):
    """One element: it speaks with the API by itself, and with the view on the page through modules of live_project/."""

    def __init__(self, *, project_key: str, view: str, account_id: str) -> None:
        super().__init__()
        self.props["project-key"] = project_key
        self.props["view"] = view
        self.props["account-id"] = account_id
