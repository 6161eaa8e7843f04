"""Who is told that a task is due, and when."""

from importlib import import_module
from typing import Any

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import DueNotice, Event, Notification
from tasktracker.models.database import connection
from tasktracker.services import accounts, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.project_copies import duplicate_project
from tasktracker.services.purge import purge_task
from tasktracker.services.relocation import transfer_task
from tasktracker.services.reminders import add_reminder
from tasktracker.services.task_changes import Spot
from tests.due_work import at, utc
from tests.factories import Team, make_team


async def told(person: Actor) -> list[str]:
    """When the person was told that something is due."""
    rows = await Notification.filter(account_id=person.account_id, reason="due").order_by("created_at")
    return [f"{row.created_at:%Y-%m-%d %H:%M}" for row in rows]


async def fell_due(team: Team) -> int:
    return await Event.filter(log_id=team.project.id, kind="TaskFellDue").count()


async def make_task(team: Team, *people: Actor, moment: str = "2030-03-01 12:00", **fields: Any) -> TaskRef:
    with time_is(utc(moment)):
        task = await team.task(assignee_ids=[str(person.account_id) for person in people], **fields)
    return team.ref(task.number)


@pytest.fixture
async def team() -> Team:
    with time_is(utc("2030-01-01 00:00")):
        return await make_team()


async def test_an_assignee_is_told_once_when_the_moment_has_come(team: Team) -> None:
    ana = await team.person()
    await make_task(team, ana, due="2030-03-05T17:00:00Z")
    await at("2030-03-05 16:59")
    assert await told(ana) == []
    for moment in ("2030-03-05 17:00", "2030-03-05 17:01", "2030-03-09 00:00"):
        await at(moment)
    assert (await told(ana), await fell_due(team)) == (["2030-03-05 17:00"], 1)
    assert await told(team.owner) == ["2030-03-05 17:00"], "who made the task watches it"


async def test_a_notification_leads_to_the_event(team: Team) -> None:
    ana = await team.person()
    await make_task(team, ana, due="2030-03-05T17:00:00Z")
    await at("2030-03-05 17:00")
    notification = await Notification.get(account_id=ana.account_id)
    event = await Event.get(log_id=notification.log_id, revision=notification.revision)
    assert (event.kind, event.task_id, event.changes) == ("TaskFellDue", notification.task_id, [])


async def test_a_day_begins_at_nine_where_each_person_lives(team: Team) -> None:
    tokyo = await team.person(time_zone="Asia/Tokyo")
    berlin = await team.person(time_zone="Europe/Berlin")
    new_york = await team.person(time_zone="America/New_York")
    await make_task(team, tokyo, berlin, new_york, due="2030-03-05")
    for hour in range(24):
        await at(f"2030-03-05 {hour:02}:00")
    assert [await told(each) for each in (tokyo, berlin, new_york)] == [
        ["2030-03-05 00:00"],
        ["2030-03-05 08:00"],
        ["2030-03-05 14:00"],
    ]
    assert await fell_due(team) == 1


@pytest.mark.parametrize(
    ("day", "nine"),
    [("2030-03-30", "08:00"), ("2030-03-31", "07:00"), ("2030-10-26", "07:00"), ("2030-10-27", "08:00")],
)
async def test_nine_o_clock_stays_nine_when_the_clocks_change(team: Team, day: str, nine: str) -> None:
    berlin = await team.person(time_zone="Europe/Berlin")
    await make_task(team, berlin, due=day)
    for hour in range(6, 10):
        await at(f"{day} {hour:02}:00")
    assert await told(berlin) == [f"{day} {nine}"]


async def test_a_new_due_time_is_told_anew(team: Team) -> None:
    ana = await team.person()
    ref = await make_task(team, ana, due="2030-03-05T17:00:00Z")
    await at("2030-03-05 17:00")
    with time_is(utc("2030-03-05 18:00")):
        await tasks.edit_task(team.owner, ref, {"due": "2030-03-06T17:00:00Z"})
    await at("2030-03-06 17:00")
    assert (await told(ana), await fell_due(team)) == (["2030-03-05 17:00", "2030-03-06 17:00"], 2)


async def test_nobody_is_told_of_a_due_time_that_had_passed_when_it_was_set(team: Team) -> None:
    berlin = await team.person(time_zone="Europe/Berlin")
    await make_task(team, berlin, due="2029-12-24")
    await make_task(team, berlin, due="2030-03-01T11:59:00Z")
    await make_task(team, berlin, due="2030-03-01")
    await at("2030-03-02 12:00")
    assert (await told(berlin), await fell_due(team)) == ([], 0)


async def test_a_due_time_that_was_taken_away_is_not_told(team: Team) -> None:
    ana = await team.person()
    ref = await make_task(team, ana, due="2030-03-05")
    await tasks.edit_task(team.owner, ref, {"due": None})
    await at("2030-03-06 12:00")
    assert await told(ana) == []


@pytest.mark.parametrize("end", ["done", "archived", "trashed"])
async def test_nobody_is_told_of_a_task_that_is_out_of_the_way(team: Team, end: str) -> None:
    ana = await team.person()
    ref = await make_task(team, ana, due="2030-03-05")
    match end:
        case "done":
            await tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id)))
        case "archived":
            await tasks.archive_task(team.owner, ref)
        case _:
            await tasks.trash_task(team.owner, ref)
    await at("2030-03-06 12:00")
    assert (await told(ana), await fell_due(team)) == ([], 0)


async def test_a_task_that_is_reopened_in_time_is_told(team: Team) -> None:
    ana = await team.person()
    ref = await make_task(team, ana, due="2030-03-05T17:00:00Z")
    await tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id)))
    await tasks.move_task(team.owner, ref, Spot(str(team.columns["To do"].id)))
    await at("2030-03-05 17:00")
    assert await told(ana) == ["2030-03-05 17:00"]


async def test_who_joins_before_it_is_due_is_told_and_who_joins_later_or_left_is_not(team: Team) -> None:
    early, late, gone = [await team.person() for _ in range(3)]
    ref = await make_task(team, gone, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-04 12:00")):
        await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(early.account_id)]})
    await at("2030-03-05 17:00")
    with time_is(utc("2030-03-05 17:30")):
        await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(early.account_id), str(late.account_id)]})
    await at("2030-03-05 18:00")
    assert (await told(early), await told(late), await told(gone)) == (["2030-03-05 17:00"], [], [])


async def test_who_joins_is_told_at_their_own_nine_o_clock(team: Team) -> None:
    tokyo = await team.person(time_zone="Asia/Tokyo")
    auckland = await team.person(time_zone="Pacific/Auckland")
    ref = await make_task(team, due="2030-03-05")
    with time_is(utc("2030-03-02 12:00")):
        await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(tokyo.account_id)]})
        await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(auckland.account_id), str(tokyo.account_id)]})
    for moment in ("2030-03-04 20:00", "2030-03-05 00:00", "2030-03-05 09:00"):
        await at(moment)
    assert [await told(each) for each in (auckland, tokyo, team.owner)] == [
        ["2030-03-04 20:00"],
        ["2030-03-05 00:00"],
        ["2030-03-05 09:00"],
    ]


async def test_a_late_notice_is_not_lost_when_the_task_changes_meanwhile(team: Team) -> None:
    ana, ben = await team.person(), await team.person()
    ref = await make_task(team, ana, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-05 17:10")):
        await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(ana.account_id), str(ben.account_id)]})
    await at("2030-03-05 17:20")
    assert (await told(ana), await told(ben)) == (["2030-03-05 17:20"], ["2030-03-05 17:20"])


async def test_who_may_not_see_the_project_any_more_is_not_told(team: Team) -> None:
    ana, ben = await team.person(), await team.person()
    await make_task(team, ana, ben, due="2030-03-05T17:00:00Z")
    await accounts.remove_member(team.owner, ana.account_id)
    await at("2030-03-05 17:00")
    assert (await told(ana), await told(ben)) == ([], ["2030-03-05 17:00"])


async def test_whoever_has_moved_east_or_west_is_told_once_by_their_new_clock(team: Team) -> None:
    east = await team.person(time_zone="America/New_York")
    west = await team.person(time_zone="Europe/Berlin")
    await make_task(team, east, west, due="2030-03-05")
    with time_is(utc("2030-03-02 12:00")):
        await accounts.edit_me(east, {"time_zone": "Asia/Tokyo"})
        await accounts.edit_me(west, {"time_zone": "America/New_York"})
    for hour in range(24):
        await at(f"2030-03-05 {hour:02}:00")
    assert (await told(east), await told(west)) == (["2030-03-05 00:00"], ["2030-03-05 14:00"])


async def test_an_archived_project_tells_nobody_until_it_is_opened_again(team: Team) -> None:
    ana = await team.person()
    await make_task(team, ana, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-02 00:00")):
        await projects.archive_project(team.owner, team.key)
    await at("2030-03-05 17:00")
    assert await told(ana) == []
    with time_is(utc("2030-03-07 00:00")):
        await projects.unarchive_project(team.owner, team.key)
    await at("2030-03-07 00:00")
    assert await told(ana) == ["2030-03-07 00:00"]


async def test_due_times_from_before_this_release_are_told_too(team: Team) -> None:
    tokyo = await team.person(time_zone="Asia/Tokyo")
    await make_task(team, tokyo, due="2130-03-05")
    await make_task(team, due="2130-03-05T12:00:00Z")
    await make_task(team, due="2001-03-05")
    await make_task(team)
    notices = DueNotice.filter(task__project=team.project).order_by("task__number")
    made = [each.tell_at for each in await notices]
    assert made == [utc("2130-03-05 00:00"), utc("2130-03-05 12:00"), None]
    await connection().execute_query("DELETE FROM due_notice")
    await connection().execute_query(import_module("tasktracker.migrations.0002_work_items").NOTICES)
    assert [each.tell_at for each in await notices] == made


async def test_a_task_that_went_to_another_project_is_told_there(team: Team) -> None:
    ana = await team.person()
    await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    ref = await make_task(team, ana, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-02 12:00")):
        await add_reminder(ana, ref, {"minutes_before": 60})
        await transfer_task(team.owner, ref, f"{team.key}B")
    await at("2030-03-05 17:00")
    assert (await told(ana), await fell_due(team)) == (["2030-03-05 17:00"], 0)
    told_of = await Notification.filter(account_id=ana.account_id)
    assert {each.reason for each in told_of} == {"due", "reminder"}


async def test_the_tasks_of_a_copied_project_are_told_too(team: Team) -> None:
    ana = await team.person()
    await make_task(team, ana, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-02 12:00")):
        await duplicate_project(team.owner, team.key, {"key": f"{team.key}B", "name": "Shop"}, with_tasks=True)
    await at("2030-03-05 17:00")
    assert len(await told(ana)) == 2


async def test_a_task_that_is_purged_takes_its_reminders_and_notices_along(team: Team) -> None:
    ref = await make_task(team, due="2030-03-05T17:00:00Z")
    with time_is(utc("2030-03-02 12:00")):
        await add_reminder(team.owner, ref, {"minutes_before": 60})
        await tasks.trash_task(team.owner, ref)
        await purge_task(team.owner, ref)
    await at("2030-03-05 17:00")
    assert await DueNotice.filter(task__project=team.project).count() == 0
