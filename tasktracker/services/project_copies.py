"""Making another project like one that there is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import Permission, ProjectRole
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import CUSTOM, RELATIONS
from tasktracker.models import Task
from tasktracker.services.columns import COLUMN
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.custom_fields import CUSTOM_FIELD
from tasktracker.services.duplicates import COPIED
from tasktracker.services.entities import Entity
from tasktracker.services.fitting import fitting
from tasktracker.services.gathering import gathered
from tasktracker.services.labels import LABEL
from tasktracker.services.projects import change_member, clean_project, new_project_command, project_state
from tasktracker.services.rules import RULE, begin_anew
from tasktracker.services.task_changes import Given, add_task, find_task
from tasktracker.services.task_state import state_for
from tasktracker.services.templates import TEMPLATE

ENTITIES: tuple[Entity[Any], ...] = (COLUMN, LABEL, CUSTOM_FIELD, TEMPLATE, RULE)
"""The things of a project, each after those that it names."""
_JOINED = tuple(f"{relation}_ids" for relation in RELATIONS)
_KEPT = ("description", "color", "is_private", "requires_version")
_MEMBERS = """
    SELECT pm.account_id, pm.role FROM project_membership pm JOIN account a ON a.id = pm.account_id AND a.is_active
    JOIN membership w ON w.account_id = a.id AND w.workspace_id = $3
    WHERE pm.project_id = $1 AND pm.account_id <> $2 ORDER BY pm.id
"""
_NUMBERS = """
    SELECT number FROM task
    WHERE project_id = $1 AND archived_at IS NULL AND trashed_at IS NULL ORDER BY number
"""


async def duplicate_project(actor: Actor, key: str, raw: Mapping[str, Any], *, with_tasks: bool = False) -> str:
    """A new project that is arranged like that one: settings, columns, labels, fields, templates, rules and members.

    With the tasks on its board too if wanted: their fields, tree and relations, and nothing that was said about them.
    `raw` holds the new `key` and `name`. The actor becomes a manager. Returns the key.

    Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = clean_project(raw, "key", "name")
    async with project_command(actor, key, Permission.VIEW, archived=True) as source:
        settings = project_state(source.project, _KEPT)
        async with new_project_command(actor, {**settings, **fields}) as copy:
            await _copy_members(source, copy)
            ids = await _copy_entities(source, copy)
            if with_tasks:
                await _copy_tasks(source, copy, ids)
            await begin_anew(copy)
    return copy.project.key


async def _copy_members(source: ProjectCommand, copy: ProjectCommand) -> None:
    values = [source.project.id, source.actor.account_id, source.actor.workspace_id]
    for row in await source.db.execute_query_dict(_MEMBERS, values):
        await change_member(copy, row["account_id"], ProjectRole(row["role"]))


async def _copy_entities(source: ProjectCommand, copy: ProjectCommand) -> dict[str, str]:
    """Copy the simple things; returns their new ids by the old ones."""
    ids: dict[str, str] = {}
    for entity in ENTITIES:
        order = "position" if "position" in entity.fields else "id"
        anew = {"owner_id": str(copy.actor.account_id), "error": None} if entity is RULE else {}
        for row in await entity.model.filter(project_id=source.project.id).using_db(source.db).order_by(order):
            made = await entity.add(copy, {**renamed_ids(entity.state(row), ids), **anew}, id=new_id())
            ids[str(row.pk)] = str(made.pk)
    return ids


async def _copy_tasks(source: ProjectCommand, copy: ProjectCommand, ids: Mapping[str, str]) -> None:
    rows = await source.db.execute_query_dict(_NUMBERS, [source.project.id])
    numbers = [row["number"] for row in rows]
    async with gathered(source, numbers), gathered(copy):
        originals = [await find_task(source, TaskRef(source.project.key, number)) for number in numbers]
        people = await _people(copy, originals)
        all_ids = {**ids, **{str(task.id): str(new_id()) for task in originals}}
        for task in originals:
            given = Given(UUID(all_ids[str(task.id)]), task.position)
            await add_task(copy, _fields(task, all_ids, people), given)


async def _people(copy: ProjectCommand, originals: list[Task]) -> set[str]:
    """Those of the assignees who can see the new project."""
    everybody = {str(each): None for task in originals for each in task.assignee_ids}
    fields, _ = await fitting(copy, {"assignee_ids": [*everybody]})
    return set(fields["assignee_ids"])


def _fields(task: Task, ids: Mapping[str, str], people: set[str]) -> dict[str, Any]:
    """The task's fields with the ids of the new project, and without what is not in it."""
    state = state_for(task, (*COPIED, *_JOINED, "column_id", "parent_id"))
    fields = renamed_ids(state, ids)
    fields["assignee_ids"] = [each for each in state["assignee_ids"] if each in people]
    for field in _JOINED:
        fields[field] = [ids[each] for each in state[field] if each in ids]
    return {
        **fields,
        **{CUSTOM + key: value for key, value in task.custom.items()},
        "parent_id": ids.get(state["parent_id"]),
        "recurrence": None if task.completed_at else task.recurrence,
        "watcher_ids": [],
    }


def renamed_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """A JSON value with the new ids in place of the old ones, wherever they stand."""
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, Mapping):
        return {name: renamed_ids(each, ids) for name, each in value.items()}
    return [renamed_ids(each, ids) for each in value] if isinstance(value, list) else value
