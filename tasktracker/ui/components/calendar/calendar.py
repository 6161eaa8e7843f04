"""The calendar: tasks on the days that they are due. What it does in the browser stands in calendar.js."""

from tasktracker.ui.components.live_view import LiveView


class Calendar(LiveView, component="calendar.js"):
    """A task that is carried to another day is an `edit`; a new one on a day is a `create` with that due date."""
