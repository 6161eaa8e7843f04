"""Tasks that come back when they are completed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasktracker.domain.references import TaskRef
from tasktracker.models import BoardColumn, Event, Task
from tasktracker.services import accounts, columns, comments, labels, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.queries.reminders import list_reminders
from tasktracker.services.queries.tasks import get_task, list_tasks
from tasktracker.services.reminders import add_reminder
from tasktracker.services.task_changes import Spot
from tasktracker.services.undo import undo_command, undo_last
from tasktracker.services.views import TaskView
from tests.due_work import at, utc
from tests.factories import Team, make_team

WEEKLY = {"rule": "FREQ=WEEKLY", "from": "due"}


@pytest.fixture
async def team() -> Team:
    with time_is(utc("2030-01-01 00:00")):
        return await make_team()


async def make_task(team: Team, **fields: Any) -> TaskRef:
    with time_is(utc("2030-03-01 12:00")):
        return team.ref((await team.task(**{"title": "Water the plants", "recurrence": WEEKLY, **fields})).number)


async def move(team: Team, ref: TaskRef, column: str, moment: str) -> None:
    with time_is(utc(moment)):
        await tasks.move_task(team.owner, ref, Spot(str(team.columns[column].id)))


async def complete(team: Team, ref: TaskRef, moment: str) -> None:
    """Complete the task at that moment, and let the workers see to it."""
    await move(team, ref, "Done", moment)
    await at(moment)


async def newest(team: Team) -> TaskView:
    return (await list_tasks(team.owner, team.key)).items[0]


async def titles(team: Team) -> list[str]:
    return [task.title for task in (await list_tasks(team.owner, team.key)).items][::-1]


async def test_the_next_one_is_made_when_a_task_is_completed(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04")
    await at("2030-03-04 12:00")
    assert len(await titles(team)) == 1, "not before"
    await complete(team, ref, "2030-03-04 13:00")
    again = await newest(team)
    assert (again.title, again.due, again.recurrence) == ("Water the plants", date(2030, 3, 11), WEEKLY)
    assert (again.state, again.column_id, again.completed_at) == ("unstarted", team.columns["To do"].id, None)
    done = await get_task(team.owner, ref)
    assert (done.state, done.recurrence, done.due) == ("done", None, date(2030, 3, 4))


async def test_the_next_one_is_like_the_one_that_was_done(team: Team) -> None:
    ana = await team.person()
    label = await labels.add_label(team.owner, team.key, {"name": "home"})
    parent = await team.task("Household")
    fields = {
        "description": "- [x] tomatoes\n- [ ] basil\n\n```\n- [x] not a list\n```",
        "priority": "high",
        "assignee_ids": [str(ana.account_id)],
        "label_ids": [str(label.id)],
        "estimate": 2,
        "start": "2030-03-02",
        "due": "2030-03-04T17:00:00Z",
        "parent": parent.ref,
        "external_source": "github",
        "external_id": "7",
    }
    ref = await make_task(team, **fields)
    await comments.add_comment(ana, ref, "Done, mostly")
    before = await get_task(team.owner, ref)
    await complete(team, ref, "2030-03-04 13:00")
    again = await newest(team)
    same = (
        "title",
        "priority",
        "assignee_ids",
        "label_ids",
        "estimate",
        "parent",
        "custom",
        "watcher_ids",
        "created_by",
    )
    assert {name: getattr(again, name) for name in same} == {name: getattr(before, name) for name in same}
    assert again.description == "- [ ] tomatoes\n- [ ] basil\n\n```\n- [x] not a list\n```"
    assert (again.start, again.due) == (date(2030, 3, 9), datetime(2030, 3, 11, 17, tzinfo=UTC))
    assert (again.external_id, again.comment_count, again.archived_at) == (None, 0, None)


async def test_subtasks_come_back_open_in_the_same_order_and_cancelled_ones_stay_away(team: Team) -> None:
    with time_is(utc("2030-01-01 00:00")):
        await columns.add_column(team.owner, team.key, {"name": "Cancelled", "category": "cancelled"})
    cancelled = (await BoardColumn.get(project=team.project, name="Cancelled")).id
    ref = await make_task(team, due="2030-03-04")
    first = await make_task(
        team, title="Fetch water", parent=str(ref), due="2030-03-03", recurrence=None, column="Done"
    )
    await make_task(team, title="Fill the can", parent=str(first), recurrence=None)
    await make_task(team, title="Sing", parent=str(ref), recurrence=None, column_id=str(cancelled))
    gone = await make_task(team, title="Dance", parent=str(ref), recurrence=None)
    await tasks.trash_task(team.owner, gone)
    await make_task(team, title="Pour", parent=str(ref), recurrence=None)
    count = len(await titles(team))
    await complete(team, ref, "2030-03-04 13:00")
    made = (await list_tasks(team.owner, team.key)).items[::-1][count:]
    assert [task.title for task in made] == ["Water the plants", "Fetch water", "Fill the can", "Pour"]
    assert [task.parent for task in made] == [None, made[0].ref, made[1].ref, made[0].ref]
    assert [task.due for task in made] == [date(2030, 3, 11), date(2030, 3, 10), None, None]
    assert {task.state for task in made} == {"unstarted"}
    assert (made[0].subtasks.done, made[0].subtasks.total) == (0, 3)


async def test_a_moment_keeps_its_time_on_the_clock_of_who_made_the_task(team: Team) -> None:
    with time_is(utc("2030-01-01 00:00")):
        berlin = await team.person(time_zone="Europe/Berlin")
    with time_is(utc("2030-03-20 12:00")):
        fields = {"start": "2030-03-25T08:00:00+01:00", "due": "2030-03-28T17:00:00+01:00", "recurrence": WEEKLY}
        task = await tasks.create_task(berlin, team.key, {"title": "Report", **fields})
    await complete(team, team.ref(task.number), "2030-03-28 12:00")
    again = await newest(team)
    assert (again.start, again.due) == (utc("2030-04-01 06:00"), utc("2030-04-04 15:00"))


async def test_a_task_counted_from_completion_is_due_so_long_after_it(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04", recurrence={"rule": "FREQ=DAILY;INTERVAL=10", "from": "completion"})
    await complete(team, ref, "2030-03-20 13:00")
    assert (await newest(team)).due == date(2030, 3, 30)


async def test_a_task_without_a_due_date_gets_one(team: Team) -> None:
    ref = await make_task(team, start="2030-03-18")
    await complete(team, ref, "2030-03-20 13:00")
    again = await newest(team)
    assert (again.start, again.due) == (date(2030, 3, 25), date(2030, 3, 27))


async def test_a_counted_task_comes_so_many_times(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04", recurrence={"rule": "FREQ=DAILY;COUNT=3"})
    for day in (4, 5, 6, 7):
        await complete(team, ref, f"2030-03-{day:02} 13:00")
        ref = TaskRef.parse((await newest(team)).ref)
    assert len(await titles(team)) == 3
    assert (await newest(team)).recurrence is None


async def test_a_task_that_is_reopened_and_completed_again_comes_back_once(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04")
    await complete(team, ref, "2030-03-04 13:00")
    await move(team, ref, "To do", "2030-03-04 14:00")
    await complete(team, ref, "2030-03-04 15:00")
    assert len(await titles(team)) == 2


async def test_a_task_that_is_reopened_at_once_does_not_come_back_until_it_is_done(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04")
    await move(team, ref, "Done", "2030-03-04 13:00")
    await move(team, ref, "To do", "2030-03-04 13:00")
    await at("2030-03-04 13:01")
    assert len(await titles(team)) == 1
    await complete(team, ref, "2030-03-04 14:00")
    assert len(await titles(team)) == 2


async def test_setting_a_recurrence_on_a_task_that_is_done_makes_nothing(team: Team) -> None:
    ref = await make_task(team, recurrence=None, column="Done")
    with time_is(utc("2030-03-04 13:00")):
        await tasks.edit_task(team.owner, ref, {"recurrence": WEEKLY})
    await at("2030-03-09 13:00")
    assert len(await titles(team)) == 1


async def test_a_recurrence_that_is_set_with_the_completion_counts(team: Team) -> None:
    ref = await make_task(team, recurrence=None, due="2030-03-04")
    with time_is(utc("2030-03-04 13:00")):
        await tasks.edit_task(team.owner, ref, {"recurrence": WEEKLY, "column_id": str(team.columns["Done"].id)})
    await at("2030-03-04 13:00")
    assert (await newest(team)).due == date(2030, 3, 11)


async def test_a_recurrence_that_is_taken_away_before_the_next_one_is_made_makes_none(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04")
    await move(team, ref, "Done", "2030-03-04 13:00")
    await tasks.edit_task(team.owner, ref, {"recurrence": None})
    await at("2030-03-04 13:01")
    assert len(await titles(team)) == 1
    assert (await Task.get(project=team.project, number=ref.number)).recur_at is None


async def test_an_archived_task_comes_back_and_one_in_the_trash_only_when_it_is_restored(team: Team) -> None:
    archived, trashed = await make_task(team, title="Archived"), await make_task(team, title="Trashed")
    for ref, change in ((archived, tasks.archive_task), (trashed, tasks.trash_task)):
        await move(team, ref, "Done", "2030-03-04 13:00")
        with time_is(utc("2030-03-04 13:00")):
            await change(team.owner, ref)
    await at("2030-03-04 13:01")
    assert await titles(team) == ["Archived"]
    with time_is(utc("2030-03-05 13:00")):
        await tasks.restore_task(team.owner, trashed)
    await at("2030-03-05 13:00")
    assert await titles(team) == ["Trashed", "Archived", "Trashed"]


async def test_nothing_comes_back_in_an_archived_project(team: Team) -> None:
    ref = await make_task(team)
    await move(team, ref, "Done", "2030-03-04 13:00")
    with time_is(utc("2030-03-04 13:00")):
        await projects.archive_project(team.owner, team.key)
    await at("2030-03-04 13:01")
    assert len(await titles(team)) == 1


async def test_a_full_column_makes_the_next_one_wait_for_room(team: Team) -> None:
    ref = await make_task(team)
    other = await make_task(team, title="Other", recurrence=None)
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 1})
    await complete(team, ref, "2030-03-04 13:00")
    assert await titles(team) == ["Water the plants", "Other"]
    await move(team, other, "Done", "2030-03-04 13:10")
    await at("2030-03-04 13:11")
    assert await titles(team) == ["Water the plants", "Other", "Water the plants"]


async def test_a_board_of_finished_work_alone_does_not_fill_itself(team: Team) -> None:
    ref = await make_task(team, column="Done")
    for name in ("Backlog", "To do", "In progress", "In review"):
        await columns.delete_column(team.owner, team.key, team.columns[name].id)
    for hour in range(5):
        await at(f"2030-03-04 {hour:02}:00")
    assert await titles(team) == ["Water the plants"]
    assert (await get_task(team.owner, ref)).recurrence == WEEKLY


async def test_reminders_that_count_from_the_due_time_come_along(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04T17:00:00Z")
    with time_is(utc("2030-03-01 12:00")):
        await add_reminder(team.owner, ref, {"minutes_before": 60})
        await add_reminder(team.owner, ref, {"at": "2030-03-02T12:00:00Z"})
    await complete(team, ref, "2030-03-04 13:00")
    reminders = await list_reminders(team.owner, TaskRef.parse((await newest(team)).ref))
    assert [(each.minutes_before, each.fire_at) for each in reminders] == [(60, utc("2030-03-11 16:00"))]


async def test_who_has_left_is_not_assigned_again_and_their_tasks_come_back(team: Team) -> None:
    with time_is(utc("2030-01-01 00:00")):
        ana = await team.person()
    with time_is(utc("2030-03-01 12:00")):
        fields = {"title": "Report", "recurrence": WEEKLY, "assignee_ids": [str(ana.account_id)]}
        task = await tasks.create_task(ana, team.key, fields)
        await accounts.remove_member(team.owner, ana.account_id)
    await complete(team, team.ref(task.number), "2030-03-04 13:00")
    again = await newest(team)
    assert (again.ref != task.ref, again.assignee_ids, again.watcher_ids) == (True, [], [])


async def test_the_next_one_is_one_command_which_can_be_undone_and_is_nobody_s_last(team: Team) -> None:
    ref = await make_task(team, due="2030-03-04")
    await complete(team, ref, "2030-03-04 13:00")
    events = await Event.filter(log_id=team.project.id).order_by("-revision").limit(2)
    assert [event.kind for event in events] == ["TaskCreated", "TaskEdited"]
    assert len({event.command for event in events}) == 1
    assert events[0].request_id.startswith("due:")
    completion = events[1].revision - 1
    assert (await undo_last(team.owner, team.key)).undone == completion
    await undo_command(team.owner, team.key, events[0].revision)
    assert (await get_task(team.owner, ref)).recurrence == WEEKLY
    assert await titles(team) == ["Water the plants"]
