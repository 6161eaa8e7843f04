"""When people are told that a task is due: at its moment, or on its day at nine o'clock where each of them lives.

PostgreSQL works it out, for as many tasks as a command has changed in one statement.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.events import Event, EventKind
from tasktracker.services.access import sees

DUE_MOMENT = "coalesce(t.due_at, (t.due_on + time '09:00') AT TIME ZONE a.time_zone)"
"""When task `t` is due for account `a`; NULL if never."""

FIRE_AT = f"coalesce(r.at, {DUE_MOMENT} - make_interval(mins => r.minutes_before))"
"""When reminder `r` of account `a` at task `t` goes off; NULL while the task has no due time."""

IS_OPEN = "(t.archived_at IS NULL AND t.trashed_at IS NULL AND c.category NOT IN ('done', 'cancelled'))"
"""Whether there is anything left to do at task `t`, in column `c`: nobody is told of one where there is not."""

PEOPLE_OF = "t.assignee_ids || t.watcher_ids"
"""Who is told that task `t` is due."""

IS_SEEN = sees("a.id", "t.project_id")
"""Whether task `t` exists for account `a`."""

_REMINDERS = f"""
    UPDATE reminder SET fire_at = new.fire_at,
        fired_at = CASE WHEN new.fire_at > $2 THEN NULL ELSE reminder.fired_at END
    FROM (SELECT r.id, CASE WHEN coalesce(r.at, {DUE_MOMENT}) > $2 THEN {FIRE_AT} END AS fire_at
        FROM reminder r JOIN task t ON t.id = r.task_id JOIN account a ON a.id = r.account_id
        WHERE (r.task_id = ANY($1::uuid[]) AND r.minutes_before IS NOT NULL) OR r.id = ANY($3::uuid[])) new
    WHERE new.id = reminder.id
"""
# Who made the task is looked at too: a task without people falls due as well, for rules. OFFSET 0 keeps PostgreSQL from
# reckoning the moments of everybody else first: a time zone that it does not know would fail the command of others.
_NOTICES = f"""
    INSERT INTO due_notice AS known (task_id, tell_at, told_at)
    SELECT t.id, (SELECT min(of_one.moment) FROM (
        SELECT {DUE_MOMENT} AS moment
        FROM (SELECT a.* FROM account a WHERE a.id = ANY({PEOPLE_OF} || t.created_by_id) OFFSET 0) a) of_one
        WHERE of_one.moment > $2), $2
    FROM task t
    WHERE t.id = ANY($1::uuid[]) OR (t.id = ANY($3::uuid[]) AND (t.due_on IS NOT NULL OR t.due_at IS NOT NULL))
    ON CONFLICT (task_id) DO UPDATE SET tell_at = excluded.tell_at, told_at = excluded.told_at,
        revision = CASE WHEN known.task_id = ANY($1::uuid[]) THEN NULL ELSE known.revision END
    WHERE known.task_id = ANY($1::uuid[]) OR known.tell_at IS NULL OR known.tell_at > $2
"""
# Whatever a command is changing at this moment is passed over, so that the two never wait for each other in a circle.
_OWN_REMINDERS = f"""
    UPDATE reminder SET fire_at = new.fire_at FROM (
        SELECT r.id, {FIRE_AT} AS fire_at FROM reminder r JOIN task t ON t.id = r.task_id AND t.due_on IS NOT NULL
        JOIN account a ON a.id = r.account_id
        WHERE r.account_id = $1 AND r.minutes_before IS NOT NULL AND r.fired_at IS NULL AND r.fire_at IS NOT NULL
        FOR UPDATE OF r SKIP LOCKED) new
    WHERE new.id = reminder.id
"""
_OWN_NOTICES = f"""
    UPDATE due_notice SET tell_at = new.moment FROM (
        SELECT n.id, {DUE_MOMENT} AS moment FROM due_notice n JOIN task t ON t.id = n.task_id AND t.due_on IS NOT NULL
        JOIN account a ON a.id = $1 AND (t.assignee_ids @> ARRAY[a.id] OR t.watcher_ids @> ARRAY[a.id])
        WHERE {DUE_MOMENT} > n.told_at AND {DUE_MOMENT} < coalesce(n.tell_at, 'infinity')
        FOR UPDATE OF n SKIP LOCKED) new
    WHERE new.id = due_notice.id
"""
_PEOPLE = {"assignee_ids", "watcher_ids"}


async def follow_due(db: BaseDBAsyncClient, events: Sequence[Event], at: datetime) -> None:
    """Let reminders and due notices follow what a command has changed at `at`: due times, people of tasks, reminders.

    Nobody is told of a moment that had passed already when the due time was set, or when they were put on the task. A
    notice that is late is left as it is, so that whoever it was for still gets it.
    """
    due, people = _changed(events)
    added = [event.subject_id for event in events if event.kind == EventKind.REMINDER_ADDED]
    if due or added:
        await db.execute_query(_REMINDERS, [list(due), at, added])
    if due or people:
        await db.execute_query(_NOTICES, [list(due), at, list(people)])


async def follow_zone(db: BaseDBAsyncClient, account_id: UUID) -> None:
    """Let what is planned for somebody follow them into another time zone. What comes too early by it looks again."""
    for statement in (_OWN_REMINDERS, _OWN_NOTICES):
        await db.execute_query(statement, [account_id])


def _changed(events: Sequence[Event]) -> tuple[set[UUID], set[UUID]]:
    """The tasks whose due time was changed, and those of which only the people were."""
    due: set[UUID] = set()
    people: set[UUID] = set()
    for event in events:
        if event.task_id != event.subject_id:
            continue
        fields = {change.field for change in event.changes}
        if "due" in fields:
            due.add(event.subject_id)
        elif fields & _PEOPLE and event.kind is not EventKind.TASK_CREATED:
            people.add(event.subject_id)
    return due, people - due
