"""Another project like one that there is."""

from typing import Any
from uuid import UUID

import orjson
import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models import Account, Event, Project, Task
from tasktracker.models.database import connection
from tasktracker.services import accounts, columns, comments, custom_fields, labels, projects, tasks, templates
from tasktracker.services.audit import audit_logs
from tasktracker.services.project_copies import duplicate_project
from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.members import list_members
from tasktracker.services.queries.projects import get_project, list_columns, list_labels
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.queries.templates import list_templates
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

_RELATE = "UPDATE task SET {field} = ARRAY[$2::uuid] WHERE id = $1"


async def duplicate(team: Team, **how: Any) -> str:
    return await duplicate_project(team.owner, team.key, {"key": f"{team.key}C", "name": "Copy"}, **how)


async def test_a_copy_has_the_settings_and_the_arrangement_under_new_ids() -> None:
    team = await make_team(description="Sells.", color="#123456")
    await columns.add_column(team.owner, team.key, {"name": "Blocked", "category": "started", "wip_limit": 3})
    bug = await labels.add_label(team.owner, team.key, {"name": "bug", "color": "#aa0000"})
    content = {"title": "A bug", "label_ids": [str(bug.id)], "column_id": str(team.columns["Backlog"].id)}
    await templates.add_template(team.owner, team.key, {"name": "Bug", "content": content})
    key = await duplicate(team)
    copy = await get_project(team.owner, key)
    assert (copy.name, copy.description, copy.color) == ("Copy", "Sells.", "#123456")
    old, new = await list_columns(team.owner, team.key), await list_columns(team.owner, key)
    assert [_arranged(each) for each in new] == [_arranged(each) for each in old]
    assert {each.id for each in new} & {each.id for each in old} == set()
    (label,) = await list_labels(team.owner, key)
    assert (label.name, label.color, label.id != bug.id) == ("bug", "#aa0000", True)
    (template,) = await list_templates(team.owner, key)
    assert template.content == {"title": "A bug", "label_ids": [str(label.id)], "column_id": str(new[0].id)}
    assert template.content["column_id"] != content["column_id"]


async def test_custom_fields_come_along_with_the_values_of_the_tasks() -> None:
    team = await make_team()
    raw = {"name": "Size", "kind": "select", "options": ["S", "M"]}
    await custom_fields.add_custom_field(team.owner, team.key, raw)
    await templates.add_template(team.owner, team.key, {"name": "T", "content": {"custom": {"size": "S"}}})
    await team.task(custom={"size": "M"})
    key = await duplicate(team, with_tasks=True)
    assert (await get_task(team.owner, TaskRef(key, 1))).custom == {"size": "M"}
    (template,) = await list_templates(team.owner, key)
    made = await tasks.create_task(team.owner, key, {"title": "A"}, template_id=template.id)
    assert made.custom == {"size": "S"}


async def test_people_keep_their_roles_and_the_maker_becomes_a_manager() -> None:
    team = await make_team(is_private=True)
    maker, viewer, left, removed = [await team.person() for _ in range(4)]
    for person, role in ((maker, "viewer"), (viewer, "commenter"), (left, "editor"), (removed, "editor")):
        await projects.set_project_member(team.owner, team.key, person.account_id, role)
    await Account.filter(id=left.account_id).update(is_active=False)
    await accounts.remove_member(team.owner, removed.account_id)
    key = await duplicate_project(maker, team.key, {"key": f"{team.key}C", "name": "Copy"})
    roles = {member.account_id: member.role for member in await list_members(maker, key)}
    assert roles == {
        maker.account_id: "manager",
        team.owner.account_id: "manager",
        viewer.account_id: "commenter",
    }
    assert (await get_project(maker, key)).is_private


async def test_it_is_one_command_of_its_own_log_and_told_in_the_workspaces() -> None:
    team = await make_team()
    await team.task()
    before = (await Project.get(id=team.project.id)).revision
    copy = await Project.get(workspace=team.workspace, key=await duplicate(team, with_tasks=True))
    events = await Event.filter(log_id=copy.id).order_by("revision")
    assert {event.command for event in events} == {1}
    assert (events[0].kind, events[-1].kind) == ("ProjectMemberSet", "TaskCreated")
    told = await Event.filter(log_id=team.workspace.id, subject_id=copy.id)
    assert [event.kind for event in told] == ["ProjectCreated"]
    assert (await Project.get(id=team.project.id)).revision == before
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_without_tasks_the_board_is_empty() -> None:
    team = await make_team()
    await team.task()
    assert await _cards(team.owner, await duplicate(team)) == []


async def test_the_board_is_copied_as_it_stands() -> None:
    team = await make_team()
    label = str((await labels.add_label(team.owner, team.key, {"name": "bug"})).id)
    person = str(team.owner.account_id)
    await team.task("First", priority="high", label_ids=[label], assignee_ids=[person], due="2030-01-01")
    await team.task("Second", column="Done", estimate=3)
    await team.task("Archived")
    await team.task("Third", description="Words")
    await tasks.archive_task(team.owner, team.ref(3))
    await comments.add_comment(team.owner, team.ref(1), "Not copied")
    first = await Task.get(project=team.project, number=1)
    await connection().execute_query(
        "UPDATE task SET position = 'Zz' WHERE project_id = $1 AND number = 4", [team.project.id]
    )
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 1})
    key = await duplicate(team, with_tasks=True)
    assert await _cards(team.owner, key) == [
        {"number": 3, "title": "Third", "column": "To do", "priority": "none", "labels": []},
        {"number": 1, "title": "First", "column": "To do", "priority": "high", "labels": ["bug"]},
        {"number": 2, "title": "Second", "column": "Done", "priority": "none", "labels": []},
    ]
    copied = await get_task(team.owner, TaskRef(key, 1))
    assert (copied.assignee_ids, str(copied.due), copied.comment_count) == ([team.owner.account_id], "2030-01-01", 0)
    assert copied.watcher_ids == []
    assert (await Task.get(project__key=key, number=1, project__workspace=team.workspace)).id != first.id


async def test_the_tree_and_the_relations_among_the_tasks_are_copied() -> None:
    team = await make_team()
    for title, parent in (("Top", None), ("Below", f"{team.key}-1"), ("Other", None)):
        await team.task(title, parent=parent)
    outside = await make_team()
    await outside.task()
    top, below, other = await Task.filter(project=team.project).order_by("number")
    stranger = await Task.get(project=outside.project)
    await _relate(below.id, "blocks_ids", other.id)
    await _relate(other.id, "blocked_by_ids", below.id)
    await _relate(top.id, "relates_to_ids", stranger.id)
    key = await duplicate(team, with_tasks=True)
    made = await Task.filter(project__key=key, project__workspace=team.workspace).order_by("number")
    assert (made[0].parent_id, made[1].parent_id) == (None, made[0].id)
    assert (made[1].blocks_ids, made[2].blocked_by_ids) == ([made[2].id], [made[1].id])
    assert made[0].relates_to_ids == []


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [({"name": "Copy"}, "/key"), ({"key": "COPY"}, "/name"), ({"key": "no", "name": "x"}, "/key")],
)
async def test_a_key_and_a_name_are_needed(fields: dict[str, str], pointer: str) -> None:
    team = await make_team()
    assert await pointers_of(duplicate_project(team.owner, team.key, fields)) == [pointer]


async def test_a_taken_key_is_refused_and_nothing_is_made() -> None:
    team = await make_team()
    refused = await outcome_of(duplicate_project(team.owner, team.key, {"key": team.key, "name": "Copy"}))
    assert isinstance(refused, Clash)
    assert await Project.filter(workspace=team.workspace).count() == 1


async def test_guests_make_none_and_strangers_learn_of_none() -> None:
    team = await make_team(is_private=True)
    guest, stranger = await team.person("guest"), await team.person()
    await projects.set_project_member(team.owner, team.key, guest.account_id, "editor")
    fields = {"key": f"{team.key}C", "name": "Copy"}
    assert isinstance(await outcome_of(duplicate_project(guest, team.key, fields)), Forbidden)
    assert isinstance(await outcome_of(duplicate_project(stranger, team.key, fields)), NotFound)


async def test_an_archived_project_can_be_copied() -> None:
    team = await make_team()
    await projects.archive_project(team.owner, team.key)
    assert (await get_project(team.owner, await duplicate(team))).archived_at is None


def _arranged(column: Any) -> tuple[Any, ...]:
    return column.name, column.category, column.wip_limit, column.position


async def _relate(task_id: UUID, field: str, other_id: UUID) -> None:
    await connection().execute_query(_RELATE.format(field=field), [task_id, other_id])


async def _cards(actor: Actor, key: str) -> list[dict[str, Any]]:
    """The cards of a board, column by column, with names for ids."""
    board = orjson.loads(await board_json(actor, key))
    names = {each["id"]: each["name"] for each in (*board["project"]["columns"], *board["project"]["labels"])}
    order = list(names)
    cards = sorted(board["cards"], key=lambda card: (order.index(card["column_id"]), card["position"]))
    return [
        {
            "number": card["number"],
            "title": card["title"],
            "column": names[card["column_id"]],
            "priority": card["priority"],
            "labels": [names[each] for each in card["label_ids"]],
        }
        for card in cards
    ]
