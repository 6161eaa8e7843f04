"""What a project does by itself."""

from typing import Annotated, Any, NotRequired
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Id, Ids, Name, Words, strict
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT
from tasktracker.domain.rules import ACTION_LIMIT, ACTIONS, CHANGEABLE, CHANGED, EVENT_LIMIT, EVENTS
from tasktracker.services import rules, rules_dry_run
from tasktracker.services.queries import rules as queries
from tasktracker.services.queries.cursors import LIMIT as PAGE_LIMIT
from tasktracker.services.rules_dry_run import LIMIT, DryRun
from tasktracker.services.views import RuleRunView, RuleView

router = api_router("Rules")
_RULES = "/projects/{key:segment}/rules"
_RULE = _RULES + "/{rule_id:segment}"

_FIELDS = "|".join([*CHANGEABLE, r"custom\.[a-z0-9_]{1,40}"])
_Event = Annotated[str, Field(json_schema_extra={"pattern": f"^({'|'.join(EVENTS)}|{CHANGED}({_FIELDS}))$"})]
_Events = Annotated[
    list[_Event],
    Field(
        description="What it waits for.",
        examples=[["created", "changed:priority"]],
        json_schema_extra={"minItems": 1, "maxItems": EVENT_LIMIT},
    ),
]
_Condition = Annotated[
    str,
    Field(
        description="A filter that the task has to fit; empty for every task.",
        json_schema_extra={"maxLength": LENGTH_LIMIT},
    ),
]
_Limit = Annotated[int, Field(ge=1, le=LIMIT, description="How many tasks to show; 50 unless told.")]


@strict
class RuleAction(TypedDict):
    """One thing to do: `set` needs `fields`, `move` a `column_id`, `comment` a `body`, others the ids in question."""

    do: Annotated[str, Field(json_schema_extra={"enum": list(ACTIONS)})]
    fields: NotRequired[
        Annotated[
            dict[str, Any],
            Field(
                description="As in editing a task, but for `column_id`, `parent`, `external_source` and `external_id`."
            ),
        ]
    ]
    label_ids: NotRequired[Ids]
    assignee_ids: NotRequired[Ids]
    column_id: NotRequired[Id]
    body: NotRequired[Words]


_Actions = Annotated[
    list[RuleAction],
    Field(description="What it does, in this order.", json_schema_extra={"minItems": 1, "maxItems": ACTION_LIMIT}),
]


@strict
class NewRule(TypedDict):
    """A rule to add."""

    name: Name
    events: _Events
    condition: NotRequired[_Condition]
    actions: _Actions
    is_enabled: NotRequired[bool]


@strict
class RuleEdit(TypedDict, total=False):
    """The fields of a rule to set."""

    name: Name
    events: _Events
    condition: _Condition
    actions: _Actions
    is_enabled: bool


@strict
class RuleTrial(TypedDict):
    """A rule to try."""

    actions: _Actions
    condition: NotRequired[_Condition]
    events: NotRequired[_Events]
    limit: NotRequired[_Limit]


@strict
class TrialLimit(TypedDict, total=False):
    """How much of a trial to show."""

    limit: _Limit


_ANA = examples.PERSON["id"]
_NEW: dict[str, Any] = {
    "name": "Urgent bugs are Ana's",
    "events": ["created", "changed:priority"],
    "condition": "label:bug priority:urgent",
    "actions": [{"do": "add_assignees", "assignee_ids": [_ANA]}, {"do": "set", "fields": {"due": "2026-11-30"}}],
}
_EXAMPLE: dict[str, Any] = {
    "id": "019a5c25-0d11-7aa2-8f6e-3b4c5d6e7f08",
    **_NEW,
    "is_enabled": True,
    "owner_id": _ANA,
    "error": None,
    "version": 1,
}
_TRIAL = {"condition": _NEW["condition"], "actions": _NEW["actions"], "limit": 20}
_CHANGES = [
    {"field": "assignee_ids", "old": [], "new": [_ANA]},
    {"field": "due", "old": None, "new": "2026-11-30"},
]
_RUN = {"command": 41, "at": "2026-11-23T09:15:00Z", "task": "WEB-12", "title": "Fix the login", "changes": _CHANGES}
_TRIED = {"total": 1, "tasks": [{"ref": "WEB-12", "title": "Fix the login", "changes": _CHANGES, "refusal": None}]}


@router.get(_RULES, summary="List a project's rules", responses=answers([_EXAMPLE], NOT_FOUND))
async def list_rules(key: Key, actor: SignedIn) -> list[RuleView]:
    """The rules, by name. `error` says why a rule could not do its work the last time."""
    return await queries.list_rules(actor, key)


@router.post(_RULES, status_code=201, summary="Add a rule", responses=answers(_EXAMPLE, NOT_FOUND, CLASH, status=201))
async def add_rule(key: Key, body: Annotated[NewRule, example_body(_NEW)], actor: SignedIn) -> RuleView:
    """Adds a rule. It acts as you, on what happens from now on."""
    return await rules.add_rule(actor, key, body)


@router.patch(_RULE, summary="Edit a rule", responses=answers(_EXAMPLE, NOT_FOUND, CLASH))
async def edit_rule(
    key: Key, rule_id: UUID, body: Annotated[RuleEdit, example_body({"is_enabled": False})], actor: SignedIn
) -> RuleView:
    """Sets the given fields. From now on the rule acts as you."""
    return await rules.edit_rule(actor, key, rule_id, body)


@router.delete(_RULE, status_code=204, summary="Delete a rule", responses=answers(None, NOT_FOUND, CLASH, status=204))
async def delete_rule(key: Key, rule_id: UUID, actor: SignedIn) -> None:
    """Deletes a rule. What it did stays."""
    await rules.delete_rule(actor, key, rule_id)


@router.post(_RULES + ":dry-run", summary="Try a rule that does not exist", responses=answers(_TRIED, NOT_FOUND, CLASH))
async def try_rule(key: Key, body: Annotated[RuleTrial, example_body(_TRIAL)], actor: SignedIn) -> DryRun:
    """Says what the actions would change now at each task that fits the condition. Nothing is changed."""
    fields: dict[str, Any] = {**body}
    return await rules_dry_run.try_rule(actor, key, fields, limit=fields.pop("limit", 50))


@router.post(_RULE + ":dry-run", summary="Try a rule", responses=answers(_TRIED, NOT_FOUND, CLASH))
async def try_existing_rule(
    key: Key, rule_id: UUID, body: Annotated[TrialLimit, example_body({"limit": 20}, is_needed=False)], actor: SignedIn
) -> DryRun:
    """Says what the rule would change now at each task that fits its condition. Nothing is changed."""
    return await rules_dry_run.try_existing_rule(actor, key, rule_id, limit=body.get("limit", 50))


@router.get(_RULE + "/runs", summary="List what a rule did", responses=answers([_RUN], NOT_FOUND))
async def list_rule_runs(
    key: Key,
    rule_id: UUID,
    actor: SignedIn,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT, description="How many runs to answer.")] = 20,
) -> list[RuleRunView]:
    """What a rule did, the latest first. Each run is one command, which can be undone."""
    return await queries.list_rule_runs(actor, key, rule_id, limit=limit)
