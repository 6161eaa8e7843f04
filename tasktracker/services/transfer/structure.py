"""What a project arranges for itself, from a file: settings, columns, labels, custom fields, templates.

A project that has never had a task becomes like the one in the file. Any other gets what it lacks, and keeps the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tasktracker.domain.custom_fields import FIELD_LIMIT
from tasktracker.domain.errors import Clash, Invalid
from tasktracker.domain.events import EventKind
from tasktracker.domain.ordering import positions_after
from tasktracker.domain.text import inside
from tasktracker.models import BoardColumn, CustomField, Label, Template
from tasktracker.services.columns import COLUMN, COLUMN_LIMIT, clean_column
from tasktracker.services.command import ProjectCommand
from tasktracker.services.custom_fields import CUSTOM_FIELD, clean_custom_field
from tasktracker.services.entities import Entity
from tasktracker.services.labels import LABEL, clean_label
from tasktracker.services.projects import change_project, clean_project
from tasktracker.services.templates import OF_ONE_TASK, TEMPLATE, clean_template_name
from tasktracker.services.transfer.drafts import draft_of
from tasktracker.services.transfer.json_document import Document
from tasktracker.services.transfer.lines import Line
from tasktracker.services.transfer.names import Names

_SETTINGS = ("name", "description", "color", "requires_version")
"""Who may see a project is for those to say who import it."""
Added = dict[str, list[str]]
"""Names of what was added, by what it is."""


async def arrange(command: ProjectCommand, document: Document, *, is_empty: bool) -> Added:
    """Settings, columns, labels and custom fields: what tasks and templates name. Raises Invalid, Clash."""
    if is_empty:
        await _set_up(command, document.project)
    columns = await _arrange_columns(command, document.columns, is_empty=is_empty)
    labels = await _add_missing(command, LABEL, Label, "labels", document.labels, clean_label)
    fields = await _arrange_custom_fields(command, document.custom_fields)
    return {"columns": columns, "labels": labels, "custom_fields": fields}


async def clear_away(command: ProjectCommand, document: Document) -> None:
    """Delete the columns that an empty project had and the file has not: once the tasks are there, as undo needs it."""
    names = {column.get("name") for column in document.columns}
    for column in await _rows(command, BoardColumn) if names else []:
        if column.name not in names:
            await COLUMN.delete(command, column)


async def add_templates(command: ProjectCommand, document: Document, names: Names) -> list[str]:
    """Those whose names are not taken; returns their names. Raises Invalid."""
    templates = document.templates
    added = await _add_missing(
        command, TEMPLATE, Template, "templates", templates, lambda raw: _clean_template(raw, names)
    )
    await names.add_labels(names.new_label_ids)
    return added


async def _set_up(command: ProjectCommand, raw: Mapping[str, Any]) -> None:
    with inside("/project"):
        fields = clean_project({name: raw[name] for name in _SETTINGS if name in raw}, *_SETTINGS)
    await change_project(command, EventKind.PROJECT_EDITED, fields)


async def _arrange_columns(command: ProjectCommand, raw: Sequence[Mapping[str, Any]], *, is_empty: bool) -> list[str]:
    wanted = _cleaned("columns", raw, clean_column)
    there = {column.name: column for column in await _rows(command, BoardColumn)}
    missing = [fields["name"] for fields in wanted if fields["name"] not in there]
    if len(missing) + len(there) > COLUMN_LIMIT:
        raise Clash(f"A board has at most {COLUMN_LIMIT} columns.")
    last = max((column.position for column in there.values()), default=None)
    places = dict(zip((fields["name"] for fields in wanted), positions_after(last, len(wanted)), strict=True))
    is_new_order = is_empty and [fields["name"] for fields in wanted] != [*there]
    for fields in wanted:
        column = there.get(fields["name"])
        place = {"position": places[fields["name"]]} if column is None or is_new_order else {}
        if column is None:
            await COLUMN.add(command, {**fields, **place})
        elif is_empty:
            await COLUMN.edit(command, column, {**fields, **place})
    return missing


async def _arrange_custom_fields(command: ProjectCommand, raw: Sequence[Mapping[str, Any]]) -> list[str]:
    """Add those whose keys are not taken, and to the others the options that they lack; returns names of new ones."""
    wanted = _cleaned("custom_fields", raw, _clean_custom_field)
    there = {field.key: field for field in await _rows(command, CustomField)}
    missing = [fields for fields in wanted if fields["key"] not in there]
    if len(missing) + len(there) > FIELD_LIMIT:
        raise Clash(f"A project has at most {FIELD_LIMIT} custom fields.")
    names = {field.name for field in there.values()}
    last = max((field.position for field in there.values()), default=None)
    for fields, position in zip(missing, positions_after(last, len(missing)), strict=True):
        if fields["name"] in names:
            raise Clash(f"This project already has a custom field “{fields['name']}”, with another key.")
        await CUSTOM_FIELD.add(command, {**fields, "position": position})
    for index, fields in enumerate(wanted):
        if (field := there.get(fields["key"])) is not None:
            if field.kind != fields["kind"]:
                detail = f"“{field.name}” is a {field.kind} in this project, and a {fields['kind']} in the file."
                raise Invalid.at(f"/custom_fields/{index}/kind", detail)
            options = [*field.options, *(each for each in fields["options"] if each not in field.options)]
            await CUSTOM_FIELD.edit(command, field, {"options": options})
    return [fields["name"] for fields in missing]


def _clean_custom_field(raw: Mapping[str, Any]) -> dict[str, Any]:
    fields = clean_custom_field(raw)
    if "key" not in fields:
        raise Invalid.at("/key", "A custom field in a file needs its key.")
    return fields


async def _add_missing(
    command: ProjectCommand,
    entity: Entity[Any],
    model: Any,
    member: str,
    raw: Sequence[Mapping[str, Any]],
    clean: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> list[str]:
    taken = {row.name for row in await _rows(command, model)}
    missing = [fields for fields in _cleaned(member, raw, clean) if fields["name"] not in taken]
    for fields in missing:
        await entity.add(command, fields)
    return [fields["name"] for fields in missing]


def _cleaned(
    member: str, raw: Sequence[Mapping[str, Any]], clean: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each checked, and none twice. Raises Invalid."""
    found: dict[str, dict[str, Any]] = {}
    for index, each in enumerate(raw):
        with inside(f"/{member}/{index}"):
            fields = clean(each)
            if fields["name"] in found:
                raise Invalid.at("/name", f"“{fields['name']}” is in the list already.")
            found[fields["name"]] = fields
    return [*found.values()]


def _clean_template(raw: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """A template's content names things as a task of the file does."""
    told = raw.get("content", {})
    line = Line(0, told if isinstance(told, Mapping) else {}, lambda pointer: f"/content{pointer}")
    draft = draft_of(line, names)
    if line.problems:
        raise Invalid(line.problems)
    content = {field: value for field, value in draft.fields.items() if field not in OF_ONE_TASK}
    return {**clean_template_name(raw), "content": content}


async def _rows(command: ProjectCommand, model: Any) -> list[Any]:
    order = "position" if model in (BoardColumn, CustomField) else "id"
    rows: list[Any] = await model.filter(project_id=command.project.id).using_db(command.db).order_by(order)
    return rows
