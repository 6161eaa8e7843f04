"""Undo takes a task back from another project, with all that it got there; or nothing, and says why."""

import asyncio
from typing import Any

import orjson
import pytest

from tasktracker.domain.errors import CannotUndo
from tasktracker.models import Event, Project, Task
from tasktracker.services import (
    attachments,
    columns,
    comments,
    projects,
    relations,
    reminders,
    tasks,
    watchers,
)
from tasktracker.services.audit import audit_logs
from tasktracker.services.queries.boards import board_json, project_patch
from tasktracker.services.queries.history import list_comments, list_events, list_history
from tasktracker.services.queries.past_boards import board_at
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import transfer_task
from tasktracker.services.undo import UndoView, undo_command
from tests.factories import Team, make_team, second_project
from tests.services.carried import carried, contents, latest, pair, task_of, undo
from tests.services.outcomes import outcome_of, outcomes_of
from tests.shelf import in_pieces


@pytest.mark.parametrize("is_there", [False, True])
async def test_undo_in_either_project_takes_the_task_back_whole(*, is_there: bool) -> None:
    team, other = await pair()
    before, ids = await contents(team), [(await task_of(team, number)).id for number in (2, 3)]
    await transfer_task(team.owner, team.ref(2), other.key)
    there = await contents(other)
    view = await undo(other if is_there else team)
    assert await contents(team) == before
    left = await contents(other)
    assert (left.tasks, left.aliases) == ([], {(1, ids[0]), (2, ids[1])})
    assert left.labels == set(), "it was made for the task"
    await undo_command(team.owner, (other if is_there else team).key, view.command)
    assert await contents(other) == there
    assert [task.title for task in await Task.filter(project=team.project)] == ["Parent"]
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_the_task_has_its_old_name_again_and_the_other_one_leads_to_it() -> None:
    team, other = await carried()
    await undo(team)
    for ref in (team.ref(2), other.ref(1)):
        assert (await get_task(team.owner, ref)).ref == f"{team.key}-2"
    assert (await team.task("New")).number == 4
    assert (await other.task("New")).number == 3
    assert {event.task for event in await list_events(team.owner, other.key) if event.kind == "TaskLeft"} == {
        f"{other.key}-1", f"{other.key}-2"
    }  # fmt: skip


async def test_both_logs_tell_of_it() -> None:
    team, other = await carried()
    view = await undo(other)
    for each, kinds in ((team, ["TaskArrived"] * 2), (other, ["TaskLeft"] * 2 + ["LabelDeleted"])):
        last = await latest(each)
        told = await Event.filter(log_id=each.project.id, command=last.command).order_by("revision")
        assert [event.kind for event in told] == [*kinds, "CommandUndone"]
        assert each is team or view.command == last.command
    history = (await list_history(team.owner, team.ref(2))).items
    assert [event.kind for event in reversed(history)][-4:] == ["TaskLeft", "TaskArrived"] * 2
    assert [event.project for event in reversed(history)][-4:] == [team.key, other.key, other.key, team.key]


async def test_what_was_said_and_done_there_meanwhile_comes_along() -> None:
    team, other = await carried()
    ref, ana = other.ref(1), await team.person()
    await tasks.edit_task(team.owner, ref, {"title": "Renamed", "due": "2030-01-01"})
    await comments.add_comment(ana, ref, "I have looked into it.")
    await attachments.add_attachment(ana, ref, "a.txt", in_pieces(b"Hello"))
    await reminders.add_reminder(ana, ref, {"minutes_before": 60})
    far = (await other.task("Far")).number
    await relations.relate(ana, ref, "blocks", other.ref(far))
    await tasks.archive_task(ana, other.ref(2))
    wanted = await Event.get(log_id=team.project.id, kind="TaskLeft", subject_id=(await task_of(other, 1)).id)
    await undo_command(team.owner, team.key, wanted.revision)
    back = await get_task(team.owner, team.ref(2))
    assert (back.title, str(back.due), back.comment_count, back.attachment_count) == ("Renamed", "2030-01-01", 1, 1)
    assert [each.body for each in (await list_comments(team.owner, team.ref(2))).items] == ["I have looked into it."]
    assert [(each.kind, each.ref) for each in back.relations] == [("blocks", f"{other.key}-{far}")]
    assert ana.account_id in back.watcher_ids
    assert (await get_task(team.owner, team.ref(3))).archived_at is not None


async def test_a_column_that_is_gone_is_replaced_by_one_that_means_the_same() -> None:
    team, other = await pair()
    review = team.columns["In review"]
    await tasks.edit_task(team.owner, team.ref(2), {"column_id": str(review.id)})
    await transfer_task(team.owner, team.ref(2), other.key)
    await columns.delete_column(team.owner, team.key, review.id)
    revision = (await latest(other)).revision
    await undo_command(team.owner, other.key, revision)
    assert (await task_of(team, 2)).column_id == team.columns["In progress"].id
    assert (await task_of(team, 3)).column_id == team.columns["To do"].id


async def test_a_task_is_open_again_if_only_a_column_for_open_ones_is_left_for_it() -> None:
    team, other = await pair()
    done = team.columns["Done"]
    await tasks.edit_task(team.owner, team.ref(2), {"column_id": str(done.id)})
    await transfer_task(team.owner, team.ref(2), other.key)
    await columns.delete_column(team.owner, team.key, done.id)
    await undo_command(team.owner, other.key, (await latest(other)).revision)
    task = await task_of(team, 2)
    assert (task.column_id, task.completed_at) == (team.columns["To do"].id, None)


async def test_a_place_that_is_taken_by_now_is_found_next_to_it() -> None:
    team, other = await carried()
    left = (await Event.filter(log_id=team.project.id, kind="TaskLeft").order_by("revision"))[0]
    taken = await team.task("Took its place")
    assert {"field": "position", "old": taken.position, "new": None} in left.changes
    await undo_command(team.owner, other.key, (await latest(other)).revision)
    on_board = await Task.filter(column_id=team.columns["To do"].id).order_by("position")
    assert [task.number for task in on_board] == [1, taken.number, 2, 3]


async def test_a_task_that_was_completed_by_going_is_open_again() -> None:
    team, other = await pair()
    await transfer_task(team.owner, team.ref(2), other.key, column_id=str(other.columns["Done"].id))
    assert (await task_of(other, 1)).completed_at is not None
    await undo(other)
    assert (await task_of(team, 2)).completed_at is None


async def test_people_who_were_left_out_are_back_and_those_who_came_stay() -> None:
    team = await make_team()
    other = await second_project(team, is_private=True)
    ana, ben = await team.person(), await team.person()
    await projects.set_project_member(team.owner, other.key, ben.account_id, "editor")
    await team.task("Task", assignee_ids=[str(ana.account_id)])
    await watchers.watch(ana, team.ref(1), ana.account_id)
    await transfer_task(team.owner, team.ref(1), other.key)
    await watchers.watch(ben, other.ref(1), ben.account_id)
    revision = (await latest(team)).revision
    await undo_command(team.owner, team.key, revision)
    task = await get_task(team.owner, team.ref(1))
    assert task.assignee_ids == [ana.account_id]
    assert set(task.watcher_ids) == {team.owner.account_id, ana.account_id, ben.account_id}


async def test_open_boards_of_both_projects_follow() -> None:
    team, other = await carried()
    since = {each.key: (await Project.get(id=each.project.id)).revision for each in (team, other)}
    await undo(team)
    back: Any = await project_patch(team.project.id, since[team.key])
    gone: Any = await project_patch(other.project.id, since[other.key])
    assert ({card["number"] for card in back["cards"]}, back["gone"]) == ({2, 3}, [])
    assert (gone["cards"], sorted(gone["gone"])) == ([], [1, 2])


async def test_the_past_shows_where_it_was_at_each_moment() -> None:
    team, other = await pair()
    moments = []
    for step in (lambda: transfer_task(team.owner, team.ref(2), other.key), lambda: undo(team), lambda: undo(team)):
        at = max([(await Project.get(id=each.project.id)).changed_at for each in (team, other)])
        moments.append((at, await cards(team), await cards(other)))
        await outcome_of(step())
    for at, of_team, of_other in moments:
        for each, seen in ((team, of_team), (other, of_other)):
            assert orjson.loads(orjson.dumps(await board_at(team.owner, each.key, at)))["cards"] == seen
        past = await task_at(team.owner, other.ref(1), at)
        assert (past.title, past.custom) == ("Task", {} if of_other else {"severity": "high"})


async def cards(team: Team) -> Any:
    return orjson.loads(await board_json(team.owner, team.key))["cards"]


async def test_who_undoes_it_at_once_with_others_undoes_it_once() -> None:
    team, other = await carried()
    revisions = {each.key: (await latest(each)).revision
                 for each in (team, other)}  # fmt: skip
    calls = [undo_command(team.owner, key, revision) for key, revision in revisions.items() for _ in range(4)]
    outcomes = await outcomes_of(calls)
    assert sum(isinstance(outcome, UndoView) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, CannotUndo) for outcome in outcomes) == 7
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_tasks_that_go_and_come_back_at_once_do_not_wait_for_each_other() -> None:
    team = await make_team()
    other = await second_project(team)
    for each in (team, other):
        for _ in range(4):
            await each.task()

    async def there_and_back(one: Team, number: int, two: Team) -> None:
        moved = await transfer_task(one.owner, one.ref(number), two.key)
        events = await Event.filter(log_id=two.project.id, kind="TaskArrived", version=moved.task.version)
        told = {"field": "number", "old": None, "new": moved.task.number}
        mine = next(event for event in events if told in event.changes)
        await undo_command(one.owner, two.key, mine.revision)

    await asyncio.gather(
        *(there_and_back(one, number, two) for one, two in ((team, other), (other, team)) for number in range(1, 5))
    )
    for each in (team, other):
        assert {task.number for task in await Task.filter(project=each.project)} == {1, 2, 3, 4}
    assert (await audit_logs(team.workspace.id)).is_whole
