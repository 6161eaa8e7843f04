"""Tasks that come back: when one is completed, the next one is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tasktracker.domain.checklists import unticked
from tasktracker.domain.errors import Clash
from tasktracker.domain.recurrence import Recurrence, after_one, moment, next_due
from tasktracker.domain.task_fields import moment_text
from tasktracker.models import Account, BoardColumn, Task
from tasktracker.services.access import readers_among
from tasktracker.services.command import ProjectCommand
from tasktracker.services.duplicates import COPIED
from tasktracker.services.duty import Duty, later_than
from tasktracker.services.fitting import fitting
from tasktracker.services.placing import first_column
from tasktracker.services.reminders import copy_reminders
from tasktracker.services.task_changes import add_task, change_task
from tasktracker.services.task_state import state_for

_DUE = """
    SELECT t.id, t.project_id, p.workspace_id, t.created_by_id AS account_id FROM task t
    JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
    WHERE t.recur_at <= $1 AND t.trashed_at IS NULL ORDER BY t.recur_at LIMIT $2
"""
_PUT_OFF = f"UPDATE task SET recur_at = {later_than('completed_at')} WHERE id = $1"
_SUBTASKS = """
    SELECT t.id FROM task t JOIN board_column c ON c.id = t.column_id AND c.category <> 'cancelled'
    WHERE t.parent_id = $1 AND t.trashed_at IS NULL AND t.archived_at IS NULL ORDER BY t.number
"""


@dataclass(frozen=True)
class _Shift:
    """So many days later; a moment keeps its time on the clock in the time zone."""

    days: timedelta
    zone: ZoneInfo

    def of(self, when: date | datetime | None) -> str | None:
        """The same day or moment later, as the log has it."""
        if when is None:
            return None
        if not isinstance(when, datetime):
            return (when + self.days).isoformat()
        local = when.astimezone(self.zone)
        return moment_text(moment(local.date() + self.days, local.time(), self.zone))


async def make_next(command: ProjectCommand, task_id: UUID) -> None:
    """Make the next one of a completed task, with its subtasks; the completed one recurs no more. Raises ColumnFull.

    So it is made once, even if the task is reopened and completed again.
    """
    task = await Task.filter(id=task_id, project_id=command.project.id).using_db(command.db).first()
    if task is None or task.recur_at is None or task.recur_at > command.at or task.trashed_at is not None:
        return
    recurrence, completed_at = task.recurrence, task.completed_at
    task.recur_at = None
    if recurrence is None or completed_at is None:
        await task.save(using_db=command.db, update_fields=["recur_at"])
        return
    await change_task(command, task, {"recurrence": None})
    repeated = Recurrence.from_json(recurrence)
    zone = await _zone_of(command)
    again = next_due(repeated, due=task.due_at or task.due_on, completed_at=completed_at, zone=zone)
    left = after_one(repeated)
    if again is not None and left is not None:
        since = task.due_at or task.due_on or completed_at
        shift = _Shift(_day_of(again, zone) - _day_of(since, zone), zone)
        due = again.isoformat() if not isinstance(again, datetime) else moment_text(again)
        parent_id = task.parent_id and str(task.parent_id)
        own = {"due": due, "recurrence": left.to_json(), "parent_id": parent_id}
        column_id = str((await _open_column(command)).id)
        await copy_reminders(command, task, await _copy(command, task, shift, column_id, own))


async def _open_column(command: ProjectCommand) -> BoardColumn:
    """Where new tasks go, if that is for work that is not done: a task made in another would recur at once."""
    for column in (await first_column(command), *await command.rows.columns()):
        if column.category not in ("done", "cancelled"):
            return column
    raise Clash(f"Project {command.project.key} has no column for work that is not done.")


async def _copy(command: ProjectCommand, task: Task, shift: _Shift, column_id: str, own: dict[str, Any]) -> Task:
    """A new open task like this one, with copies of its subtasks under it."""
    wanted = {**state_for(task, COPIED), "custom": task.custom}
    fields, _ = await fitting(command, wanted)
    fields |= {
        "description": unticked(task.description),
        "watcher_ids": await _still_here(command, task.watcher_ids),
        "start": shift.of(task.start_at or task.start_on),
        "due": shift.of(task.due_at or task.due_on),
    }
    copy = await add_task(command, {**fields, "column_id": column_id, **own})
    for row in await command.db.execute_query_dict(_SUBTASKS, [task.id]):
        subtask = await Task.get(id=row["id"], using_db=command.db)
        await _copy(command, subtask, shift, column_id, {"parent_id": str(copy.id)})
    return copy


async def _still_here(command: ProjectCommand, ids: Sequence[UUID]) -> list[str]:
    """Those of the people who may still see the project."""
    here = await readers_among(command.db, command.project.id, ids)
    return [str(each) for each in ids if each in here]


async def _zone_of(command: ProjectCommand) -> ZoneInfo:
    return ZoneInfo((await Account.get(id=command.actor.account_id, using_db=command.db)).time_zone)


def _day_of(when: date | datetime, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


RECURRING = Duty("recurring tasks", _DUE, make_next, _PUT_OFF)
