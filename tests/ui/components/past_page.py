"""The harness's page of the slider over what was: the tests answer for the server."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from tasktracker.ui.components.time_travel.past import BoardPast


def install(projects: dict[str, Any], dress: Callable[[str], None]) -> None:
    """Add the page `/KEY/past`. `board` is the step that is shown first."""

    @ui.page("/{key}/past")
    def past_page(key: str, theme: str = "light") -> None:
        dress(theme)
        project = projects[key]
        past = BoardPast(
            project.board,
            go=lambda index: project.intents.append({"go": index}),
            leave=lambda: project.intents.append({"leave": None}),
        )
        project.views.append(past)
