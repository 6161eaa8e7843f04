"""What Schemathesis finds at the server: a team at work, and things to break."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tasktracker.api import examples
from tasktracker.services.accounts import create_account
from tasktracker.services.columns import add_column
from tasktracker.services.comments import add_comment
from tasktracker.services.labels import add_label
from tasktracker.services.projects import create_project
from tasktracker.services.queries.history import list_comments
from tasktracker.services.queries.tasks import list_tasks
from tasktracker.services.reminders import add_reminder
from tasktracker.services.rules import add_rule
from tasktracker.services.sessions import authenticate, create_token
from tasktracker.services.tasks import create_task, edit_task
from tasktracker.services.templates import add_template
from tasktracker.services.views import Page
from tests.factories import Team, make_team

TASKS = 12
VERSIONS = 8
MANY = 30
REMINDERS = 15
"""Fewer, since one person may have only 20 at a task."""
_RULE: dict[str, Any] = {"is_enabled": False, "events": ["due"], "actions": [{"do": "archive"}]}


@dataclass(frozen=True)
class Seed:
    """`environment` for the hooks and the settings; `dictionaries` of real ids."""

    environment: dict[str, str]
    dictionaries: dict[str, list[str]]


async def seed() -> Seed:
    """A project to work in, and others to change, to close, and to take people out of."""
    team = await make_team(key="WEB")
    for key in ("LAB", "OLD", "CREW", "OTHER"):
        await create_project(team.owner, {"key": key, "name": f"Project {key}"})
    for fate in ("thrown away", "carried elsewhere", "purged"):
        await create_task(team.owner, "OTHER", {"title": f"To be {fate}"})
    known = examples.SIGN_IN
    await create_account(team.owner, "Ana Lima", known["email"], known["password"], "member")
    await _work(team)
    dictionaries = await _dictionaries(team)
    environment = {
        "CONTRACT_TOKEN": await create_token(team.owner, "schemathesis"),
        "CONTRACT_SPARE_TOKEN": await create_token(team.owner, "spare"),
        "CONTRACT_OWNER": str(team.owner.account_id),
        "CONTRACT_NAMES": json.dumps(_names(team, dictionaries)),
    }
    return Seed(environment, dictionaries)


async def _work(team: Team) -> None:
    """Tasks that have had some versions, so that a change can be based on one."""
    for number in range(TASKS):
        task = await team.task(f"Task {number}")
        for version in range(VERSIONS):
            await edit_task(team.owner, team.ref(task.number), {"title": f"Task {number}, {version}"})


async def _dictionaries(team: Team) -> dict[str, list[str]]:
    owner, web_1 = team.owner, team.ref(1)
    tokens = [await create_token(owner, f"token {number}") for number in range(MANY)]
    said = [await add_comment(owner, web_1, "Words.") for _ in range(MANY)]
    unsaid = [await add_comment(owner, team.ref(2), "Words.") for _ in range(MANY)]
    labels = [await add_label(owner, "WEB", {"name": f"label {number}"}) for number in range(MANY)]
    lab_labels = [await add_label(owner, "LAB", {"name": f"label {number}"}) for number in range(MANY)]
    lab_columns = [
        await add_column(owner, "LAB", {"name": f"c {number}", "category": "done"}) for number in range(MANY)
    ]
    rules = [await add_rule(owner, "WEB", {**_RULE, "name": f"rule {number}"}) for number in range(MANY)]
    reminders = [await add_reminder(owner, web_1, {"at": "2090-01-01T12:00:00Z"}) for _ in range(REMINDERS)]
    templates = [await add_template(owner, "WEB", {"name": f"template {number}"}) for number in range(MANY)]
    return {
        "account_id": [str((await team.person()).account_id) for _ in range(MANY)],
        "column_id": _ids(team.columns.values()),
        "comment_id": _ids(said),
        "label_id": _ids(labels),
        "lab_column_id": _ids(lab_columns),
        "lab_label_id": _ids(lab_labels),
        "template_id": _ids(templates),
        "rule_id": _ids(rules),
        "reminder_id": _ids(reminders),
        "session_id": [str((await authenticate(token)).session_id) for token in tokens],
        "spare_comment_id": _ids(unsaid),
        "cursor": _cursor(await list_tasks(owner, "WEB", limit=1)),
        "comment_cursor": _cursor(await list_comments(owner, web_1, limit=1)),
    }


def _names(team: Team, dictionaries: dict[str, list[str]]) -> dict[str, str]:
    """What the ids in the document's examples are called here. Nobody is to change the owner: a colleague stands in."""
    return {
        examples.PERSON["id"]: dictionaries["account_id"][0],
        examples.COLUMN["id"]: dictionaries["column_id"][0],
        examples.LABEL["id"]: dictionaries["label_id"][0],
        str(team.owner.account_id): dictionaries["account_id"][0],
    }


def _ids(views: Iterable[Any]) -> list[str]:
    return [str(view.id) for view in views]


def _cursor(page: Page[Any]) -> list[str]:
    assert page.cursor, "there is more"
    return [page.cursor]
