"""Subtasks and relations of a task. What the sections do in the browser stands in task_links.js."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from nicegui.element import Element

from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.views import TaskView
from tasktracker.ui.components.intents import answer

LONGEST = 1_000
"""Characters of a title that are passed on; the service says what is too long."""


@dataclass(frozen=True, slots=True)
class RelationIntent:
    """Somebody wants the task to stand to another one like that, or not any more."""

    kind: str
    ref: str


class TaskLinks(Element, component="task_links.js"):
    """One element however many tasks there are."""

    def __init__(
        self,
        *,
        can_edit: bool,
        on_add: Callable[[str], Awaitable[None]],
        on_describe: Callable[[], None],
        on_relate: Callable[[RelationIntent], Awaitable[None]],
        on_unrelate: Callable[[RelationIntent], Awaitable[None]],
    ) -> None:
        """`on_describe`: somebody wants a subtask with more than a title."""
        super().__init__()
        self.props["can-edit"] = can_edit
        answer(self, "add", read_title, on_add)
        self.on("describe", on_describe, args=[])
        answer(self, "relate", read_relation, on_relate)
        answer(self, "unrelate", read_relation, on_unrelate)

    def show(self, task: TaskView, subtasks: list[TaskView]) -> None:
        """Show what hangs together with that task now."""
        self.props["number"], self.props["project-key"] = task.number, task.project
        self.props["done"], self.props["total"] = task.subtasks.done, task.subtasks.total
        self.props["subtasks"] = [{"ref": each.ref, "title": each.title, "state": each.state} for each in subtasks]
        self.props["relations"] = [asdict(each) for each in task.relations]


def read_title(raw: Any) -> str | None:
    """A title, if it is a text and no book."""
    return raw if isinstance(raw, str) and 0 < len(raw) <= LONGEST else None


def read_relation(raw: Any) -> RelationIntent | None:
    """What `relate` and `unrelate` carry, if it is well formed."""
    match raw:
        case {"kind": str(kind), "ref": str(ref)} if kind in RELATIONS and len(ref) <= LONGEST:
            return RelationIntent(kind, ref)
    return None
