"""Time travel: a task as it was at a moment. How, `past_boards` says."""

import asyncio
from datetime import datetime
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import CUSTOM, PRIORITIES, RELATIONS
from tasktracker.services.access import VISIBLE, read_in_project
from tasktracker.services.queries.past_sql import COLUMNS, EVENTS, EVENTS_LIMIT, TASK, bounded
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.queries.task_json import SUBTASKS
from tasktracker.services.queries.tasks import wherever_it_is
from tasktracker.services.rewind import Past, State, rewind
from tasktracker.services.views import TaskView

_WAS_IN = "array_append(ARRAY(SELECT a.project_id FROM task_alias a WHERE a.task_id = t.id), access.id)"
"""The projects that the task has ever been in: what a column of one of them meant, only their columns tell."""
_SINCE = EVENTS.format(
    which=f"""e.at > $6 AND (e.task_id = t.id OR (e.log_id = ANY({_WAS_IN})
        AND e.kind IN ('ColumnAdded', 'ColumnEdited', 'ColumnDeleted'))) ORDER BY e.at DESC, e.revision DESC""",
    limit=EVENTS_LIMIT + 1,
)
_TASK = f"""(SELECT json_build_object(
    'task', json_build_object({TASK}), 'columns', {COLUMNS.format(projects=_WAS_IN)}, 'subtasks', {SUBTASKS},
    'created', json_build_object('created_at', t.created_at, 'created_by_id', t.created_by_id),
    'updated_at', (SELECT max(e.at) FROM event e WHERE e.task_id = t.id AND e.subject_id = t.id AND e.at <= $6),
    'events', {_SINCE}) FROM task t WHERE t.project_id = access.id AND t.number = $5)::text AS past"""
_NAMES = f"""(SELECT coalesce(json_object_agg(x.id, json_build_object(
    'ref', v.key || '-' || x.number, 'title', x.title, 'state', c.category)), '{{}}')
    FROM task x JOIN board_column c ON c.id = x.column_id JOIN ({VISIBLE}) v ON v.id = x.project_id
    WHERE x.id = ANY($5::uuid[]) AND x.trashed_at IS NULL)::text AS names"""


async def task_at(actor: Actor, ref: TaskRef, at: datetime) -> TaskView:
    """The task as it was at that moment, in whatever project it was then.

    What it, its parent and its relations are called, and the progress of its subtasks, are those of today. Raises
    NotFound (also for a moment before the task was made), Invalid.
    """
    return await wherever_it_is(actor, ref, lambda known: _task_at(actor, known, at))


async def _task_at(actor: Actor, ref: TaskRef, at: datetime) -> TaskView:
    row = await read_in_project(actor, ref.key, _TASK, ref.number, at)
    if row["past"] is None:
        raise NotFound("task", ref)
    read = orjson.loads(row["past"])
    past = await asyncio.to_thread(_rewound, read)
    state = past.tasks.get(read["task"]["id"])
    if state is None:
        raise NotFound("task", f"{ref} at that time")
    names = await _names(actor, ref, state)
    facts = {
        "ref": str(ref),
        "project": ref.key,
        "number": ref.number,
        "subtasks": read["subtasks"],
        "updated_at": read["updated_at"],
    }
    return _view({**read["created"], **facts}, state, past.columns, names)


def _rewound(read: dict[str, Any]) -> Past:
    state = read["task"]
    state |= {CUSTOM + name: value for name, value in state.pop("custom").items()}
    return rewind(Past(tasks={state["id"]: state}, columns=read["columns"]), bounded(read["events"]))


async def _names(actor: Actor, ref: TaskRef, state: State) -> dict[str, dict[str, Any]]:
    """What the tasks that this one names are called, as far as the asker may see them; a second read only if any."""
    wanted = [each for kind in RELATIONS for each in state[f"{kind}_ids"]]
    if state["parent_id"]:
        wanted.append(state["parent_id"])
    if not wanted:
        return {}
    row = await read_in_project(actor, ref.key, _NAMES, wanted)
    names: dict[str, dict[str, Any]] = orjson.loads(row["names"])
    return names


def _view(facts: State, state: State, columns: dict[str, State], names: dict[str, dict[str, Any]]) -> TaskView:
    own = {name: value for name, value in state.items() if name not in _TRANSLATED and not name.startswith(CUSTOM)}
    custom = {name.removeprefix(CUSTOM): value for name, value in state.items() if name.startswith(CUSTOM)}
    row = {
        **facts,
        **own,
        **_moment_or_day("start", state["start"]),
        **_moment_or_day("due", state["due"]),
        "state": columns.get(state["column_id"], {}).get("category", "unstarted"),
        "priority": PRIORITIES.index(state["priority"]),
        "parent": names.get(state["parent_id"], {}).get("ref"),
        "relations": [
            {"kind": kind, **names[each]} for kind in RELATIONS for each in state[f"{kind}_ids"] if each in names
        ],
        "custom": {name: value for name, value in custom.items() if value is not None},
    }
    return TaskView.of(rows_of(orjson.dumps([row]).decode())[0])


_TRANSLATED = {"id", "number", "parent_id", "start", "due", *(f"{kind}_ids" for kind in RELATIONS)}


def _moment_or_day(name: str, text: str | None) -> State:
    is_moment = text is not None and "T" in text
    return {f"{name}_at": text if is_moment else None, f"{name}_on": None if is_moment else text}
