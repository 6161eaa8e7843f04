"""The list: one row a task, grouped by column. What it does in the browser stands in task_list.js."""

from tasktracker.ui.components.live_view import LiveView


class TaskList(LiveView, component="task_list.js"):
    """See `LiveView`."""

    shows_present = True
