"""The rules of a project: what the list and the builder show, and what is done to them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.rules import CHANGED
from tasktracker.domain.task_fields import CUSTOM, PRIORITIES
from tasktracker.services import rules
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.rules import list_rule_runs, list_rules
from tasktracker.services.queries.shell import get_frame
from tasktracker.services.rules_dry_run import try_rule
from tasktracker.services.views import RuleRunView, RuleView
from tasktracker.ui.formats import day_text, list_text
from tasktracker.ui.language import t, tc, tn
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.task_fields import field_names, value_words
from tasktracker.ui.presenters.words import priority_name

Item = dict[str, Any]


class Rules:
    items: list[Item]

    def __init__(self, settings: ProjectSettings) -> None:
        self._settings = settings
        self._actor, self._key = settings.actor, settings.key
        self._rules: dict[str, RuleView] = {}
        self._custom: dict[str, str] = {}

    async def load(self) -> None:
        """Read the rules, and what they can name."""
        found = await list_rules(self._actor, self._key)
        self._rules = {str(each.id): each for each in found}
        self._fields = await list_custom_fields(self._actor, self._key)
        self._custom = {CUSTOM + each.key: each.name for each in self._fields}
        self._settings.frame = await get_frame(self._actor, self._key)
        self.items = [self._item(each) for each in found]

    def _item(self, rule: RuleView) -> Item:
        events = list_text([self._event(each) for each in rule.events])
        actions = tn("{n} action", "{n} actions", len(rule.actions))
        return {
            "id": str(rule.id),
            "name": rule.name,
            "is_enabled": rule.is_enabled,
            "summary": t("When: {events} · {actions}", events=events, actions=actions),
            "error": rule.error or "",
        }

    def name_of(self, rule_id: str) -> str:
        return self._rules[rule_id].name if rule_id in self._rules else ""

    def facts(self) -> dict[str, Any]:
        """What a rule can be made of, for the builder."""
        frame = self._settings.frame
        fields = [
            {"key": each.key, "name": each.name, "kind": each.kind, "options": each.options} for each in self._fields
        ]
        changes = {**field_names(), **self._custom}
        return {
            **{part: frame[part] for part in ("columns", "labels", "people")},
            "custom_fields": fields,
            "priorities": [[each, priority_name(each)] for each in reversed(PRIORITIES)],
            "events": [[event, word] for event, word in event_names().items()],
            "changes": [
                [CHANGED + field, self._event(CHANGED + field)]
                for field in changes
                if field in _WATCHED or field in self._custom
            ],
        }

    def draft_of(self, rule_id: str | None) -> dict[str, Any]:
        """A rule as the builder takes it; a new one waits for new tasks."""
        rule = self._rules.get(rule_id or "")
        if rule is None:
            return {"id": None, "name": "", "events": ["created"], "condition": "", "actions": []}
        return {
            "id": str(rule.id),
            "name": rule.name,
            "events": rule.events,
            "condition": rule.condition,
            "actions": rule.actions,
        }

    async def save(self, rule_id: str | None, raw: Mapping[str, Any]) -> None:
        if rule_id is None:
            await rules.add_rule(self._actor, self._key, raw)
        else:
            await rules.edit_rule(self._actor, self._key, UUID(rule_id), raw)

    async def change(self, rule_id: str, field: str, value: Any) -> None:
        await rules.edit_rule(self._actor, self._key, UUID(rule_id), {field: value})

    async def delete(self, rule_id: str) -> None:
        await rules.delete_rule(self._actor, self._key, UUID(rule_id))

    async def try_out(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """What the rule would change now, in words."""
        found = await try_rule(self._actor, self._key, {part: raw[part] for part in raw if part != "name"})
        tasks = [
            {"ref": each.ref, "title": each.title, "words": self._words(each.changes), "refusal": each.refusal}
            for each in found.tasks
        ]
        return {"total": found.total, "tasks": tasks}

    async def runs(self, rule_id: str) -> list[Item]:
        """What the rule did lately, newest first."""
        return [self._run(each) for each in await list_rule_runs(self._actor, self._key, UUID(rule_id))]

    def _run(self, run: RuleRunView) -> Item:
        return {
            "id": str(run.command),
            "name": run.task or t("A task that is elsewhere now"),
            "summary": self._words(run.changes),
            "when": {"at": run.at.isoformat()},
        }

    def _words(self, changes: Iterable[Mapping[str, Any]]) -> str:
        names = {
            each["id"]: each["name"] for part in ("columns", "labels", "people") for each in self._settings.frame[part]
        }
        told = (self._change(each["field"], each["new"], names) for each in changes if each["field"] not in _UNTOLD)
        return " · ".join(each for each in told if each)

    def _change(self, field: str, value: Any, names: Mapping[str, str]) -> str:
        if field == "archived_at":
            return t("Archived")
        others = {"comment": tc("noun", "Comment"), "watcher_ids": t("Watchers")}
        name = {**field_names(), **self._custom, **others}.get(field)
        return t("{field}: {value}", field=name, value=_value(field, value, names)) if name else ""

    def _event(self, event: str) -> str:
        names = event_names()
        if event in names:
            return names[event]
        field = event.removeprefix(CHANGED)
        name = {**field_names(), **self._custom}.get(field, field)
        return t("{field} changed", field=name)


_UNTOLD = ("completed_at", "position", "recur_at")
_WATCHED = ("priority", "assignee_ids", "label_ids", "due", "column_id", "title", "estimate", "start", "parent")


def _value(field: str, value: Any, names: Mapping[str, str]) -> str:
    return _day(value) if value and field in ("due", "start") else value_words(field, value, names) or t("none")


def _day(value: str) -> str:
    """A day or a moment of the log."""
    is_day = len(value) == len("2026-11-30")
    return day_text(date.fromisoformat(value) if is_day else datetime.fromisoformat(value))


def event_names() -> dict[str, str]:
    """What a rule can wait for, as people read it."""
    return {
        "created": t("Task created"),
        "edited": t("Task edited"),
        "moved": t("Task moved"),
        "completed": t("Task completed"),
        "reopened": t("Task reopened"),
        "commented": t("Comment added"),
        "due": t("Task due"),
    }
