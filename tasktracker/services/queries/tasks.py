"""Reading tasks."""

from collections.abc import Awaitable, Callable

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models.database import connection
from tasktracker.services.access import VISIBLE, asker, read_in_project
from tasktracker.services.queries.cursors import clean_limit, decode_cursor, encode_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.queries.task_json import TASK
from tasktracker.services.views import Page, TaskView

_TASK = f"""(SELECT {TASK} FROM task t, project tp
    WHERE t.project_id = access.id AND tp.id = access.id AND t.number = $5)::text AS task"""
_MOVED = f"""
    SELECT v.key, t.number FROM project was
    JOIN task_alias a ON a.project_id = was.id AND a.number = $5
    JOIN task t ON t.id = a.task_id JOIN ({VISIBLE}) v ON v.id = t.project_id
    WHERE was.workspace_id = $1 AND was.key = $4
"""
_INT_MAX = 2**31 - 1
_LISTS = {
    "active": "t.archived_at IS NULL AND t.trashed_at IS NULL",
    "archived": "t.archived_at IS NOT NULL AND t.trashed_at IS NULL",
    "trashed": "t.trashed_at IS NOT NULL",
}


async def get_task(actor: Actor, ref: TaskRef) -> TaskView:
    """One task, archived and trashed ones too; one that went to another project under what it is called now.

    Raises NotFound.
    """
    return await wherever_it_is(actor, ref, lambda known: _get_task(actor, known))


async def wherever_it_is(actor: Actor, ref: TaskRef, read: Callable[[TaskRef], Awaitable[TaskView]]) -> TaskView:
    """What `read` answers about the task, under another reference if it has left the project. Raises NotFound."""
    try:
        return await read(ref)
    except NotFound:
        if (now := await moved_ref(actor, ref)) is None:
            raise
        return await read(now)


async def moved_ref(actor: Actor, ref: TaskRef) -> TaskRef | None:
    """What a task is called now that has left its project, if the asker may see where it is."""
    rows = await connection().execute_query_dict(_MOVED, [*asker(actor), ref.key, ref.number])
    return TaskRef(rows[0]["key"], rows[0]["number"]) if rows else None


async def _get_task(actor: Actor, ref: TaskRef) -> TaskView:
    row = await read_in_project(actor, ref.key, _TASK, ref.number)
    if row["task"] is None:
        raise NotFound("task", ref)
    return view_of(row["task"])


def view_of(text: str) -> TaskView:
    """From the JSON of one `TASK`."""
    return TaskView.of(rows_of(f"[{text}]")[0])


async def list_tasks(
    actor: Actor, key: str, *, state: str = "active", limit: int = 50, cursor: str | None = None
) -> Page[TaskView]:
    """A project's tasks, newest number first. `state` is active, archived or trashed. Raises NotFound, Invalid."""
    if state not in _LISTS:
        raise Invalid.at("/query/state", f"This must be one of: {', '.join(_LISTS)}.")
    before = decode_cursor(cursor, int)
    select = f"""(SELECT coalesce(json_agg({TASK} ORDER BY t.number DESC), '[]') FROM (
        SELECT t.* FROM task t WHERE t.project_id = access.id AND {_LISTS[state]} AND t.number < $5
        ORDER BY t.number DESC LIMIT $6) t, project tp WHERE tp.id = access.id)::text AS tasks"""
    last = before[0] if before and abs(before[0]) < _INT_MAX else _INT_MAX
    row = await read_in_project(actor, key, select, last, clean_limit(limit) + 1)
    tasks = [TaskView.of(each) for each in rows_of(row["tasks"])]
    more = len(tasks) > limit
    return Page(tasks[:limit], encode_cursor(tasks[limit - 1].number) if more else None)
