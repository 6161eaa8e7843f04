"""The values of custom fields that a task is to have, checked against what its project has defined."""

from collections.abc import Mapping
from typing import Any

import orjson

from tasktracker.domain.custom_fields import FIELD_LIMIT, Definition, clean_value
from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.task_fields import CUSTOM, clean_id
from tasktracker.domain.text import gather
from tasktracker.services.access import READERS
from tasktracker.services.command import ProjectCommand

_DEFINED = f"""
    SELECT (SELECT coalesce(json_object_agg(f.key, json_build_object('kind', f.kind, 'options', f.options)
            ORDER BY f.position), '{{}}') FROM custom_field f WHERE f.project_id = $1)::text AS fields,
        (SELECT coalesce(array_agg(reader.account_id::text), '{{}}') FROM ({READERS}) reader
            WHERE reader.project_id = $1 AND reader.account_id = ANY($2::uuid[])) AS readers
"""
_READER = "reader"
"""What `known` of a command calls the people who see its project."""


async def custom_changes(command: ProjectCommand, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names that the log gives them (`custom.severity`). Raises Invalid, pointing at each."""
    if len(raw) > FIELD_LIMIT:
        raise Invalid.at("/custom", f"A project has at most {FIELD_LIMIT} custom fields.")
    defined = await _definitions(command, raw)
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        try:
            clean[CUSTOM + key] = _clean(command, defined, key, value)
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return clean


async def require_custom(command: ProjectCommand, fields: Mapping[str, Any]) -> None:
    """Raise `Invalid` for values of custom fields, named as in the log, that the project would not take any more."""
    custom = {name.removeprefix(CUSTOM): value for name, value in fields.items() if name.startswith(CUSTOM)}
    if given := {key: value for key, value in custom.items() if value is not None}:
        await custom_changes(command, given)


async def _definitions(command: ProjectCommand, raw: Mapping[str, Any]) -> Mapping[str, Definition]:
    """The project's fields, once for a command; and in the same statement, who of the people named sees the project."""
    fields = command.custom_fields
    named = [value for key, value in raw.items() if fields is None or (key in fields and fields[key].kind == "person")]
    people = [each for each in map(_id_or_none, named) if each and (_READER, each) not in command.known]
    if fields is None or people:
        row = (await command.db.execute_query_dict(_DEFINED, [command.project.id, people]))[0]
        fields = {key: Definition(**each) for key, each in orjson.loads(row["fields"]).items()}
        command.custom_fields = fields
        command.known.update((_READER, each) for each in row["readers"])
    return fields


def _clean(command: ProjectCommand, defined: Mapping[str, Definition], key: str, value: Any) -> Any:
    pointer = pointer_to("custom", key)
    if (field := defined.get(key)) is None:
        names = ", ".join(defined) or "none"
        raise Invalid.at(pointer, f"This project has no custom field “{key}”; it has {names}.")
    clean = clean_value(field, value, pointer)
    if field.kind == "person" and clean is not None and (_READER, clean) not in command.known:
        raise Invalid.at(pointer, "Nobody with this id can see the project; invite them first.")
    return clean


def _id_or_none(value: Any) -> str | None:
    try:
        return clean_id(value, "")
    except Invalid:
        return None
