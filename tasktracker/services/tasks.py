"""Everything that changes a task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import DEFAULTS, PRIORITIES, clean_id, clean_task_fields
from tasktracker.models import BoardColumn, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.merge import refuse_conflict
from tasktracker.services.placing import column_of, enter_column, first_column, place
from tasktracker.services.task_checks import require_known
from tasktracker.services.views import TaskView


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to put a task: in a column, right after or right before the task of that number; else at its end."""

    column_id: str
    after: int | None = None
    before: int | None = None


async def create_task(actor: Actor, key: str, raw: Mapping[str, Any]) -> TaskView:
    """Create a task from its fields; `title` is needed, the column defaults to the first one that is not backlog.

    Raises NotFound, Forbidden, Invalid, ColumnFull.
    """
    fields = clean_task_fields(raw)
    if "title" not in fields:
        raise Invalid.at("/title", "A task needs a title.")
    async with project_command(actor, key, Permission.EDIT_TASKS) as command:
        await require_known(command, fields)
        column = await column_of(command, fields["column_id"]) if "column_id" in fields else await first_column(command)
        position = await enter_column(command, column)
        task = _new_task(command, column)
        _write(task, {**fields, "column_id": str(column.id), "position": position})
        _follow_column(task, column, command.at)
        await task.save(using_db=command.db, force_create=True)
        created = changes_between({**DEFAULTS, "position": None}, task_state(task))
        command.record(EventKind.TASK_CREATED, task.id, created, task_id=task.id)
    return view_of(key, task)


async def edit_task(actor: Actor, ref: TaskRef, raw: Mapping[str, Any], *, version: int | None = None) -> TaskView:
    """Set some fields. With a `version` older than the current one, fields nobody else touched since then merge.

    Raises NotFound, Forbidden, Invalid, Conflict (the same field was changed by somebody else), ColumnFull.
    """
    fields = clean_task_fields(raw)
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await task_of(command, ref)
        await refuse_conflict(command, task.id, task.version, task_state(task), fields, version)
        await require_known(command, fields)
        kind = EventKind.TASK_EDITED
        if fields.get("column_id", str(task.column_id)) != str(task.column_id):
            fields["position"] = await _change_column(command, task, Spot(fields["column_id"]))
            kind = EventKind.TASK_MOVED
        await _apply(command, task, kind, fields)
    return view_of(ref.key, task)


async def move_task(actor: Actor, ref: TaskRef, spot: Spot, *, version: int | None = None) -> TaskView:
    """Put a task somewhere on the board. A neighbour that has gone meanwhile is passed over.

    Raises NotFound, Forbidden, Invalid, Conflict (somebody else moved it since `version`), ColumnFull.
    """
    fields = {"column_id": clean_id(spot.column_id, "/column_id")}
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await task_of(command, ref)
        wanted = {**fields, "position": None}
        await refuse_conflict(command, task.id, task.version, task_state(task), wanted, version)
        fields["position"] = await _change_column(command, task, spot)
        await _apply(command, task, EventKind.TASK_MOVED, fields)
    return view_of(ref.key, task)


async def archive_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Take a task off the board for good; it stays findable."""
    return await _stamp(actor, ref, "archived_at", EventKind.TASK_ARCHIVED)


async def unarchive_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Put an archived task back where it was. Raises ColumnFull."""
    return await _unstamp(actor, ref, "archived_at", EventKind.TASK_UNARCHIVED)


async def trash_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Throw a task away; it can be restored."""
    return await _stamp(actor, ref, "trashed_at", EventKind.TASK_TRASHED)


async def restore_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Take a task out of the trash. Raises ColumnFull."""
    return await _unstamp(actor, ref, "trashed_at", EventKind.TASK_RESTORED)


async def task_of(command: ProjectCommand, ref: TaskRef, *, trashed: bool = False) -> Task:
    """The task, to be changed by the command. One in the trash is refused unless `trashed`."""
    task = await Task.filter(project_id=command.project.id, number=ref.number).using_db(command.db).first()
    if task is None:
        raise NotFound("task", ref)
    if task.trashed_at and not trashed:
        raise Clash(f"{ref} is in the trash. Restore it to change it.")
    return task


def task_state(task: Task) -> dict[str, Any]:
    """The task's fields as the JSON values that the log holds."""
    return {
        "title": task.title,
        "description": task.description,
        "column_id": str(task.column_id),
        "position": task.position,
        "priority": PRIORITIES[task.priority],
        "assignee_ids": [str(each) for each in task.assignee_ids],
        "label_ids": [str(each) for each in task.label_ids],
        "due": task.due_on and task.due_on.isoformat(),
    }


def view_of(key: str, task: Task) -> TaskView:
    """The read model of a row at hand."""
    return TaskView.of(key, vars(task) | {"column_id": task.column_id, "created_by_id": task.created_by_id})  # type: ignore[attr-defined]


async def touch(command: ProjectCommand, task: Task, *fields: str) -> None:
    """Save the named columns, and that the task has changed."""
    task.version += 1
    task.updated_at = command.at
    await task.save(using_db=command.db, update_fields=[*fields, "version", "updated_at"])


def _new_task(command: ProjectCommand, column: BoardColumn) -> Task:
    number = command.project.next_number
    command.project.next_number += 1
    return Task(
        project_id=command.project.id,
        number=number,
        column_id=column.id,
        created_by_id=command.actor.account_id,
        created_at=command.at,
        updated_at=command.at,
    )


async def _change_column(command: ProjectCommand, task: Task, spot: Spot) -> str:
    """The position for the spot, with the column's limit checked and completion noted."""
    column = await column_of(command, spot.column_id)
    if column.id == task.column_id:
        return await place(command, column, task.number, spot.after, spot.before)
    position = await enter_column(command, column, task.number, spot.after, spot.before)
    _follow_column(task, column, command.at)
    return position


def _follow_column(task: Task, column: BoardColumn, at: datetime) -> None:
    if column.category != "done":
        task.completed_at = None
    elif task.completed_at is None:
        task.completed_at = at


async def _apply(command: ProjectCommand, task: Task, kind: EventKind, fields: Mapping[str, Any]) -> None:
    before = task_state(task)
    _write(task, fields)
    changes = changes_between(before, {field: value for field, value in task_state(task).items() if field in fields})
    if changes:
        await touch(command, task, "completed_at", *(_COLUMN.get(change.field, change.field) for change in changes))
        command.record(kind, task.id, changes, task_id=task.id, version=task.version)


def _write(task: Task, fields: Mapping[str, Any]) -> None:
    for field, value in fields.items():
        setattr(task, _COLUMN.get(field, field), _ROW_VALUE.get(field, lambda same: same)(value))


_COLUMN = {"due": "due_on"}
_ROW_VALUE: dict[str, Callable[[Any], Any]] = {
    "priority": PRIORITIES.index,
    "column_id": UUID,
    "assignee_ids": lambda ids: [UUID(each) for each in ids],
    "label_ids": lambda ids: [UUID(each) for each in ids],
    "due": lambda day: day and date.fromisoformat(day),
}


async def _stamp(actor: Actor, ref: TaskRef, column: str, kind: EventKind) -> TaskView:
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await task_of(command, ref, trashed=True)
        if getattr(task, column) is None:
            await _set_stamp(command, task, column, kind, command.at)
    return view_of(ref.key, task)


async def _unstamp(actor: Actor, ref: TaskRef, column: str, kind: EventKind) -> TaskView:
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await task_of(command, ref, trashed=True)
        if getattr(task, column) is not None:
            stays_away = task.trashed_at if column == "archived_at" else task.archived_at
            if not stays_away:
                await enter_column(command, await column_of(command, str(task.column_id)), task.number)
            await _set_stamp(command, task, column, kind, None)
    return view_of(ref.key, task)


async def _set_stamp(command: ProjectCommand, task: Task, column: str, kind: EventKind, at: datetime | None) -> None:
    before = getattr(task, column)
    setattr(task, column, at)
    await touch(command, task, column)
    changes = changes_between({column: before and before.isoformat()}, {column: at and at.isoformat()})
    command.record(kind, task.id, changes, task_id=task.id, version=task.version)
