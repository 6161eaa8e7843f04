"""Making another task like one that there is."""

from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import TITLE_LIMIT
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.fitting import fitting
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import column_of, first_column
from tasktracker.services.subtasks import numbers_below
from tasktracker.services.task_changes import add_task, find_task, task_view
from tasktracker.services.task_state import state_for
from tasktracker.services.views import TaskView

COPIED = ("title", "description", "priority", "assignee_ids", "label_ids", "start", "due", "estimate")
"""Fields that a copy has as they are, if the project still takes them."""
_MARK = " (copy)"


async def duplicate_task(actor: Actor, ref: TaskRef, *, with_subtasks: bool = False) -> TaskView:
    """A new task with the fields of that one, “(copy)” after its title; its subtasks too if wanted, in one command.

    A copy begins anew: without comments, watchers, relations, outside ids and completion. Subtasks in the archive or
    the trash are not copied. Raises NotFound, Forbidden, Clash (it is in the trash), ColumnFull.
    """
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref)
        numbers = await numbers_below(command, task, put_away=False) if with_subtasks else [task.number]
        async with gathered(command, numbers):
            copy = await _copy_all(command, numbers)
        return await task_view(command, copy)


async def _copy_all(command: ProjectCommand, numbers: list[int]) -> Task:
    """Copy the tasks, each of which comes after its parent; returns the copy of the first."""
    copies: dict[Any, Task] = {}
    for number in numbers:
        original = await find_task(command, TaskRef(command.project.key, number))
        above = copies.get(original.parent_id)
        copies[original.id] = await _copy(command, original, above)
    return next(iter(copies.values()))


async def _copy(command: ProjectCommand, original: Task, above: Task | None) -> Task:
    wanted = {**state_for(original, COPIED), "custom": original.custom}
    fields, _ = await fitting(command, wanted)
    if above is None:
        fields["title"] = original.title[: TITLE_LIMIT - len(_MARK)] + _MARK
    parent_id = above.id if above else original.parent_id
    fields |= {
        "column_id": await _column_id(command, original),
        "parent_id": parent_id and str(parent_id),
        "recurrence": original.recurrence,
    }
    return await add_task(command, fields)


async def _column_id(command: ProjectCommand, original: Task) -> str:
    """The original's column, or the one for new tasks if everything there is over."""
    column = await column_of(command, str(original.column_id))
    return str((await first_column(command) if column.category in ("done", "cancelled") else column).id)
