"""The rules of a project: what is done by itself when something happens to a task that fits."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.rules import clean_actions, clean_events
from tasktracker.domain.text import Cleaner, clean_boolean, clean_fields, inside, line_of
from tasktracker.models import Rule
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.rule_actions import require_possible_actions
from tasktracker.services.rule_conditions import clean_condition, require_meaning
from tasktracker.services.views import RuleView

RULE_LIMIT = 50
"""Of a project."""

RULE = Entity(
    "rule",
    Rule,
    ("name", "is_enabled", "events", "condition", "actions", "owner_id", "error"),
    Kinds(EventKind.RULE_ADDED, EventKind.RULE_EDITED, EventKind.RULE_DELETED),
    unique=("name",),
)


async def add_rule(actor: Actor, key: str, raw: Mapping[str, Any]) -> RuleView:
    """Add a rule; `name`, `events` and `actions` are needed. It acts as the actor, on what happens from now on.

    Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = {"is_enabled": True, "condition": "", **clean_fields("rule", raw, CLEANERS)}
    for needed in ("name", "events", "actions"):
        if needed not in fields:
            raise Invalid.at(f"/{needed}", f"A rule needs {'a name' if needed == 'name' else needed}.")
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await _require_free(command, fields["name"])
        await require_possible(command, fields)
        if await Rule.filter(project_id=command.project.id).using_db(command.db).count() >= RULE_LIMIT:
            raise Clash(f"A project has at most {RULE_LIMIT} rules.")
        owner = {"owner_id": str(actor.account_id)}
        rule = await RULE.add(command, {**fields, **owner}, since=command.next_revision)
    return view_of(rule)


async def edit_rule(actor: Actor, key: str, rule_id: UUID, raw: Mapping[str, Any]) -> RuleView:
    """Set some fields. From now on the rule acts as the actor, and what happened before is not its matter.

    Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = clean_fields("rule", raw, CLEANERS)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        rule = await RULE.find(command, rule_id)
        if fields.get("name", rule.name) != rule.name:
            await _require_free(command, fields["name"])
        await require_possible(command, fields)
        rule.since = command.next_revision
        await RULE.edit(command, rule, {**fields, "owner_id": str(actor.account_id), "error": None})
    return view_of(rule)


async def delete_rule(actor: Actor, key: str, rule_id: UUID) -> None:
    """Delete a rule; what it did stays. Raises NotFound, Forbidden."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await RULE.delete(command, await RULE.find(command, rule_id))


async def begin_anew(command: ProjectCommand) -> None:
    """Let the rules that the command has copied into a project answer nothing of what it has done."""
    copied = Rule.filter(project_id=command.project.id).using_db(command.db)
    await copied.update(since=command.next_revision - 1)


CLEANERS: dict[str, Cleaner] = {
    "name": line_of(100),
    "is_enabled": clean_boolean,
    "events": clean_events,
    "condition": clean_condition,
    "actions": clean_actions,
}


async def require_possible(command: ProjectCommand, fields: Mapping[str, Any]) -> None:
    """Refuse a condition or actions that mean nothing in this project now. Raises Invalid."""
    await require_meaning(command, fields.get("condition", ""))
    with inside("/actions"):
        await require_possible_actions(command, fields.get("actions", []))


async def _require_free(command: ProjectCommand, name: str) -> None:
    if await Rule.filter(project_id=command.project.id, name=name).using_db(command.db).exists():
        raise Clash(f"This project already has a rule “{name}”.")


def view_of(rule: Rule) -> RuleView:
    return RuleView(id=rule.id, version=rule.version, **{**RULE.state(rule), "owner_id": rule.owner_id})
