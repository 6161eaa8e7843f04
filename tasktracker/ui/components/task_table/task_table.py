"""The table: a row a task, in columns of one's choice. What it does in the browser stands in task_table.js."""

from collections.abc import Mapping
from typing import Any, Unpack

from nicegui.element import Element

from tasktracker.ui.components.live_view import Common, LiveView


class TaskTable(LiveView, component="task_table.js"):
    """Loads its rows part by part. `frame` names the project's columns, labels and people: see `queries.boards`."""

    def __init__(self, *, frame: Mapping[str, Any], **common: Unpack[Common]) -> None:
        super().__init__(**common)
        self.props["tasks"] = f"/api/v1/projects/{common['project_key']}/tasks"
        self.props["frame"] = frame


class FoundTasks(Element, component="task_table.js"):
    """The tasks of all projects that a filter lets through, to be looked at; a click opens a task in its project."""

    def __init__(self, *, frame: Mapping[str, Any], query: str, layout: Mapping[str, Any]) -> None:
        super().__init__()
        self.props["tasks"] = "/api/v1/tasks"
        self.props["frame"] = frame
        self.props["query"] = query
        self.props["layout"] = layout
