"""Changing tasks inside a command that is open already: one task of a page, or a thousand of a bulk call.

Fields are those of the log (`services.task_state`): what people send goes through `services.task_checks` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Clash, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.ids import new_id
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import DEFAULTS
from tasktracker.models import BoardColumn, Task
from tasktracker.services.access import asker
from tasktracker.services.command import ProjectCommand
from tasktracker.services.placing import column_of, enter_column, first_column, place
from tasktracker.services.queries.task_json import TASK
from tasktracker.services.queries.tasks import view_of
from tasktracker.services.task_state import columns_of, state_for, task_state, write_state
from tasktracker.services.views import TaskView

_CHANGED = f"SELECT ({TASK})::text AS task FROM task t JOIN project tp ON tp.id = t.project_id WHERE t.id = $4"
STAMPED = {
    "archived_at": (EventKind.TASK_ARCHIVED, EventKind.TASK_UNARCHIVED),
    "trashed_at": (EventKind.TASK_TRASHED, EventKind.TASK_RESTORED),
}
"""What setting each stamp is called, and what clearing it is."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to put a task: in a column, right after or right before the task of that number; else at its end."""

    column_id: str
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a task that comes from elsewhere brings along, as far as it does.

    With a `position` it is put there, whatever the limit of the column.
    """

    id: UUID | None = None
    position: str | None = None
    created_at: datetime | None = None
    created_by: UUID | None = None


_NOTHING_GIVEN = Given()


async def find_task(command: ProjectCommand, ref: TaskRef, *, trashed: bool = False) -> Task:
    """The task, to be changed by the command. One in the trash is refused unless `trashed`."""
    task = await command.rows.find(ref.number)
    if task is None:
        raise NotFound("task", ref)
    if task.trashed_at and not trashed:
        raise Clash(f"{ref} is in the trash. Restore it to change it.")
    return task


async def task_view(command: ProjectCommand, task: Task) -> TaskView:
    """A task as the command leaves it."""
    rows = await command.db.execute_query_dict(_CHANGED, [*asker(command.actor), task.id])
    return view_of(rows[0]["task"])


async def add_task(command: ProjectCommand, fields: Mapping[str, Any], given: Given = _NOTHING_GIVEN) -> Task:
    """A new task at the end of its column, or of the first one that is not backlog. Raises Invalid, ColumnFull, Clash.

    Its maker watches it, unless the fields say who does.
    """
    column = await column_of(command, fields["column_id"]) if "column_id" in fields else await first_column(command)
    position = given.position or await enter_column(command, column)
    task = _new_task(command, given)
    watchers = {"watcher_ids": [str(command.actor.account_id)]}
    write_state(task, {**watchers, **fields, "column_id": str(column.id), "position": position})
    follow_column(task, column, command.at)
    await command.rows.add(task)
    created = changes_between({**DEFAULTS, "position": None}, task_state(task))
    command.record(EventKind.TASK_CREATED, task.id, created, task_id=task.id)
    return task


async def change_task(
    command: ProjectCommand, task: Task, fields: Mapping[str, Any], spot: Spot | None = None
) -> EventKind | None:
    """Set some fields, and put the task where `spot` says if it is given; returns what that was, None for no change.

    A new `column_id` moves the task to the end of that column. Raises Invalid, ColumnFull.
    """
    wanted = dict(fields)
    before = task_state(task)
    if "recurrence" in wanted:  # before a move, which asks whether a completed task recurs
        task.recurrence = wanted["recurrence"]
    if spot is None and wanted.get("column_id", before["column_id"]) != before["column_id"]:
        spot = Spot(wanted["column_id"])
    if spot is not None:
        wanted |= {"column_id": spot.column_id, "position": await _move(command, task, spot)}
    write_state(task, wanted)
    return await record_change(command, task, before, EventKind.TASK_EDITED if spot is None else EventKind.TASK_MOVED)


async def record_change(
    command: ProjectCommand, task: Task, before: Mapping[str, Any], kind: EventKind
) -> EventKind | None:
    """Save and log what differs from the state `before`; None if nothing does."""
    fields = before.keys() | task_state(task).keys()
    changes = changes_between(dict(before), state_for(task, sorted(fields)))
    if not changes:
        return None
    changed = {change.field for change in changes}
    await touch(command, task, "recur_at", *columns_of(changed))
    command.record(kind, task.id, changes, task_id=task.id, version=task.version)
    return kind


async def stamp_task(command: ProjectCommand, task: Task, stamp: str) -> None:
    """Archive or trash (`stamp` is the column) what is not yet."""
    if getattr(task, stamp) is None:
        before = task_state(task)
        setattr(task, stamp, command.at)
        await record_change(command, task, before, STAMPED[stamp][0])


async def unstamp_task(command: ProjectCommand, task: Task, stamp: str) -> None:
    """Take out of the archive or the trash what is there. Raises ColumnFull."""
    if getattr(task, stamp) is None:
        return
    before = task_state(task)
    setattr(task, stamp, None)
    if task.archived_at is None and task.trashed_at is None:
        await enter_column(command, await column_of(command, str(task.column_id)), task.number)
    await record_change(command, task, before, STAMPED[stamp][1])


async def touch(command: ProjectCommand, task: Task, *columns: str) -> None:
    """Save the named columns, and that the task has changed."""
    task.version += 1
    task.updated_at = command.at
    await command.rows.save(task, [*columns, "version", "updated_at"])


def follow_column(task: Task, column: BoardColumn, at: datetime) -> None:
    """What being in a column means: when the task was completed, and when the next one of a recurring task is due."""
    if column.category != "done":
        task.completed_at = task.recur_at = None
    elif task.completed_at is None:
        task.completed_at = at
        task.recur_at = at if task.recurrence else None


def _new_task(command: ProjectCommand, given: Given) -> Task:
    number = command.project.next_number
    command.project.next_number += 1
    return Task(
        id=given.id or new_id(),
        project_id=command.project.id,
        number=number,
        created_by_id=given.created_by or command.actor.account_id,
        created_at=given.created_at or command.at,
        updated_at=command.at,
    )


async def _move(command: ProjectCommand, task: Task, spot: Spot) -> str:
    """The position for the spot, with the column's limit checked and completion noted."""
    column = await column_of(command, spot.column_id)
    if column.id == task.column_id:
        return await place(command, column, task.number, spot.after, spot.before)
    position = await enter_column(command, column, task.number, spot.after, spot.before)
    follow_column(task, column, command.at)
    return position
