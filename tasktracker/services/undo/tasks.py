"""Taking back what was done to a task."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Clash
from tasktracker.domain.events import EventKind
from tasktracker.domain.ordering import position_between
from tasktracker.domain.permissions import Permission, require_in_project
from tasktracker.domain.task_fields import DEFAULTS
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.custom_values import require_custom
from tasktracker.services.placing import column_of, enter_column, place
from tasktracker.services.relations import require_relatable
from tasktracker.services.task_changes import record_change
from tasktracker.services.task_checks import require_free_source, require_known, require_parent
from tasktracker.services.task_state import task_state, write_state
from tasktracker.services.undo.entries import concerned, differing, old_values
from tasktracker.services.undo.taken import Logged, TakeBack

_NEIGHBOURS = """
    SELECT EXISTS (SELECT FROM task WHERE column_id = $1 AND position = $2 AND id <> $3) AS is_taken,
        (SELECT min(position) FROM task WHERE column_id = $1 AND position > $2 AND id <> $3) AS above
"""
_HANGS_ON = "SELECT EXISTS (SELECT FROM task WHERE parent_id = $1 AND trashed_at IS NULL) AS has_subtasks"
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
    task = await _task(command, event)
    before = task_state(task) if task else {}
    if task is None or before != {**DEFAULTS, **event.new}:
        return []
    rows = await command.db.execute_query_dict(_HANGS_ON, [task.id])
    if task.comment_count or task.attachment_count or rows[0]["has_subtasks"]:
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
    task = await _task(command, event)
    if task is None:
        return []
    before = task_state(task)
    if fields := differing(event, before):
        return fields
    old = old_values(event, before)
    if task.trashed_at and "trashed_at" not in old:
        raise Clash(f"{command.project.key}-{task.number} is in the trash. Restore it first.")
    await _require_possible(command, task, old)
    if old.keys() & {"column_id", "position"}:
        old["position"] = await _place_again(command, task, old)
    elif _comes_back(task, old):
        await enter_column(command, await column_of(command, str(task.column_id)), task.number)
    write_state(task, old)
    task.recur_at = None
    await record_change(command, task, before, _BACK[event.kind])
    return None


async def take_back_edit(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    """Who stopped or began to watch may take that back, as they may do it; the rest is for those who change tasks."""
    is_own = all(
        change.field == "watcher_ids" and concerned(change) == {str(command.actor.account_id)}
        for change in event.changes
    )
    require_in_project(command.role, Permission.VIEW if is_own else Permission.EDIT_TASKS)
    return await _take_back_change(command, event)


async def _require_possible(command: ProjectCommand, task: Task, old: Mapping[str, Any]) -> None:
    """What it names must still be there, and values still fit; relations and the outside id what came since."""
    await require_known(command, old)
    await require_custom(command, old)
    await require_relatable(command, task, old)
    await require_free_source(command, old, task)
    if old.get("parent_id"):
        parent = await Task.filter(id=UUID(old["parent_id"])).using_db(command.db).first()
        await require_parent(command, parent.number if parent else 0, task)


async def _place_again(command: ProjectCommand, task: Task, old: Mapping[str, Any]) -> str:
    """The old position, or the next free one after it, in the old column, which must have room."""
    column_id = old.get("column_id", str(task.column_id))
    column = await column_of(command, column_id)
    if column.id != task.column_id:
        await enter_column(command, column, task.number)
    wanted: str = old.get("position", task.position)
    row = (await command.db.execute_query_dict(_NEIGHBOURS, [column.id, wanted, task.id]))[0]
    return position_between(wanted, row["above"]) if row["is_taken"] else wanted


def _comes_back(task: Task, old: Mapping[str, Any]) -> bool:
    """Whether the task takes a place in its column again."""
    is_away = task.archived_at or task.trashed_at
    stays_away = any(old.get(stamp, getattr(task, stamp)) for stamp in ("archived_at", "trashed_at"))
    return bool(is_away) and not stays_away


async def _task(command: ProjectCommand, event: Logged) -> Task | None:
    found = Task.filter(id=event.subject_id, project_id=command.project.id)
    return await found.using_db(command.db).first()


STEPS: dict[EventKind, TakeBack] = {
    EventKind.TASK_CREATED: _take_back_creation,
    **dict.fromkeys(_BACK, _take_back_change),
}
