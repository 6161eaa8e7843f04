"""The harness's page of reports. What the API answers, each test says by itself."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from tasktracker.ui.components.reports.reports import Reports, ReportTools


def install(projects: Mapping[str, Any], dress: Callable[[str], None]) -> None:
    """Serve it."""

    @ui.page("/{key}/reports")
    def reports_page(key: str, theme: str = "light") -> None:
        dress(theme)
        ReportTools(key)
        projects[key].views.append(Reports(key))
