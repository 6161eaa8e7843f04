"""The labels of a project."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.text import Cleaner, clean_color, clean_fields, line_of
from tasktracker.models import Label, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.views import LabelView


async def _refuse_used(command: ProjectCommand, label: Label) -> None:
    """For an undo; somebody who deletes a label takes it off its tasks."""
    if await Task.filter(project_id=command.project.id, label_ids__contains=[label.id]).using_db(command.db).exists():
        raise Clash(f"Tasks have the label “{label.name}” by now.")


GREY = "#8b8d98"
"""Of a label that nobody gave a colour."""

LABEL = Entity(
    "label",
    Label,
    ("name", "color"),
    Kinds(EventKind.LABEL_ADDED, EventKind.LABEL_EDITED, EventKind.LABEL_DELETED),
    unique=("name",),
    refuse_removal=_refuse_used,
)
_TAKE_OFF = """
    UPDATE task SET label_ids = array_remove(task.label_ids, $2), version = task.version + 1, updated_at = $3
    FROM task before
    WHERE task.project_id = $1 AND task.label_ids @> ARRAY[$2::uuid] AND before.id = task.id
    RETURNING task.id, task.version, before.label_ids AS old, task.label_ids AS new
"""


async def add_label(actor: Actor, key: str, raw: Mapping[str, Any]) -> LabelView:
    """Add a label; `name` is needed, `color` defaults to grey. Raises NotFound, Forbidden, Invalid, Clash."""
    fields = clean_label(raw)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await _require_free(command, fields["name"])
        label = await LABEL.add(command, fields)
    return _view(label)


async def edit_label(actor: Actor, key: str, label_id: UUID, raw: Mapping[str, Any]) -> LabelView:
    """Rename or recolour a label. Raises NotFound, Forbidden, Invalid, Clash."""
    fields = clean_fields("label", raw, _CLEANERS)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        label = await LABEL.find(command, label_id)
        if fields.get("name", label.name) != label.name:
            await _require_free(command, fields["name"])
        await LABEL.edit(command, label, fields)
    return _view(label)


async def delete_label(actor: Actor, key: str, label_id: UUID) -> None:
    """Delete a label and take it off every task, each with its own entry in the history."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        label = await LABEL.find(command, label_id)
        for row in await command.db.execute_query_dict(_TAKE_OFF, [command.project.id, label.id, command.at]):
            before, after = ({"label_ids": [str(each) for each in row[side]]} for side in ("old", "new"))
            command.record(
                EventKind.TASK_EDITED,
                row["id"],
                changes_between(before, after),
                task_id=row["id"],
                version=row["version"],
            )
        await LABEL.delete(command, label)


def clean_label(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a new label. Raises Invalid."""
    fields = {"color": GREY, **clean_fields("label", raw, _CLEANERS)}
    if "name" not in fields:
        raise Invalid.at("/name", "A label needs a name.")
    return fields


_CLEANERS: dict[str, Cleaner] = {"name": line_of(50), "color": clean_color}


async def _require_free(command: ProjectCommand, name: str) -> None:
    if await Label.filter(project_id=command.project.id, name=name).using_db(command.db).exists():
        raise Clash(f"This project already has a label “{name}”.")


def _view(label: Label) -> LabelView:
    return LabelView(id=label.id, version=label.version, **LABEL.state(label))
