"""Reminders: what somebody wants to be told of a task, and when. Each is its owner's alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_moment, moment_text
from tasktracker.domain.text import Cleaner, clean_fields
from tasktracker.models import Reminder, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.due_times import FIRE_AT, IS_OPEN, IS_SEEN
from tasktracker.services.duty import Duty, later_than
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.inboxes import tell_at_once
from tasktracker.services.task_changes import find_task
from tasktracker.services.views import ReminderView

REMINDER_LIMIT = 20
"""Of one person at one task."""
MINUTES_MAX = 366 * 24 * 60
"""A year before the task is due."""


async def _refuse_others(command: ProjectCommand, reminder: Reminder) -> None:
    _require_own(command, str(reminder.account_id))


def _require_own(command: ProjectCommand, account_id: str) -> None:
    if account_id != str(command.actor.account_id):
        raise Clash("A reminder is its owner's alone.")


class _Own(Entity[Reminder]):
    """Reminders are taken away and put back by their owner only, by undo too."""

    async def fitting(self, command: ProjectCommand, row: Reminder | None, values: Mapping[str, Any]) -> dict[str, Any]:
        _require_own(command, values["account_id"])
        return await super().fitting(command, row, values)


REMINDER = _Own(
    "reminder",
    Reminder,
    ("account_id", "at", "minutes_before"),
    Kinds(EventKind.REMINDER_ADDED, None, EventKind.REMINDER_DELETED),
    permission=Permission.VIEW,
    of_task=True,
    refuse_removal=_refuse_others,
)
_FIRE_AT = f"""
    SELECT {FIRE_AT} AS fire_at, {IS_OPEN} AS is_open FROM (SELECT $3::timestamptz AS at, $4::int AS minutes_before) r,
        task t JOIN board_column c ON c.id = t.column_id, account a
    WHERE t.id = $1 AND a.id = $2
"""
_DUE = """
    SELECT r.id, t.project_id, p.workspace_id, r.account_id FROM reminder r
    JOIN task t ON t.id = r.task_id JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
    WHERE r.fire_at <= $1 AND r.fired_at IS NULL ORDER BY r.fire_at LIMIT $2
"""
_LOOK = f"""
    SELECT {IS_OPEN} AND {IS_SEEN} AS is_wanted, {FIRE_AT} AS fire_at FROM reminder r
    JOIN account a ON a.id = r.account_id JOIN task t ON t.id = r.task_id
    JOIN board_column c ON c.id = t.column_id
    WHERE r.id = $1 AND r.fire_at <= $2 AND r.fired_at IS NULL AND t.project_id = $3
"""
_PUT_OFF = f"""
    UPDATE reminder r SET fire_at = {later_than(FIRE_AT)} FROM task t, account a
    WHERE r.id = $1 AND t.id = r.task_id AND a.id = r.account_id
"""


async def add_reminder(actor: Actor, ref: TaskRef, raw: Mapping[str, Any]) -> ReminderView:
    """Want to be told at a moment (`at`), or so many minutes before the task is due (`minutes_before`).

    Raises NotFound, Invalid, Clash.
    """
    clean = clean_fields("reminder", raw, _CLEANERS)
    if len(clean) != 1:
        raise Invalid.at("/at", "Give either “at”, a moment, or “minutes_before”, counted from when the task is due.")
    async with project_command(actor, ref.key, Permission.VIEW) as command:
        task = await find_task(command, ref)
        await _require_room(command, task, ref)
        fire_at = await _fire_at(command, task, ref, clean)
        values = {"account_id": str(actor.account_id), **clean}
        reminder = await REMINDER.add(command, values, task_id=task.id, fire_at=fire_at, created_at=command.at)
    return _view(reminder)


async def delete_reminder(actor: Actor, ref: TaskRef, reminder_id: UUID) -> None:
    """Take back one's own reminder. Raises NotFound."""
    async with project_command(actor, ref.key, Permission.VIEW) as command:
        task = await find_task(command, ref, trashed=True)
        reminder = await REMINDER.find(command, reminder_id)
        if (reminder.account_id, reminder.task_id) != (actor.account_id, task.id):
            raise NotFound("reminder", reminder_id)
        await REMINDER.delete(command, reminder)


async def copy_reminders(command: ProjectCommand, task: Task, other: Task) -> None:
    """Give the other task, which the command has just made, the reminders that count from when it is due."""
    relative = Reminder.filter(task_id=task.id, minutes_before__isnull=False).using_db(command.db)
    for reminder in await relative.order_by("created_at", "id"):
        await REMINDER.add(command, REMINDER.state(reminder), task_id=other.id, created_at=command.at)


async def fire_reminder(command: ProjectCommand, reminder_id: UUID) -> None:
    """Tell its owner, if its moment has come.

    A reminder of a task that is done, cancelled, archived or in the trash by then, or that its owner may not see any
    more, is deleted instead.
    """
    rows = await command.db.execute_query_dict(_LOOK, [reminder_id, command.at, command.project.id])
    if not rows:
        return
    reminder = await Reminder.get(id=reminder_id, using_db=command.db)
    if not rows[0]["is_wanted"]:
        await REMINDER.delete(command, reminder)
    elif rows[0]["fire_at"] > command.at:  # its owner has moved to another time zone since
        reminder.fire_at = rows[0]["fire_at"]
        await reminder.save(using_db=command.db, update_fields=["fire_at"])
    else:
        await _fire(command, reminder)


async def _fire(command: ProjectCommand, reminder: Reminder) -> None:
    reminder.fired_at = command.at
    reminder.version += 1
    await reminder.save(using_db=command.db, update_fields=["fired_at", "version"])
    revision, task_id = command.next_revision, reminder.task_id
    fired = changes_between({}, {"fired_at": command.at.isoformat()})
    command.record(EventKind.REMINDER_FIRED, reminder.id, fired, task_id=task_id, version=reminder.version)
    await tell_at_once(command, [reminder.account_id], task_id, revision, "reminder")


REMINDERS = Duty("reminders", _DUE, fire_reminder, _PUT_OFF)


async def _require_room(command: ProjectCommand, task: Task, ref: TaskRef) -> None:
    own = Reminder.filter(task_id=task.id, account_id=command.actor.account_id).using_db(command.db)
    if await own.count() >= REMINDER_LIMIT:
        raise Clash(f"You have {REMINDER_LIMIT} reminders at {ref} already. Delete one first.")


async def _fire_at(command: ProjectCommand, task: Task, ref: TaskRef, clean: Mapping[str, Any]) -> datetime | None:
    at = datetime.fromisoformat(clean["at"]) if "at" in clean else None
    values = [task.id, command.actor.account_id, at, clean.get("minutes_before")]
    row = (await command.db.execute_query_dict(_FIRE_AT, values))[0]
    if not row["is_open"]:
        raise Clash(f"{ref} is done, cancelled or archived: nobody is reminded of it. Reopen it first.")
    fire_at: datetime | None = row["fire_at"]
    if fire_at is not None and fire_at <= command.at:
        raise Invalid.at("/" + next(iter(clean)), "That moment has passed. Choose one that is still to come.")
    return fire_at


def _moment(value: Any, pointer: str) -> str:
    return moment_text(clean_moment(value, pointer))


def _minutes(value: Any, pointer: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MINUTES_MAX:
        raise Invalid.at(pointer, f"Give a whole number of minutes from 0 to {MINUTES_MAX:,}, which is a year.")
    return value


_CLEANERS: dict[str, Cleaner] = {"at": _moment, "minutes_before": _minutes}


def _view(reminder: Reminder) -> ReminderView:
    return ReminderView(
        id=reminder.id,
        at=reminder.at,
        minutes_before=reminder.minutes_before,
        fire_at=reminder.fire_at,
        fired_at=reminder.fired_at,
        created_at=reminder.created_at,
    )
