"""Where a task is: below which other one, and whether it has been put away."""

from nicegui import ui

from tasktracker.services.views import TaskView
from tasktracker.ui.elements import text, written
from tasktracker.ui.language import t


def parent_link(parent: TaskView) -> None:
    """The way to the task that this one is part of."""
    with ui.link(target=f"/t/{parent.ref}").classes("tt-task-parent"):
        written(parent.title)


def state_mark(task: TaskView) -> None:
    """Says that it is not on the board, if it is not."""
    if task.trashed_at or task.archived_at:
        text(t("In the trash") if task.trashed_at else t("Archived"), "tt-task-state")
