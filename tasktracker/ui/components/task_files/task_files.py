"""The files at a task. They go to the API and come from there; what the section does stands in task_files.js."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from nicegui.element import Element

from tasktracker.services.views import TaskView
from tasktracker.ui.components.intents import answer, read_uuid


class TaskFiles(Element, component="task_files.js"):
    """One element however many files there are. `on_remove` is told the id of a file that somebody wants removed."""

    def __init__(
        self, *, me: str, can_attach: bool, can_edit: bool, on_remove: Callable[[UUID], Awaitable[None]]
    ) -> None:
        super().__init__()
        self.props.update({"me": me, "can-attach": can_attach, "can-edit": can_edit})
        answer(self, "remove", read_uuid, on_remove)

    def show(self, task: TaskView, mark: int) -> None:
        """Show the files of that task, as it is now; `mark` is the revision of what happened to it last."""
        self.props["url"] = f"/api/v1/tasks/{task.ref}/attachments"
        self.props["version"] = task.version
        self.props["count"] = task.attachment_count
        self.props["mark"] = mark  # a file that came and went at once leaves version and count as they were
