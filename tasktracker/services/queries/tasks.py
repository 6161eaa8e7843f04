"""Reading tasks."""

from collections.abc import Awaitable, Callable, Sequence

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models.database import connection
from tasktracker.services.access import VISIBLE, asker, read_in_project
from tasktracker.services.queries.expansion import clean_expand, expanded_view, with_expansion
from tasktracker.services.queries.lists.reading import Asked, read_list
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.queries.task_json import TASK
from tasktracker.services.views import Page, TaskView

_TASK = """(SELECT {task} FROM task t, project tp
    WHERE t.project_id = access.id AND tp.id = access.id AND t.number = $5)::text AS made"""
_MOVED = f"""
    SELECT v.key, t.number FROM project was
    JOIN task_alias a ON a.project_id = was.id AND a.number = $5
    JOIN task t ON t.id = a.task_id JOIN ({VISIBLE}) v ON v.id = t.project_id
    WHERE was.workspace_id = $1 AND was.key = $4
"""


async def get_task(actor: Actor, ref: TaskRef, *, expand: Sequence[str] = ()) -> TaskView:
    """One task, archived and trashed ones too; one that went to another project under what it is called now.

    `expand` names what is to come along with it. Raises NotFound, Invalid.
    """
    names = clean_expand(expand)
    return await wherever_it_is(actor, ref, lambda known: _get_task(actor, known, names))


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


async def _get_task(actor: Actor, ref: TaskRef, expand: Sequence[str]) -> TaskView:
    select = _TASK.format(task=with_expansion(TASK, expand))
    row = await read_in_project(actor, ref.key, select, ref.number)
    if row["made"] is None:
        raise NotFound("task", ref)
    return expanded_view(orjson.loads(row["made"]))


def view_of(text: str) -> TaskView:
    """From the JSON of one `TASK`."""
    return TaskView.of(rows_of(f"[{text}]")[0])


async def list_tasks(
    actor: Actor,
    key: str,
    *,
    query: str = "",
    sort: str = "-number",
    state: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    expand: Sequence[str] = (),
) -> Page[TaskView]:
    """A project's tasks that the filter `query` lets through; newest number first unless told.

    `state` is active, archived or trashed; without it the archive and the trash are left out unless the filter names
    them. `expand` names what is to come along with each task. Raises NotFound, Invalid, FilterProblem.
    """
    return await read_list(actor, key, Asked(query, sort, state, limit, cursor, expand))


async def list_all_tasks(
    actor: Actor,
    *,
    query: str = "",
    sort: str = "-updated",
    state: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    expand: Sequence[str] = (),
) -> Page[TaskView]:
    """The same of all projects that the asker sees, those in the archive left out unless the filter names them.

    Latest change first unless told. Raises NotSignedIn, Invalid, FilterProblem.
    """
    return await read_list(actor, None, Asked(query, sort, state, limit, cursor, expand))
