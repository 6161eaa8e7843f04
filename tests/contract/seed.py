"""What Schemathesis finds at the server: a team at work, and things to break."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tasktracker.api import examples
from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import read_pass
from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.services.accounts import add_person
from tasktracker.services.attachments import add_attachment
from tasktracker.services.columns import add_column
from tasktracker.services.comments import add_comment
from tasktracker.services.custom_fields import add_custom_field
from tasktracker.services.labels import add_label
from tasktracker.services.projects import create_project
from tasktracker.services.queries.history import list_comments
from tasktracker.services.queries.notifications import NotificationView, list_notifications
from tasktracker.services.reminders import add_reminder
from tasktracker.services.rules import add_rule
from tasktracker.services.saved_views import create_view
from tasktracker.services.sessions import authenticate, create_token
from tasktracker.services.tasks import create_task, edit_task, trash_task
from tasktracker.services.templates import add_template
from tasktracker.services.views import Page
from tests.factories import Team, make_team
from tests.shelf import in_pieces, png

TASKS = 12
VERSIONS = 8
MANY = 30
REMINDERS = 18
"""Fewer, since one person may have only 20 at a task."""
FILES = 10
"""Fewer, since a thumbnail is made of each."""
_EXAMPLES: dict[str, str] = {
    "account_id": examples.PERSON["id"],
    "column_id": examples.COLUMN["id"],
    "comment_id": examples.COMMENT["id"],
    "field_id": examples.CUSTOM_FIELD["id"],
    "label_id": examples.LABEL["id"],
    "notification_id": examples.NOTIFICATION["id"],
    "template_id": examples.TEMPLATE["id"],
    "view_id": examples.VIEW["id"],
}
_DELETED = (
    "attachment_id", "column_id", "comment_id", "field_id", "label_id", "reminder_id", "rule_id", "template_id",
    "view_id",
)  # fmt: skip
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
    for fate in ("thrown away", "carried elsewhere"):
        await create_task(team.owner, "OTHER", {"title": f"To be {fate}"})
    password = examples.SIGN_IN["password"]
    await add_person(team.owner, "Ana Lima", examples.SIGN_IN["email"], password)
    ben_id = (await add_person(team.owner, "Ben Okafor", "ben@example.org", password)).account_id
    await _work(team)
    dictionaries = await _dictionaries(team)
    environment = {
        "CONTRACT_TOKEN": await create_token(team.owner, "schemathesis"),
        "CONTRACT_SPARE_TOKEN": await create_token(team.owner, "spare"),
        "CONTRACT_BEN_TOKEN": await create_token(Actor(ben_id, team.workspace.id), "ben"),
        "CONTRACT_SPARES": json.dumps(_spares(dictionaries)),
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
    named = await _named_things(team)
    tokens = [await create_token(owner, f"token {number}") for number in range(MANY)]
    columns = [await add_column(owner, "WEB", {"name": f"c {n}", "category": "done"}) for n in range(MANY)]
    reminders = [await add_reminder(owner, web_1, {"at": "2090-01-01T12:00:00Z"}) for _ in range(REMINDERS)]
    files = [await add_attachment(owner, web_1, "a.png", in_pieces(png())) for _ in range(FILES)]
    return {
        "account_id": [str((await team.person()).account_id) for _ in range(MANY)],
        "spare_account_id": [str((await team.person()).account_id) for _ in range(MANY)],
        "column_id": [*_ids(team.columns.values()), *_ids(columns)],
        "notification_id": _ids(await _inbox(team)),
        "session_id": [str((await authenticate(token)).session_id) for token in tokens],
        "thrown_away": await _thrown_away(owner),
        "comment_cursor": _cursor(await list_comments(owner, web_1, limit=1)),
        "attachment_id": _ids(files),
        "reminder_id": _ids(reminders),
        **named,
    }


async def _named_things(team: Team) -> dict[str, list[str]]:
    """What there may be many of in WEB, and what is said there."""
    owner, numbers = team.owner, range(MANY)
    comments = [await add_comment(owner, team.ref(1), "Words.") for _ in numbers]
    labels = [await add_label(owner, "WEB", {"name": f"label {number}"}) for number in numbers]
    fields = [await add_custom_field(owner, "WEB", {"name": f"f {number}", "kind": "text"}) for number in numbers]
    rules = [await add_rule(owner, "WEB", {**_RULE, "name": f"rule {number}"}) for number in numbers]
    content = {"title": "From a template"}
    templates = [await add_template(owner, "WEB", {"name": f"t {n}", "content": content}) for n in numbers]
    views = [await create_view(owner, {"name": f"view {number}", "project": "WEB"}) for number in numbers]
    return {
        "comment_id": _ids(comments),
        "label_id": _ids(labels),
        "field_id": _ids(fields),
        "rule_id": _ids(rules),
        "template_id": _ids(templates),
        "view_id": _ids(views),
    }


async def _thrown_away(owner: Actor) -> list[str]:
    """Tasks in the trash."""
    made = [await create_task(owner, "OTHER", {"title": f"Task {number}"}) for number in range(MANY)]
    return [(await trash_task(owner, TaskRef.parse(task.ref))).ref for task in made]


def _spares(dictionaries: dict[str, list[str]]) -> dict[str, str]:
    """By what half of the things are replaced where they would be deleted: the other half."""
    halves = [(ids[: len(ids) // 2], ids[len(ids) // 2 :]) for kind, ids in dictionaries.items() if kind in _DELETED]
    return {kept: spare for first, second in halves for kept, spare in zip(first, second, strict=False)}


async def _inbox(team: Team) -> list[NotificationView]:
    """What the owner is told of: a colleague has much to say."""
    colleague = await team.person()
    for number in range(MANY):
        await add_comment(colleague, team.ref(3), f"Words {number}.")
    while await read_pass(Notifications()):
        continue
    return (await list_notifications(team.owner, limit=MANY)).items


def _names(team: Team, dictionaries: dict[str, list[str]]) -> dict[str, str]:
    """What the ids in the document's examples are called here: the second of their kind, as most calls need the first.

    Nobody is to change the owner: a colleague stands in.
    """
    return {
        **{example: dictionaries[kind][1] for kind, example in _EXAMPLES.items()},
        str(team.owner.account_id): dictionaries["account_id"][0],
    }


def _ids(views: Iterable[Any]) -> list[str]:
    return [str(view.id) for view in views]


def _cursor(page: Page[Any]) -> list[str]:
    assert page.cursor, "there is more"
    return [page.cursor]
