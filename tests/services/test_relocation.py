"""A task goes to another project, and everything that hangs on it goes along."""

import asyncio
from typing import Any

import orjson
import pytest

from tasktracker.domain.errors import Clash, ColumnFull, Conflict, Forbidden, Invalid, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models import CustomField, Event, Label, Project, Task, TaskAlias
from tasktracker.realtime.hub import Hub, Patch
from tasktracker.services import columns, comments, labels, projects, relations, tasks
from tasktracker.services.audit import audit_logs
from tasktracker.services.queries.boards import board_json, project_patch
from tasktracker.services.queries.history import list_comments, list_events, list_history
from tasktracker.services.queries.past_boards import board_at
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.queries.tasks import get_task, moved_ref
from tasktracker.services.relocation import TransferView, transfer_task
from tests.factories import Team, make_team, second_project
from tests.services.outcomes import outcome_of, pointers_of


async def transfer(team: Team, number: int, other: Team, **how: Any) -> TransferView:
    return await transfer_task(team.owner, team.ref(number), other.key, **how)


async def test_the_task_is_the_same_one_under_a_new_reference() -> None:
    team = await make_team()
    other = await second_project(team)
    await other.task("Already there")
    task = await team.task("Fix it", description="Words", priority="high", due="2030-01-01", estimate=2)
    await comments.add_comment(team.owner, team.ref(1), "Hello")
    before = await Task.get(project=team.project, number=1)
    moved = (await transfer(team, 1, other)).task
    assert (moved.ref, moved.version) == (f"{other.key}-2", task.version + 2)
    same = ("title", "description", "priority", "due", "estimate", "created_at", "comment_count", "watcher_ids")
    assert {name: getattr(moved, name) for name in same} == {**{name: getattr(task, name) for name in same},
                                                             "comment_count": 1}  # fmt: skip
    assert (await Task.get(project=other.project, number=2)).id == before.id
    assert [each.body for each in (await list_comments(team.owner, other.ref(2))).items] == ["Hello"]
    assert moved.column_id == other.columns["To do"].id


async def test_the_old_reference_leads_to_it_for_those_who_may_see_it() -> None:
    team = await make_team()
    other, hidden = await second_project(team), await make_team()
    await team.task("Fix it")
    await transfer(team, 1, other)
    assert (await get_task(team.owner, team.ref(1))).ref == f"{other.key}-1"
    member, stranger = await team.person(), hidden.owner
    await projects.edit_project(team.owner, other.key, {"is_private": True})
    assert isinstance(await outcome_of(get_task(member, team.ref(1))), NotFound)
    assert isinstance(await outcome_of(get_task(stranger, team.ref(1))), NotFound)
    assert isinstance(await outcome_of(get_task(team.owner, team.ref(2))), NotFound)


async def test_a_task_that_wanders_is_found_by_every_name_it_had() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("Fix it")
    await transfer(team, 1, other)
    await transfer(other, 1, team)
    third = (await transfer(team, 2, other)).task
    assert third.ref == f"{other.key}-2"
    for ref in (team.ref(1), team.ref(2), other.ref(1), other.ref(2)):
        assert (await get_task(team.owner, ref)).ref == third.ref
    assert await TaskAlias.filter(task__title="Fix it", project__workspace_id=team.workspace.id).count() == 3


async def test_the_tree_goes_along_and_the_parent_stays() -> None:
    team = await make_team()
    other = await second_project(team)
    top = await team.task("Top")
    task = await team.task("Task", parent=top.ref)
    await team.task("Below", parent=task.ref, column="Done")
    await team.task("Trashed below", parent=task.ref)
    await tasks.trash_task(team.owner, team.ref(4))
    answer = await transfer(team, 2, other)
    assert [(each.was, each.ref) for each in answer.relocated] == [
        (f"{team.key}-{old}", f"{other.key}-{new}") for old, new in ((2, 1), (3, 2), (4, 3))
    ]
    root, below, trashed = await Task.filter(project=other.project).order_by("number")
    assert (root.parent_id, below.parent_id, trashed.parent_id) == (None, root.id, root.id)
    assert (below.column_id, below.completed_at is not None) == (other.columns["Done"].id, True)
    assert trashed.trashed_at is not None
    assert [task.title for task in await Task.filter(project=team.project)] == ["Top"]


async def test_labels_are_found_by_name_and_made_by_those_who_may() -> None:
    team = await make_team()
    other = await second_project(team)
    bug, idea = [str((await labels.add_label(team.owner, team.key, {"name": each})).id) for each in ("bug", "idea")]
    there = await labels.add_label(team.owner, other.key, {"name": "bug", "color": "#aa0000"})
    for number in (1, 2):
        await team.task(f"Task {number}", label_ids=[bug, idea])
    editor = await team.person()
    refused = await transfer_task(editor, team.ref(1), other.key)
    assert refused.task.label_ids == [there.id]
    assert [(each.field, each.value) for each in refused.left_out] == [("label_ids", "idea")]
    made = await transfer(team, 2, other)
    new = await Label.get(project=other.project, name="idea")
    assert (made.task.label_ids, made.left_out) == ([there.id, new.id], [])
    assert await Event.filter(log_id=other.project.id, kind="LabelAdded", subject_id=new.id).count() == 1


async def test_custom_fields_are_found_by_key_and_kind() -> None:
    team = await make_team()
    other = await second_project(team)
    for project, kinds in ((team.project, "nnt"), (other.project, "nt")):
        for place, (key, kind) in enumerate(zip(("points", "size", "note"), kinds, strict=False)):
            words = {"n": "number", "t": "text"}
            await CustomField.create(project=project, key=key, name=key, kind=words[kind], position=f"a{place}")
    await team.task()
    custom = {"points": 3, "size": 4, "note": "Gone"}
    await Task.filter(project=team.project).update(custom=custom)
    answer = await transfer(team, 1, other)
    assert answer.task.custom == {"points": 3}
    assert {each.field: each.value for each in answer.left_out} == {"custom.size": 4, "custom.note": "Gone"}


async def test_people_who_cannot_see_the_project_are_left_out() -> None:
    team = await make_team()
    other = await second_project(team, is_private=True)
    outsider = await team.person()
    people = [str(outsider.account_id), str(team.owner.account_id)]
    task = await team.task(assignee_ids=people)
    await comments.add_comment(outsider, team.ref(task.number), "I watch this")
    answer = await transfer(team, 1, other)
    assert (answer.task.assignee_ids, answer.task.watcher_ids) == ([team.owner.account_id], [team.owner.account_id])
    assert [(each.ref, each.field, each.value) for each in answer.left_out] == [
        (f"{other.key}-1", "assignee_ids", str(outsider.account_id))
    ]


async def test_an_outside_id_that_is_taken_there_is_left_out() -> None:
    team = await make_team()
    other = await second_project(team)
    for each in (team, other):
        await each.task(external_source="github", external_id="7")
    await team.task(external_source="github", external_id="8")
    answer = await transfer(team, 1, other)
    assert (answer.task.external_source, [each.value for each in answer.left_out]) == (None, ["7"])
    assert (await transfer(team, 2, other)).task.external_id == "8"


async def test_a_column_is_one_that_means_the_same_or_the_one_that_was_named() -> None:
    team = await make_team()
    other = await second_project(team)
    await columns.edit_column(team.owner, other.key, other.columns["Backlog"].id, {"category": "unstarted"})
    for column in ("In review", "Done", "Backlog", "Done"):
        await team.task(column=column)
    found = [(await transfer(team, number, other)).task for number in (1, 2, 3)]
    names = {column.id: name for name, column in other.columns.items()}
    assert [names[task.column_id] for task in found] == ["In progress", "Done", "Backlog"]
    assert found[1].completed_at == (await Task.get(project=other.project, number=2)).completed_at is not None
    named = await transfer(team, 4, other, column_id=str(other.columns["In review"].id))
    assert (names[named.task.column_id], named.task.completed_at) == ("In review", None)


async def test_a_full_column_keeps_it_out_unless_it_takes_no_place() -> None:
    team = await make_team()
    other = await second_project(team)
    await other.task()
    await columns.edit_column(team.owner, other.key, other.columns["To do"].id, {"wip_limit": 1})
    for _ in range(2):
        await team.task()
    assert isinstance(await outcome_of(transfer(team, 1, other)), ColumnFull)
    assert await Task.filter(project=team.project).count() == 2
    await tasks.archive_task(team.owner, team.ref(2))
    assert (await transfer(team, 2, other)).task.archived_at is not None


async def test_relations_stay_on_both_sides() -> None:
    team = await make_team()
    other = await second_project(team)
    for number in (1, 2):
        await team.task(f"Task {number}")
    await relations.relate(team.owner, team.ref(1), "blocks", team.ref(2))
    moved = (await transfer(team, 1, other)).task
    assert [(each.kind, each.ref) for each in moved.relations] == [("blocks", f"{team.key}-2")]
    stayed = await get_task(team.owner, team.ref(2))
    assert [(each.kind, each.ref) for each in stayed.relations] == [("blocked_by", moved.ref)]


async def test_both_logs_tell_of_it_and_hold() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("Fix it", priority="high")
    await transfer(team, 1, other)
    left = await Event.get(log_id=team.project.id, kind="TaskLeft")
    arrived = await Event.get(log_id=other.project.id, kind="TaskArrived")
    told = {change["field"]: (change["old"], change["new"]) for change in left.changes}
    assert (told["title"], told["number"], told["priority"]) == (("Fix it", None), (1, None), ("high", None))
    told = {change["field"]: (change["old"], change["new"]) for change in arrived.changes}
    assert (told["title"], told["number"], told["label_ids"]) == ((None, "Fix it"), (None, 1), (None, []))
    assert (left.version, arrived.version, left.at < arrived.at) == (2, 3, True)
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_its_history_goes_along_in_one_piece_and_page_by_page() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First")
    await tasks.edit_task(team.owner, team.ref(1), {"title": "Second"})
    await comments.add_comment(team.owner, team.ref(1), "Hello")
    await transfer(team, 1, other)
    await tasks.edit_task(team.owner, other.ref(1), {"title": "Third"})
    await transfer(other, 1, team)
    await tasks.edit_task(team.owner, team.ref(2), {"title": "Fourth"})
    whole = (await list_history(team.owner, team.ref(2))).items
    assert [event.kind for event in reversed(whole)] == [
        *("TaskCreated", "TaskEdited", "CommentAdded", "TaskLeft", "TaskArrived"),
        *("TaskEdited", "TaskLeft", "TaskArrived", "TaskEdited"),
    ]
    assert [event.project for event in reversed(whole)] == [team.key] * 4 + [other.key] * 3 + [team.key] * 2
    assert {event.task for event in whole} == {f"{team.key}-2"}
    paged, cursor = [], None
    while True:
        page = await list_history(team.owner, team.ref(2), limit=2, cursor=cursor)
        paged += page.items
        if (cursor := page.cursor) is None:
            break
    assert paged == whole


async def test_the_key_of_a_project_that_one_may_not_see_stays_out_of_the_history() -> None:
    team = await make_team()
    other = await second_project(team)
    member = await team.person()
    await team.task("First")
    await transfer(team, 1, other)
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    told = (await list_history(member, other.ref(1))).items
    assert {event.project for event in told} == {None, other.key}
    assert team.key not in {event.project for event in told}


async def test_the_old_log_calls_it_what_it_was_called_there() -> None:
    team = await make_team()
    other = await second_project(team)
    for _ in range(2):
        await other.task()
    await team.task("First")
    await transfer(team, 1, other)
    assert {event.task for event in await list_events(team.owner, team.key) if event.task} == {f"{team.key}-1"}
    assert [event.task for event in await list_events(team.owner, other.key)][-1] == f"{other.key}-3"


async def test_an_open_board_loses_it_and_the_other_gains_it() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First")
    await team.task("Stays")
    seen: dict[Any, list[Patch]] = {team.project.id: [], other.project.id: []}
    hub = Hub(project_patch)
    for project in (team.project, other.project):
        await project.refresh_from_db()
        hub.follow(project.id, project.revision, seen[project.id].append)
    await transfer(team, 1, other)
    for project in (team.project, other.project):
        await project.refresh_from_db()
        hub.heard(project.id, project.revision)
    async with asyncio.timeout(5):
        while not all(seen.values()):
            await asyncio.sleep(0.01)
    (lost,), (gained,) = seen[team.project.id], seen[other.project.id]
    assert (lost["gone"], lost["cards"]) == ([1], [])
    assert ([card["title"] for card in gained["cards"]], gained["gone"]) == (["First"], [])


async def test_a_task_that_came_back_is_on_the_board_under_its_new_number_only() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First")
    await team.project.refresh_from_db()
    since = team.project.revision
    await transfer(team, 1, other)
    await transfer(other, 1, team)
    patch: Any = await project_patch(team.project.id, since)
    assert ([card["number"] for card in patch["cards"]], patch["gone"]) == ([2], [1])


async def test_the_past_shows_it_where_it_was() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First", priority="high")
    await comments.add_comment(team.owner, team.ref(1), "Hello")
    then = (await Project.get(id=team.project.id)).changed_at
    before = orjson.loads(await board_json(team.owner, team.key))
    await transfer(team, 1, other)
    await tasks.edit_task(team.owner, other.ref(1), {"title": "Second"})
    await comments.add_comment(team.owner, other.ref(1), "Again")
    assert orjson.loads(orjson.dumps(await board_at(team.owner, team.key, then)))["cards"] == before["cards"]
    assert (await board_at(team.owner, other.key, then))["cards"] == []
    for ref in (team.ref(1), other.ref(1)):
        past = await task_at(team.owner, ref, then)
        assert (past.title, past.ref, past.number, past.comment_count) == ("First", f"{other.key}-1", 1, 1)


async def test_the_past_tells_the_state_that_its_column_meant_in_the_project_where_it_was() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First", column="Done")
    moments = [(await Project.get(id=team.project.id)).changed_at]
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"category": "cancelled"})
    moments.append((await Project.get(id=team.project.id)).changed_at)
    await transfer(team, 1, other, column_id=str(other.columns["Backlog"].id))
    moments.append((await Project.get(id=other.project.id)).changed_at)
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"category": "started"})
    past = [await task_at(team.owner, other.ref(1), moment) for moment in moments]
    assert [each.state for each in past] == ["done", "cancelled", "backlog"]


async def test_who_began_to_edit_before_it_went_loses_nothing() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("First")
    await tasks.edit_task(team.owner, team.ref(1), {"priority": "high"})
    await transfer(team, 1, other)
    merged = await tasks.edit_task(team.owner, other.ref(1), {"title": "Mine"}, version=2)
    assert (merged.title, merged.priority) == ("Mine", "high")
    late = tasks.edit_task(team.owner, other.ref(1), {"priority": "low"}, version=1)
    assert isinstance(await outcome_of(late), Conflict)
    column_id = str(other.columns["Done"].id)
    moved = tasks.edit_task(team.owner, other.ref(1), {"column_id": column_id}, version=2)
    assert isinstance(await outcome_of(moved), Conflict)


async def test_what_is_refused_moves_nothing() -> None:
    team = await make_team()
    other, outside = await second_project(team), await make_team()
    await team.task("First")
    member = await team.person()
    await projects.set_project_member(team.owner, other.key, member.account_id, "viewer")
    assert isinstance(await outcome_of(transfer_task(member, team.ref(1), other.key)), Forbidden)
    for key in (outside.key, "no key", "\0"):
        assert await pointers_of(transfer_task(team.owner, team.ref(1), key)) == ["/project"]
    assert isinstance(await outcome_of(transfer_task(team.owner, team.ref(9), other.key)), NotFound)
    assert await pointers_of(transfer_task(team.owner, team.ref(1), team.key)) == ["/project"]
    assert await pointers_of(transfer(team, 1, other, column_id="x")) == ["/column_id"]
    assert await pointers_of(transfer(team, 1, other, column_id=str(team.columns["Done"].id))) == ["/column_id"]
    await tasks.trash_task(team.owner, team.ref(1))
    assert isinstance(await outcome_of(transfer(team, 1, other)), Clash)
    assert await Task.filter(project=other.project).count() == 0


async def test_tasks_that_cross_each_other_do_not_wait_for_each_other() -> None:
    team = await make_team()
    other = await second_project(team)
    for each in (team, other):
        for _ in range(5):
            await each.task()
    crossing = [(one, two, number) for number in range(1, 6) for one, two in ((team, other), (other, team))]
    await asyncio.gather(*(transfer(one, number, two) for one, two, number in crossing))
    for each in (team, other):
        assert {task.number for task in await Task.filter(project=each.project)} == {6, 7, 8, 9, 10}
    assert (await audit_logs(team.workspace.id)).is_whole


@pytest.mark.parametrize("number", [1, 2])
async def test_only_a_task_that_left_has_another_name(number: int) -> None:
    team = await make_team()
    other = await second_project(team)
    for _ in range(2):
        await team.task()
    await transfer(team, 1, other)
    expected = TaskRef(other.key, 1) if number == 1 else None
    assert await moved_ref(team.owner, team.ref(number)) == expected
    with pytest.raises(Invalid):
        await transfer(team, 2, team)
