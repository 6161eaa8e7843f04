"""A project's reports in the browser, which asks the API for them: reports.js draws, report_tools.js filters."""

from pathlib import Path

import nicegui.elements.echart.echart  # noqa: F401  makes ECharts known to browsers as `nicegui-echart`
from nicegui.element import Element

import tasktracker.ui.components.live_view
import tasktracker.ui.components.view_tools.view_tools  # noqa: F401  the scripts import from there
from tasktracker.ui.components.modules import register_modules

register_modules("tasktracker-reports", Path(__file__).parent / "parts")


class ReportTools(Element, component="report_tools.js"):
    """The filter, at the end of the row of views."""

    def __init__(self, project_key: str) -> None:
        super().__init__()
        self.props["project-key"] = project_key


class Reports(Element, component="reports.js"):
    """One report at a time: its picture, and the numbers behind it."""

    def __init__(self, project_key: str) -> None:
        super().__init__()
        self.props["project-key"] = project_key

    def hint(self) -> None:
        """Something in the project has changed: it asks again, in its own time."""
        self.run_method("hint")
