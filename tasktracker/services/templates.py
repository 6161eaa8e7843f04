"""Tasks to begin with: fields that a new task starts from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid, Problem, pointer_to
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.task_fields import clean_task_fields
from tasktracker.domain.text import Cleaner, clean_fields, gather, inside, line_of
from tasktracker.models import Template
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.fitting import fitting
from tasktracker.services.placing import column_of
from tasktracker.services.task_checks import resolved
from tasktracker.services.views import TemplateView

TEMPLATE_LIMIT = 200
"""Of a project."""

TEMPLATE = Entity(
    "template",
    Template,
    ("name", "content"),
    Kinds(EventKind.TEMPLATE_ADDED, EventKind.TEMPLATE_EDITED, EventKind.TEMPLATE_DELETED),
    unique=("name",),
)
OF_ONE_TASK = ("parent", "external_source", "external_id", "completed_at", "watcher_ids")
"""Fields that make no sense for many."""


async def add_template(actor: Actor, key: str, raw: Mapping[str, Any]) -> TemplateView:
    """Add a template; `name` is needed, `content` holds fields of a task.

    Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = {"content": {}, **clean_fields("template", raw, _CLEANERS)}
    if "name" not in fields:
        raise Invalid.at("/name", "A template needs a name.")
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await _require_possible(command, fields)
        if await Template.filter(project_id=command.project.id).using_db(command.db).count() >= TEMPLATE_LIMIT:
            raise Clash(f"A project has at most {TEMPLATE_LIMIT} templates.")
        template = await TEMPLATE.add(command, fields)
    return view_of(template)


async def edit_template(actor: Actor, key: str, template_id: UUID, raw: Mapping[str, Any]) -> TemplateView:
    """Rename a template, or replace its content. Raises NotFound, Forbidden, Invalid, Clash."""
    fields = clean_fields("template", raw, _CLEANERS)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        template = await TEMPLATE.find(command, template_id)
        await _require_possible(command, fields, template.name)
        await TEMPLATE.edit(command, template, fields)
    return view_of(template)


async def delete_template(actor: Actor, key: str, template_id: UUID) -> None:
    """Delete a template; tasks that were made from it stay as they are. Raises NotFound, Forbidden."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await TEMPLATE.delete(command, await TEMPLATE.find(command, template_id))


async def fields_of_template(command: ProjectCommand, template_id: UUID) -> dict[str, Any]:
    """What a new task starts from, as the log's fields. Raises NotFound.

    What is gone since the template was written (a label, a column, a person, an option) is left out.
    """
    template = await TEMPLATE.find(command, template_id)
    fields, _ = await fitting(command, clean_task_fields(template.content))
    return fields


def view_of(template: Template) -> TemplateView:
    return TemplateView(id=template.id, version=template.version, **TEMPLATE.state(template))


def _content(value: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid.at(pointer, "This must be an object: the fields that a task starts from.")
    gather(
        [
            Problem(pointer + pointer_to(field), "This belongs to one task; a template cannot hold it.")
            for field in OF_ONE_TASK
            if field in value
        ]
    )
    with inside(pointer):
        return clean_task_fields(value)


async def _require_possible(command: ProjectCommand, fields: Mapping[str, Any], own_name: str = "") -> None:
    """A free name, and a content that a task could have now."""
    name, content = fields.get("name", own_name), fields.get("content", {})
    if (
        name != own_name
        and await Template.filter(project_id=command.project.id, name=name).using_db(command.db).exists()
    ):
        raise Clash(f"This project already has a template “{name}”.")
    with inside("/content"):
        if "column_id" in content:
            await column_of(command, content["column_id"])
        await resolved(command, content)


def clean_template_name(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The name of a new template. Raises Invalid."""
    if "name" not in raw:
        raise Invalid.at("/name", "A template needs a name.")
    return clean_fields("template", {"name": raw["name"]}, _CLEANERS)


_CLEANERS: dict[str, Cleaner] = {"name": line_of(100), "content": _content}
