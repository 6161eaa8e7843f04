"""From what people send to what the log holds: whether what a task is to name exists in its project."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.errors import Clash, Invalid, Problem
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import gather
from tasktracker.models import Task
from tasktracker.services.access import sees
from tasktracker.services.command import ProjectCommand
from tasktracker.services.custom_values import custom_changes
from tasktracker.services.tree import DEEPEST

_UNKNOWN = f"""
    SELECT 'assignee_ids' AS field, wanted.id FROM unnest($2::uuid[]) AS wanted(id)
    WHERE NOT {sees("wanted.id", "$1")}
    UNION ALL
    SELECT 'label_ids', wanted.id FROM unnest($3::uuid[]) AS wanted(id)
    WHERE NOT EXISTS (SELECT FROM label l WHERE l.project_id = $1 AND l.id = wanted.id)
"""
_SAME_SOURCE = """
    SELECT number FROM task
    WHERE project_id = $1 AND external_source = $2 AND external_id = $3 AND id IS DISTINCT FROM $4
"""
_MEANING = {
    "assignee_ids": "Nobody with this id can see the project; invite them first, or leave them out.",
    "label_ids": "This project has no label with this id; it may have been deleted.",
}


async def require_known(command: ProjectCommand, fields: Mapping[str, Any]) -> None:
    """Raise `Invalid` pointing at every id among `assignee_ids` and `label_ids` that the project does not know."""
    named = [(field, each) for field in _MEANING for each in fields.get(field, [])]
    wanted = [each for each in named if each not in command.known]
    if not wanted:
        return
    people, labels = ([each for of, each in wanted if of == field] for field in _MEANING)
    rows = await command.db.execute_query_dict(_UNKNOWN, [command.project.id, people, labels])
    gather(
        [
            Problem(f"/{row['field']}/{fields[row['field']].index(str(row['id']))}", _MEANING[row["field"]])
            for row in rows
        ]
    )
    command.known.update(wanted)


async def resolved(command: ProjectCommand, clean: Mapping[str, Any], task: Task | None = None) -> dict[str, Any]:
    """The clean fields that somebody wants for the task (None: a new one), as the log's. Raises Invalid, Clash."""
    await require_known(command, clean)
    fields = dict(clean)
    if "parent" in fields:
        fields["parent_id"] = await _parent_id(command, fields.pop("parent"), task)
    if custom := fields.pop("custom", None):
        fields |= await custom_changes(command, custom)
    await require_free_source(command, fields, task)
    return fields


async def require_free_source(command: ProjectCommand, fields: Mapping[str, Any], task: Task | None) -> None:
    """Raise `Clash` if another task of the project came from the same place outside."""
    if not fields.keys() & {"external_source", "external_id"}:
        return
    source, outside_id = (fields.get(field, getattr(task, field, None)) for field in ("external_source", "external_id"))
    if source is None or outside_id is None:
        return
    values = [command.project.id, source, outside_id, task and task.id]
    for row in await command.db.execute_query_dict(_SAME_SOURCE, values):
        other = TaskRef(command.project.key, row["number"])
        raise Clash(f"{other} is “{outside_id}” of {source} already. Change that one, or name another id.")


async def _parent_id(command: ProjectCommand, ref: TaskRef | None, task: Task | None) -> str | None:
    """The id of the task that is to be the parent: in the same project, and in no circle."""
    if ref is None:
        return None
    if ref.key != command.project.key:
        raise Invalid.at("/parent", f"A subtask is in the project of its parent: name a task of {command.project.key}.")
    return await require_parent(command, ref.number, task)


async def require_parent(command: ProjectCommand, number: int, task: Task | None) -> str:
    """The id of the project's task of that number, if it may be the task's parent. Raises Invalid."""
    ref = TaskRef(command.project.key, number)
    place = await command.rows.place_under(number, task)
    if place is None:
        raise Invalid.at("/parent", f"There is no task {ref}, or it is in the trash.")
    if place.is_circle:
        raise Invalid.at("/parent", f"{ref} is this task itself or one of its subtasks; the tree would be a circle.")
    if place.depth > DEEPEST:
        raise Invalid.at("/parent", f"Subtasks go {DEEPEST} levels deep. Choose a parent further up.")
    return str(place.parent_id)
