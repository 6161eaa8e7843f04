"""Reading reminders."""

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import ReminderView

_OWN = """(SELECT coalesce(json_agg(own), '[]') FROM (
    SELECT r.id, r.at, r.minutes_before, r.fire_at, r.fired_at, r.created_at FROM reminder r
    WHERE r.task_id = t.id AND r.account_id = $2 ORDER BY coalesce(r.fired_at, r.fire_at), r.created_at, r.id) own)"""
_REMINDERS = f"(SELECT {_OWN} FROM task t WHERE t.project_id = access.id AND t.number = $5)::text AS reminders"


async def list_reminders(actor: Actor, ref: TaskRef) -> list[ReminderView]:
    """One's own reminders at a task, in the order in which they fire; at the end those that wait for a due time.

    Raises NotFound.
    """
    row = await read_in_project(actor, ref.key, _REMINDERS, ref.number)
    if row["reminders"] is None:
        raise NotFound("task", ref)
    return [ReminderView(**each) for each in rows_of(row["reminders"])]
