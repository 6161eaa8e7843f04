"""docs/reference/events.md: every kind of event, and the fields that the commands really record."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tasktracker.consumers.reader import read_pass
from tasktracker.consumers.rules import Rules
from tasktracker.domain.actor import Actor
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import Attachment, Event, Session
from tasktracker.services import (
    accounts,
    attachments,
    columns,
    comments,
    custom_fields,
    labels,
    project_copies,
    projects,
    purge,
    reactions,
    relations,
    relocation,
    reminders,
    rules,
    saved_views,
    sessions,
    tasks,
    templates,
    undo,
    watchers,
    workspaces,
)
from tasktracker.services.command import project_command
from tasktracker.services.task_changes import Spot
from tests.due_work import at
from tests.factories import PASSWORD, Team, make_team
from tests.shelf import in_pieces, png

pytestmark = pytest.mark.usefixtures("database")

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "events.md"
ROW = re.compile(r"^\| `([A-Z]\w+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
FIRST_START = {EventKind.WORKSPACE_CREATED}
"""Happens once on a server, so not in a database that tests share."""


def documented() -> dict[str, set[str]]:
    return {kind: set(re.findall(r"`([\w.]+)`", fields)) for kind, fields in ROW.findall(PAGE.read_text("utf-8"))}


def test_every_kind_of_event_is_on_the_page_and_no_other() -> None:
    assert sorted(documented()) == sorted(kind.value for kind in EventKind)


async def test_the_page_names_exactly_the_fields_that_are_recorded() -> None:
    team = await make_team()
    await _do_everything(team)
    recorded: dict[str, set[str]] = {}
    for event in await Event.filter(workspace_id=team.workspace.id):
        recorded.setdefault(event.kind, set()).update(change["field"] for change in event.changes)
    expected = {kind: fields for kind, fields in documented().items() if kind not in FIRST_START}
    for kind in ("TaskMoved", "TaskLeft", "TaskArrived"):
        assert recorded.pop(kind) >= expected.pop(kind)
    assert recorded == expected


async def _do_everything(team: Team) -> None:
    colleague = (await accounts.add_person(team.owner, "Ana", f"{team.key}@example.org", PASSWORD)).account_id
    await sessions.change_password(Actor(colleague, team.workspace.id), PASSWORD, "another one that is long enough")
    await workspaces.edit_workspace(team.owner, {"name": "Shop team"})
    await _change_tasks(team, colleague)
    await _change_surroundings(team, colleague)
    await project_copies.duplicate_project(team.owner, team.key, {"key": f"{team.key}C", "name": "Copy"})
    purged = TaskRef(team.key, (await team.task("Thrown away")).number)
    await tasks.trash_task(team.owner, purged)
    await purge.purge_task(team.owner, purged)
    await relocation.transfer_task(team.owner, team.ref(1), f"{team.key}C")
    await _change_views(team)
    await _come_and_go(team.owner)
    await accounts.set_workspace_role(team.owner, colleague, "admin")
    await accounts.remove_member(team.owner, colleague)


async def _change_attachments(team: Team, ref: TaskRef) -> None:
    file = await attachments.add_attachment(team.owner, ref, "login.png", in_pieces(png()))
    await attachments.delete_attachment(team.owner, ref, file.id)
    async with project_command(team.owner, team.key, Permission.COMMENT) as command:
        row = await Attachment.get(id=file.id).select_related("task")
        await attachments.reattach(command, row.task, row)


async def _change_custom_fields(team: Team, ref: TaskRef) -> None:
    raw: dict[str, Any] = {"name": "Severity", "kind": "select", "options": ["low", "high"]}
    field = await custom_fields.add_custom_field(team.owner, team.key, raw)
    await team.task(custom={"severity": "high"})
    await tasks.edit_task(team.owner, ref, {"custom": {"severity": "low"}})
    edited = {"name": "How bad", "rename": {"low": "minor"}}
    await custom_fields.edit_custom_field(team.owner, team.key, field.id, edited)
    other = await custom_fields.add_custom_field(team.owner, team.key, {**raw, "name": "Other"})
    await custom_fields.move_custom_field(team.owner, team.key, other.id, after=None)
    await custom_fields.delete_custom_field(team.owner, team.key, field.id)


async def _change_tasks(team: Team, colleague: UUID) -> None:
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    everything = {
        "title": "Fix the login",
        "description": "It fails.",
        "priority": "high",
        "assignee_ids": [str(colleague)],
        "label_ids": [str(label.id)],
        "start": "2030-01-01",
        "due": "2030-01-02",
        "estimate": 3,
        "parent": (await team.task("Sign in", column="Done")).ref,
        "recurrence": {"rule": "FREQ=WEEKLY"},
        "external_source": "github",
        "external_id": "7",
    }
    ref = TaskRef(team.key, (await tasks.create_task(team.owner, team.key, everything)).number)
    nothing: dict[str, Any] = {
        "description": "",
        "priority": "none",
        "assignee_ids": [],
        "label_ids": [],
        **dict.fromkeys(("start", "due", "estimate", "parent", "recurrence", "external_source", "external_id")),
    }
    await tasks.edit_task(team.owner, ref, {"title": "Repair the login", **nothing})
    for kind in ("blocks", "relates_to", "duplicates"):
        await relations.relate(team.owner, ref, kind, team.ref(1))
        await relations.unrelate(team.owner, ref, kind, team.ref(1))
    await watchers.watch(team.owner, ref, colleague)
    await watchers.unwatch(team.owner, ref, colleague)
    done = str(team.columns["Done"].id)
    await team.task("Write the manual", column="Done")
    await tasks.move_task(team.owner, ref, Spot(done))
    for change in (tasks.archive_task, tasks.unarchive_task, tasks.trash_task, tasks.restore_task):
        await change(team.owner, ref)
    await _remind(team, (await team.task("Ship it", due="2040-01-02")).number)
    comment = await comments.add_comment(team.owner, ref, "First")
    await comments.edit_comment(team.owner, ref, comment.id, "Second")
    await reactions.react(team.owner, ref, comment.id, "👍")
    await comments.delete_comment(team.owner, ref, comment.id)
    await undo.undo_last(team.owner, team.key)
    await _change_custom_fields(team, ref)
    await _change_attachments(team, ref)
    await labels.edit_label(team.owner, team.key, label.id, {"name": "defect", "color": "#aa0000"})
    await labels.delete_label(team.owner, team.key, label.id)


async def _remind(team: Team, number: int) -> None:
    ref = team.ref(number)
    taken_back = await reminders.add_reminder(team.owner, ref, {"at": "2040-01-01T12:00:00Z"})
    await reminders.delete_reminder(team.owner, ref, taken_back.id)
    await reminders.add_reminder(team.owner, ref, {"at": "2040-01-01T12:00:00Z"})
    await reminders.add_reminder(team.owner, ref, {"minutes_before": 60})
    taken_back = await reminders.add_reminder(team.owner, ref, {"minutes_before": 90})
    await reminders.delete_reminder(team.owner, ref, taken_back.id)
    await at("2040-01-03 12:00")


async def _change_surroundings(team: Team, colleague: UUID) -> None:
    column = await columns.add_column(team.owner, team.key, {"name": "New", "category": "started", "wip_limit": 3})
    edited = {"name": "Newer", "category": "done", "wip_limit": 4}
    await columns.edit_column(team.owner, team.key, column.id, edited)
    await columns.move_column(team.owner, team.key, column.id, after=None)
    await columns.delete_column(team.owner, team.key, column.id)
    template = await templates.add_template(team.owner, team.key, {"name": "Bug", "content": {"title": "A bug"}})
    changed = {"name": "Defect", "content": {"priority": "high"}}
    await templates.edit_template(team.owner, team.key, template.id, changed)
    await templates.delete_template(team.owner, team.key, template.id)
    await _automate(team)
    await projects.set_project_member(team.owner, team.key, colleague, "viewer")
    await projects.remove_project_member(team.owner, team.key, colleague)
    edit = {"name": "Shop", "description": "Sells.", "color": "#123456", "is_private": True, "requires_version": True}
    await projects.edit_project(team.owner, team.key, edit)
    await projects.archive_project(team.owner, team.key)
    await projects.unarchive_project(team.owner, team.key)


async def _automate(team: Team) -> None:
    admin = await team.person("admin")
    fields = {"name": "Tidy", "events": ["created"], "condition": "is:open", "actions": [{"do": "archive"}]}
    rule = await rules.add_rule(admin, team.key, fields)
    full = {"do": "move", "column_id": str(team.columns["Done"].id)}
    edited = {"name": "Tidier", "is_enabled": False, "events": ["due"], "condition": "", "actions": [full]}
    await rules.edit_rule(team.owner, team.key, rule.id, edited)
    await rules.edit_rule(team.owner, team.key, rule.id, {"is_enabled": True, "events": ["created"]})
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"wip_limit": 1})
    await team.task("One too many")
    while await read_pass(Rules(), [team.project.id]):
        pass
    await rules.delete_rule(team.owner, team.key, rule.id)


async def _change_views(team: Team) -> None:
    shared = {"query": "is:open", "is_shared": True}
    view = await saved_views.create_view(team.owner, {"name": "Open", "project": team.key, **shared})
    edit = {"name": "Mine", "query": "assignee:me", "layout": {"view": "list"}, "is_shared": False}
    await saved_views.edit_view(team.owner, view.id, edit)
    await saved_views.delete_view(team.owner, view.id)


async def _come_and_go(owner: Actor) -> None:
    await accounts.edit_me(owner, {"name": "Ana Lima", "time_zone": "Europe/Lisbon", "locale": "pt"})
    await sessions.open_session(owner, days=1, device="a browser")
    await sessions.create_token(owner, "a script")
    session = await Session.filter(account_id=owner.account_id).first()
    assert session is not None
    await sessions.revoke_session(owner, session.id)
