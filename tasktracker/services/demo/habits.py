"""What a team has settled on besides its tasks: fields of its own, templates, rules, and views that everybody keeps.

A template's labels are given by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OVERDUE = {"name": "Overdue", "query": "is:overdue", "layout": {"view": "list", "group": "assignee", "sort": "due"}}


@dataclass(frozen=True)
class Habits:
    """Of one project, as the API takes them."""

    fields: tuple[Mapping[str, Any], ...]
    templates: tuple[Mapping[str, Any], ...]
    rules: tuple[Mapping[str, Any], ...]
    views: tuple[Mapping[str, Any], ...]


HABITS: Mapping[str, Habits] = {
    "web": Habits(
        fields=(
            {"name": "Country", "kind": "multi_select", "options": ["AT", "CH", "DE", "FR", "IS", "NL"]},
            {"name": "Design", "kind": "url"},
        ),
        templates=(
            {
                "name": "Bug report",
                "content": {
                    "description": "What happens:\n\nWhat should happen:\n\n- [ ] Seen in a second browser",
                    "labels": ["bug"],
                },
            },
        ),
        rules=(
            {
                "name": "Nobody waits at the till",
                "events": ["created", "changed:label_ids"],
                "condition": "label:bug label:checkout priority:<high",
                "actions": [{"do": "set", "fields": {"priority": "high"}}],
            },
        ),
        views=(
            _OVERDUE,
            {
                "name": "Bugs, worst first",
                "query": "label:bug is:open",
                "layout": {"view": "table", "sort": "-priority", "columns": ["ref", "title", "priority", "due"]},
            },
        ),
    ),
    "app": Habits(
        fields=({"name": "Store", "kind": "select", "options": ["App Store", "Google Play", "Both"]},),
        templates=(
            {
                "name": "Release",
                "content": {
                    "title": "Release",
                    "description": "- [ ] Changelog\n- [ ] Screenshots in every language\n- [ ] 5 % for a day",
                    "labels": ["release"],
                },
            },
        ),
        rules=(
            {
                "name": "Nobody's feedback waits unseen",
                "events": ["created"],
                "condition": "label:feedback priority:none",
                "actions": [{"do": "set", "fields": {"priority": "medium"}}],
            },
        ),
        views=(_OVERDUE,),
    ),
    "ops": Habits(
        fields=(
            {"name": "Machine", "kind": "select", "options": ["ops-1", "ops-2", "ops-3", "kiln", "mac-minis"]},
            {"name": "Euros a month", "kind": "number"},
        ),
        templates=(
            {
                "name": "Incident",
                "content": {
                    "title": "Incident: ",
                    "description": "What people saw:\n\nSince when:\n\n- [ ] Stopped\n- [ ] Told\n- [ ] Postmortem",
                    "priority": "urgent",
                    "labels": ["incident"],
                },
            },
            {"name": "Certificate", "content": {"title": "Renew the certificate of ", "labels": ["security"]}},
        ),
        rules=(
            {
                "name": "Incidents come first",
                "events": ["created", "changed:label_ids"],
                "condition": "label:incident priority:<urgent",
                "actions": [{"do": "set", "fields": {"priority": "urgent"}}],
            },
        ),
        views=(
            _OVERDUE,
            {
                "name": "What costs money",
                "query": "label:cost is:open",
                "layout": {"view": "board", "group": "priority"},
            },
        ),
    ),
}
"""By the name of the project's content."""
