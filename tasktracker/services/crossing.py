"""A task's step from one project to another: its row is the same one, and both logs tell all of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tasktracker.domain.events import EventKind, changes_between
from tasktracker.models import BoardColumn, Task, TaskAlias
from tasktracker.services.command import ProjectCommand
from tasktracker.services.placing import enter_column, place
from tasktracker.services.task_changes import follow_column
from tasktracker.services.task_state import columns_of, task_state, write_state

NOT_IN_STATE = ("number", "comment_count", "attachment_count")
"""What the two events tell besides the state: a board of the past must show the task as it was there."""
_FACTS = ("project_id", "number", "completed_at", "recur_at", "version", "updated_at")


def keep_time(here: ProjectCommand, there: ProjectCommand) -> None:
    """Let the arrival be later than anything before it in both logs: a task's history is read in the order of time."""
    here.at = max(here.at, there.at)
    there.at = here.at + timedelta(microseconds=1)


async def cross(
    here: ProjectCommand,
    there: ProjectCommand,
    task: Task,
    number: int,
    fields: Mapping[str, Any],
    column: BoardColumn | None = None,
) -> TaskAlias:
    """Let the task go over with these fields of the log changed, and be called `number` there.

    Where it is to mean what its new column means, that is `column`. Returns what it was called, to be saved.
    """
    before = _told(task)
    alias = TaskAlias(project_id=here.project.id, number=task.number, task_id=task.id)
    task.project_id, task.number = there.project.id, number
    write_state(task, fields)
    if column is not None:
        follow_column(task, column, there.at)
    left = changes_between(before, dict.fromkeys(before))
    here.record(EventKind.TASK_LEFT, task.id, left, task_id=task.id, version=task.version + 1)
    task.version += 2
    task.updated_at = there.at
    await there.rows.save(task, [*columns_of(fields), *_FACTS])
    after = _told(task)
    arrived = changes_between(dict.fromkeys(after), after)
    there.record(EventKind.TASK_ARRIVED, task.id, arrived, task_id=task.id, version=task.version)
    return alias


async def room_in(command: ProjectCommand, column: BoardColumn, task: Task, number: int) -> str:
    """A position in the column for a task that comes as `number`. What is in the archive or the trash fills no place.

    Raises ColumnFull.
    """
    is_away = task.archived_at or task.trashed_at
    return await (place(command, column, number, None, None) if is_away else enter_column(command, column, number))


def _told(task: Task) -> dict[str, Any]:
    return {**task_state(task), **{field: getattr(task, field) for field in NOT_IN_STATE}}
