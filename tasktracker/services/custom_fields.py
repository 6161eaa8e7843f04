"""The fields that a project gives its tasks by itself."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.custom_fields import (
    FIELD_LIMIT,
    KINDS,
    Definition,
    clean_field_key,
    clean_options,
    clean_renames,
    key_for,
    renamed_options,
    require_options,
)
from tasktracker.domain.errors import Clash, NotFound, Problem, pointer_to
from tasktracker.domain.events import Change, EventKind
from tasktracker.domain.ordering import position_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.domain.text import Cleaner, clean_fields, gather, line_of, one_of
from tasktracker.models import CustomField
from tasktracker.services.command import Command, ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.views import CustomFieldView

_HAS_VALUE = "SELECT FROM task WHERE project_id = $1 AND custom ? $2::text LIMIT 1"
_IN_USE = """
    SELECT option, count(*) AS tasks FROM task t, unnest($3::text[]) AS option
    WHERE t.project_id = $1 AND t.custom -> $2::text ? option
    GROUP BY option ORDER BY array_position($3::text[], option)
"""
_RENAMED = """CASE jsonb_typeof(t.custom -> $2::text)
    WHEN 'array' THEN (
        SELECT jsonb_agg(name ORDER BY array_position($5::text[], name)) FROM (
            SELECT DISTINCT coalesce($4::jsonb ->> each, each) AS name
            FROM jsonb_array_elements_text(t.custom -> $2::text) AS each) names)
    ELSE $4::jsonb -> (t.custom ->> $2::text) END"""
"""A value under the options' new names ($4); of several in the order of all options ($5)."""
_RENAME = f"""
    WITH renamed AS (
        SELECT t.id, t.custom -> $2::text AS old, {_RENAMED} AS new FROM task t
        WHERE t.project_id = $1
          AND t.custom -> $2::text ?| (SELECT array_agg(name) FROM jsonb_object_keys($4::jsonb) AS name))
    UPDATE task SET custom = jsonb_set(task.custom, ARRAY[$2::text], renamed.new), version = task.version + 1,
        updated_at = $3
    FROM renamed WHERE task.id = renamed.id AND renamed.old <> renamed.new
    RETURNING task.id, task.version, renamed.old, renamed.new
"""
_TAKE_OFF = """
    UPDATE task SET custom = task.custom - $2::text, version = task.version + 1, updated_at = $3
    FROM task before
    WHERE task.project_id = $1 AND task.custom ? $2::text AND before.id = task.id
    RETURNING task.id, task.version, before.custom -> $2::text AS old, NULL::jsonb AS new
"""


async def _refuse_used(command: ProjectCommand, field: CustomField) -> None:
    """For an undo; somebody who deletes a field takes its values off every task."""
    if await command.db.execute_query_dict(_HAS_VALUE, [command.project.id, field.key]):
        raise Clash(f"Tasks have a value of “{field.name}” by now.")


async def _refuse_options_in_use(command: ProjectCommand, field: CustomField, values: Mapping[str, Any]) -> None:
    """Options that are left out must be on no task."""
    removed = set(field.options) - set(values.get("options", field.options))
    if not removed:
        return
    used = await command.db.execute_query_dict(_IN_USE, [command.project.id, field.key, sorted(removed)])
    if used:
        counts = ", ".join(f"“{row['option']}” ({row['tasks']})" for row in used)
        raise Clash(
            f"Tasks still have what is to be removed, archived and trashed ones included: {counts}. "
            "Say with `rename` which option they are to get instead, or change them first."
        )


class _CustomFields(Entity[CustomField]):
    """Whoever changes one makes the command read them anew."""

    def _record(
        self,
        command: Command,
        kind: EventKind,
        row: CustomField,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        if isinstance(command, ProjectCommand):
            command.custom_fields = None
        super()._record(command, kind, row, before, after)


CUSTOM_FIELD = _CustomFields(
    "custom field",
    CustomField,
    ("key", "name", "kind", "options", "position"),
    Kinds(EventKind.CUSTOM_FIELD_ADDED, EventKind.CUSTOM_FIELD_EDITED, EventKind.CUSTOM_FIELD_DELETED),
    unique=("key", "name"),
    refuse_removal=_refuse_used,
    refuse_values=_refuse_options_in_use,
)


async def add_custom_field(actor: Actor, key: str, raw: Mapping[str, Any]) -> CustomFieldView:
    """Add a field after the others; `name` and `kind` are needed, and `options` for a select.

    Its `key` is made of the name unless it is given. Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = clean_custom_field(raw)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        others = await _fields(command)
        if len(others) >= FIELD_LIMIT:
            raise Clash(f"A project has at most {FIELD_LIMIT} custom fields.")
        _require_free(others, "name", fields["name"])
        fields.setdefault("key", key_for(fields["name"], {each.key for each in others}))
        _require_free(others, "key", fields["key"])
        fields["position"] = position_between(others[-1].position if others else None, None)
        field = await CUSTOM_FIELD.add(command, fields)
    return _view(field)


async def edit_custom_field(actor: Actor, key: str, field_id: UUID, raw: Mapping[str, Any]) -> CustomFieldView:
    """Rename a field, or set its `options`. `rename` (new names by old ones) renames options, on every task too.

    An option may become another one that there is; without `options`, those that there are take their new names. One
    that is left out and not renamed must be set on no task. Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = clean_fields("custom field", raw, {**_CLEANERS, "rename": clean_renames})
    renames = fields.pop("rename", {})
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        others = await _fields(command)
        field = _find(others, field_id)
        _require_free([each for each in others if each.id != field.id], "name", fields.get("name"))
        if renames:
            fields["options"] = await _rename_options(command, field, fields.get("options"), renames)
        elif "options" in fields:
            require_options(Definition(field.kind, fields["options"]), "/options")
        await CUSTOM_FIELD.refuse_values(command, field, fields)
        await CUSTOM_FIELD.edit(command, field, fields)
    return _view(field)


async def move_custom_field(actor: Actor, key: str, field_id: UUID, *, after: UUID | None) -> CustomFieldView:
    """Put a field right after another one, or first (`after` None). Raises NotFound, Forbidden, Invalid."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        fields = await _fields(command)
        field = _find(fields, field_id)
        await CUSTOM_FIELD.edit(command, field, {"position": CUSTOM_FIELD.position_after(fields, field, after)})
    return _view(field)


async def delete_custom_field(actor: Actor, key: str, field_id: UUID) -> None:
    """Delete a field and take its values off every task, each with its own entry in the history."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        field = await CUSTOM_FIELD.find(command, field_id)
        await _change_tasks(command, field, _TAKE_OFF)
        await CUSTOM_FIELD.delete(command, field)


async def _rename_options(
    command: ProjectCommand, field: CustomField, wanted: Sequence[str] | None, renames: Mapping[str, str]
) -> list[str]:
    """The options that the field is to have, with the tasks' values following the renames.

    The field has the old and the new ones meanwhile, so that a value fits at every step; in an undo as well.
    """
    gather(
        [
            Problem(pointer_to("rename", old), f"“{field.name}” has no option “{old}”.")
            for old in renames
            if old not in field.options
        ]
    )
    options = renamed_options(field.options, renames) if wanted is None else list(wanted)
    _require_told_apart(options, renames)
    await CUSTOM_FIELD.edit(command, field, {"options": list(dict.fromkeys([*field.options, *options]))})
    await _change_tasks(command, field, _RENAME, orjson.dumps(renames).decode(), options)
    return options


def _require_told_apart(options: Sequence[str], renames: Mapping[str, str]) -> None:
    """Raise `Invalid` for a new name that is no option, or that only its capitals tell from another one."""
    problems = []
    for old, new in renames.items():
        pointer = pointer_to("rename", old)
        if new not in options:
            problems.append(Problem(pointer, f"“{new}” is not among the options that the field is to have."))
        elif sum(option.casefold() == new.casefold() for option in options) > 1:
            problems.append(Problem(pointer, f"Only its capitals would tell “{new}” from another option."))
    gather(problems)


async def _change_tasks(command: ProjectCommand, field: CustomField, statement: str, *values: Any) -> None:
    """Change the field's value on many tasks at once; each has its own entry in the log."""
    name = CUSTOM + field.key
    for row in await command.db.execute_query_dict(statement, [command.project.id, field.key, command.at, *values]):
        old, new = (row[side] and orjson.loads(row[side]) for side in ("old", "new"))
        change = Change(name, old, new)
        command.record(EventKind.TASK_EDITED, row["id"], [change], task_id=row["id"], version=row["version"])


def _kind(value: Any, pointer: str) -> str:
    return one_of(value, pointer, KINDS)


def clean_custom_field(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a new custom field; `key` only if it is given. Raises Invalid."""
    fields = {"options": [], **clean_fields("custom field", raw, {**_CLEANERS, "kind": _kind, "key": clean_field_key})}
    gather([Problem(f"/{each}", f"A custom field needs a {each}.") for each in ("name", "kind") if each not in fields])
    require_options(Definition(fields["kind"], fields["options"]), "/options")
    return fields


_CLEANERS: dict[str, Cleaner] = {"name": line_of(50), "options": clean_options}


async def _fields(command: ProjectCommand) -> list[CustomField]:
    return await CustomField.filter(project_id=command.project.id).using_db(command.db).order_by("position")


def _find(fields: list[CustomField], field_id: UUID) -> CustomField:
    for field in fields:
        if field.id == field_id:
            return field
    raise NotFound("custom field", field_id)


def _require_free(fields: list[CustomField], part: str, wanted: str | None) -> None:
    if any(getattr(each, part) == wanted for each in fields):
        raise Clash(f"This project already has a custom field with the {part} “{wanted}”.")


def _view(field: CustomField) -> CustomFieldView:
    return CustomFieldView(id=field.id, version=field.version, **CUSTOM_FIELD.state(field))
