"""What a rule would do now, found out by doing it and taking it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, Refusal
from tasktracker.domain.events import Event, EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.text import clean_fields
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.dry_run import dry_run
from tasktracker.services.rule_actions import Action, perform
from tasktracker.services.rule_conditions import fitting
from tasktracker.services.rules import CLEANERS, RULE, require_possible

LIMIT = 100
"""Tasks that one dry run shows."""

_UNSEEN = frozenset({"position"})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would change at one task, or why it could not (`refusal`)."""

    ref: str
    title: str
    changes: list[dict[str, Any]]
    refusal: str | None


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a rule would do to each of the tasks that fit it now (`total`), the first of them shown."""

    total: int
    tasks: list[Preview]


async def try_rule(actor: Actor, key: str, raw: Mapping[str, Any], *, limit: int = 50) -> DryRun:
    """Try a rule that does not exist yet: `actions` are needed, `condition` defaults to every task.

    Raises NotFound, Forbidden, Invalid.
    """
    fields = {"condition": "", **clean_fields("rule", raw, CLEANERS)}
    if "actions" not in fields:
        raise Invalid.at("/actions", "Say what the rule is to do.")
    shown = _clean_limit(limit)
    async with dry_run(), project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await require_possible(command, fields)
        return await _try(command, fields["condition"], fields["actions"], shown)


async def try_existing_rule(actor: Actor, key: str, rule_id: UUID, *, limit: int = 50) -> DryRun:
    """Try a rule as it is, enabled or not. Raises NotFound, Forbidden, Invalid."""
    shown = _clean_limit(limit)
    async with dry_run(), project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        rule = await RULE.find(command, rule_id)
        return await _try(command, rule.condition, rule.actions, shown)


def _clean_limit(limit: int) -> int:
    if not 1 <= limit <= LIMIT:
        raise Invalid.at("/limit", f"A dry run shows 1 to {LIMIT} tasks.")
    return limit


async def _try(command: ProjectCommand, condition: str, actions: Sequence[Action], limit: int) -> DryRun:
    total, tasks = await fitting(command, condition, limit)
    return DryRun(total, [await _preview(command, task, actions) for task in tasks])


async def _preview(command: ProjectCommand, task: Task, actions: Sequence[Action]) -> Preview:
    """Each task is tried as if it were the only one, since a rule answers one event at a time."""
    ref, title, refusal = f"{command.project.key}-{task.number}", task.title, None
    before = len(command.events)
    try:
        async with dry_run():
            await perform(command, task, actions)
    except Refusal as error:
        refusal = str(error)
    events = command.events[before:]
    del command.events[before:]
    return Preview(ref, title, [] if refusal else _changes(events), refusal)


def _changes(events: Sequence[Event]) -> list[dict[str, Any]]:
    """What the events come to, field by field; a comment is a field too."""
    found: dict[str, dict[str, Any]] = {}
    for event in events:
        for change in event.changes:
            field = "comment" if event.kind == EventKind.COMMENT_ADDED else change.field
            if field not in _UNSEEN:
                found.setdefault(field, change.as_json())
                found[field] |= {"field": field, "new": change.new}
    return [change for change in found.values() if change["old"] != change["new"]]
