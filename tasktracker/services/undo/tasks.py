"""Taking back what was done to a task."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Clash
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission, require_in_project
from tasktracker.domain.task_fields import DEFAULTS
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import column_of, place, place_again, require_room
from tasktracker.services.task_changes import record_change
from tasktracker.services.task_state import task_state, write_state
from tasktracker.services.undo.checks import require_possible
from tasktracker.services.undo.entries import concerned, differing, old_values
from tasktracker.services.undo.taken import Logged, TakeBack

_AWAY = ("archived_at", "trashed_at")
"""A task with one of these stamps takes no place in its column."""
_NOBODY = 0
"""No task has this number, so none is passed over."""
_BACK = {
    EventKind.TASK_EDITED: EventKind.TASK_EDITED,
    EventKind.TASK_MOVED: EventKind.TASK_MOVED,
    EventKind.TASK_ARCHIVED: EventKind.TASK_UNARCHIVED,
    EventKind.TASK_UNARCHIVED: EventKind.TASK_ARCHIVED,
    EventKind.TASK_TRASHED: EventKind.TASK_RESTORED,
    EventKind.TASK_RESTORED: EventKind.TASK_TRASHED,
}


async def _take_back_creation(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    """Into the trash, if nobody has touched it since (its number stays taken, and people may have written it down).

    There it has nothing of what the same command added, which has to go as well, and its place on the board is free for
    whatever an earlier undo puts back.
    """
    task = await command.rows.with_id(event.subject_id)
    before = task_state(task) if task else {}
    if task is None or before != {**DEFAULTS, **event.new}:
        return []
    if task.comment_count or task.attachment_count or await command.rows.has_subtasks(task):
        return []
    write_state(task, await _instead_of(command, before, event.going))
    task.trashed_at = command.at
    await record_change(command, task, before, EventKind.TASK_TRASHED)
    return None


async def _instead_of(command: ProjectCommand, state: Mapping[str, Any], going: frozenset[str]) -> dict[str, Any]:
    """What takes the place of the values that go."""
    fields: dict[str, Any] = {field: None for field in state if field in going}
    fields["label_ids"] = [each for each in state["label_ids"] if each not in going]
    columns = await command.rows.columns()
    stays = [column for column in columns if str(column.id) == state["column_id"] and str(column.id) not in going]
    left = stays or [column for column in columns if str(column.id) not in going]
    if not left:
        raise Clash("No column would be left for the tasks, archived and trashed ones included.")
    behind_all = await place(command, left[0], _NOBODY, None, None)
    return {**fields, "column_id": str(left[0].id), "position": behind_all}


async def _take_back_change(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    task = await command.rows.with_id(event.subject_id)
    if task is None:
        return []
    before = task_state(task)
    if fields := differing(event, before):
        return fields
    old = old_values(event, before)
    if task.trashed_at and task.trashed_at > event.at and "trashed_at" not in old:
        raise Clash(f"{command.project.key}-{task.number} is in the trash. Restore it first.")
    await require_possible(command, task, old)
    if old.keys() & {"column_id", "position", *_AWAY}:
        old |= await _placed_again(command, task, old)
    write_state(task, old)
    task.recur_at = None
    await record_change(command, task, before, _BACK[event.kind])
    return None


def gather(command: ProjectCommand, ids: Sequence[UUID]) -> AbstractAsyncContextManager[None]:
    """Lets the tasks with the ids be read and written together."""
    return gathered(command, ids=ids)


async def take_back_edit(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    """Who stopped or began to watch may take that back, as they may do it; the rest is for those who change tasks."""
    is_own = all(
        change.field == "watcher_ids" and concerned(change) == {str(command.actor.account_id)}
        for change in event.changes
    )
    require_in_project(command.role, Permission.VIEW if is_own else Permission.EDIT_TASKS)
    return await _take_back_change(command, event)


async def _placed_again(command: ProjectCommand, task: Task, old: Mapping[str, Any]) -> dict[str, str]:
    """The position in the old column, if that changes; the column must have room for a task that it gets by it."""
    column = await column_of(command, old.get("column_id", str(task.column_id)))
    is_there = task.column_id == column.id and not any(getattr(task, stamp) for stamp in _AWAY)
    stays_away = any(old.get(stamp, getattr(task, stamp)) for stamp in _AWAY)
    if not is_there and not stays_away:
        await require_room(command, column, task.number)
    if not old.keys() & {"column_id", "position"}:
        return {}
    return {"position": await place_again(command, column, old.get("position", task.position), task.number)}


STEPS: dict[EventKind, TakeBack] = {
    EventKind.TASK_CREATED: _take_back_creation,
    **dict.fromkeys(_BACK, _take_back_change),
}
