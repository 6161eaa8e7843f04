"""The timeline: tasks as bars over the days. What it does in the browser stands in timeline.js."""

from tasktracker.ui.components.live_view import LiveView


class Timeline(LiveView, component="timeline.js"):
    """A bar that is moved, or one of its ends, is an `edit` of the task's start and due date."""
