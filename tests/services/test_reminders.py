"""Reminders: who is told of what, and when."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import CannotUndo, Clash, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models import Event, Notification
from tasktracker.services import accounts, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.queries.reminders import list_reminders
from tasktracker.services.reminders import REMINDER_LIMIT, add_reminder, delete_reminder
from tasktracker.services.task_changes import Spot
from tasktracker.services.undo import undo_command, undo_last
from tasktracker.services.views import ReminderView
from tests.due_work import at, utc
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

DUE = "2030-03-05T17:00:00Z"


async def told(person: Actor) -> list[str]:
    """When the person was reminded."""
    rows = await Notification.filter(account_id=person.account_id, reason="reminder").order_by("created_at")
    return [f"{row.created_at:%Y-%m-%d %H:%M}" for row in rows]


async def remind(person: Actor, ref: TaskRef, **when: Any) -> ReminderView:
    with time_is(utc("2030-03-01 12:00")):
        return await add_reminder(person, ref, when)


async def make_task(team: Team, **fields: Any) -> TaskRef:
    with time_is(utc("2030-03-01 12:00")):
        return team.ref((await team.task(**fields)).number)


@pytest.fixture
async def team() -> Team:
    with time_is(utc("2030-01-01 00:00")):
        return await make_team()


async def test_somebody_is_reminded_at_the_moment_once(team: Team) -> None:
    ana, ref = await team.person(), await make_task(team)
    reminder = await remind(ana, ref, at="2030-03-04T18:30:00+01:00")
    assert (reminder.fire_at, reminder.fired_at) == (datetime(2030, 3, 4, 17, 30, tzinfo=UTC), None)
    await at("2030-03-04 17:29")
    assert await told(ana) == []
    for moment in ("2030-03-04 17:30", "2030-03-04 17:31", "2030-03-06 00:00"):
        await at(moment)
    assert (await told(ana), await told(team.owner)) == (["2030-03-04 17:30"], [])
    assert (await list_reminders(ana, ref))[0].fired_at == utc("2030-03-04 17:30")


async def test_the_notification_leads_to_the_reminder_that_fired(team: Team) -> None:
    ana, ref = await team.person(), await make_task(team)
    reminder = await remind(ana, ref, at="2030-03-04T18:30:00+01:00")
    await at("2030-03-04 17:30")
    notification = await Notification.get(account_id=ana.account_id)
    event = await Event.get(log_id=notification.log_id, revision=notification.revision)
    assert (event.kind, event.subject_id) == ("ReminderFired", reminder.id)


@pytest.mark.parametrize(("minutes", "moment"), [(0, "2030-03-05 17:00"), (90, "2030-03-05 15:30")])
async def test_a_reminder_fires_so_many_minutes_before_the_task_is_due(team: Team, minutes: int, moment: str) -> None:
    ref = await make_task(team, due=DUE)
    reminder = await remind(team.owner, ref, minutes_before=minutes)
    assert reminder.fire_at == utc(moment)
    await at(moment)
    assert await told(team.owner) == [moment]


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", "2030-03-05", "2030-03-05 08:00"),
        ("America/New_York", "2030-03-05", "2030-03-05 13:00"),
        ("Asia/Kathmandu", "2030-03-05", "2030-03-05 02:15"),
        ("Europe/Berlin", "2030-03-30", "2030-03-30 07:00"),
        ("Europe/Berlin", "2030-03-31", "2030-03-31 06:00"),
        ("Europe/Berlin", "2030-10-27", "2030-10-27 07:00"),
    ],
)
async def test_a_day_counts_from_nine_o_clock_where_the_person_lives(
    team: Team, zone: str, day: str, moment: str
) -> None:
    ana = await team.person(time_zone=zone)
    ref = await make_task(team, due=day)
    assert (await remind(ana, ref, minutes_before=60)).fire_at == utc(moment)
    await tasks.edit_task(team.owner, ref, {"due": "2030-06-01"})
    await tasks.edit_task(team.owner, ref, {"due": day})
    assert (await list_reminders(ana, ref))[0].fire_at == utc(moment)


async def test_a_reminder_follows_the_due_time_and_waits_while_there_is_none(team: Team) -> None:
    ref = await make_task(team)
    assert (await remind(team.owner, ref, minutes_before=60)).fire_at is None
    for due, fire_at in ((DUE, utc("2030-03-05 16:00")), (None, None), ("2030-03-07", utc("2030-03-07 08:00"))):
        with time_is(utc("2030-03-02 12:00")):
            await tasks.edit_task(team.owner, ref, {"due": due})
        assert (await list_reminders(team.owner, ref))[0].fire_at == fire_at


async def test_a_reminder_that_fired_fires_again_for_a_later_due_time(team: Team) -> None:
    ref = await make_task(team, due=DUE)
    await remind(team.owner, ref, minutes_before=60)
    await at("2030-03-05 16:00")
    with time_is(utc("2030-03-05 16:30")):
        await tasks.edit_task(team.owner, ref, {"due": "2030-03-06T17:00:00Z"})
    await at("2030-03-06 16:00")
    assert await told(team.owner) == ["2030-03-05 16:00", "2030-03-06 16:00"]


async def test_a_due_time_that_comes_nearer_than_the_reminder_reminds_at_once_and_a_past_one_never(team: Team) -> None:
    near, past = await make_task(team, due=DUE), await make_task(team, due=DUE)
    for ref in (near, past):
        await remind(team.owner, ref, minutes_before=60)
    with time_is(utc("2030-03-02 12:00")):
        await tasks.edit_task(team.owner, near, {"due": "2030-03-02T12:10:00Z"})
        await tasks.edit_task(team.owner, past, {"due": "2030-03-02T11:50:00Z"})
    await at("2030-03-02 12:00")
    assert await told(team.owner) == ["2030-03-02 12:00"]


@pytest.mark.parametrize("end", ["done", "archived", "trashed", "removed"])
async def test_a_reminder_that_nobody_needs_any_more_is_deleted_and_tells_nobody(team: Team, end: str) -> None:
    ana = await team.person()
    ref = await make_task(team)
    await remind(ana, ref, at="2030-03-04T17:30:00Z")
    with time_is(utc("2030-03-02 12:00")):
        match end:
            case "done":
                await tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id)))
            case "archived":
                await tasks.archive_task(team.owner, ref)
            case "trashed":
                await tasks.trash_task(team.owner, ref)
            case _:
                await accounts.remove_member(team.owner, ana.account_id)
    await at("2030-03-04 17:30")
    assert await told(ana) == []
    events = await Event.filter(log_id=team.project.id, at=utc("2030-03-04 17:30"))
    assert [event.kind for event in events] == ["ReminderDeleted"]


async def test_a_reminder_in_an_archived_project_fires_when_the_project_is_opened_again(team: Team) -> None:
    ref = await make_task(team)
    await remind(team.owner, ref, at="2030-03-04T17:30:00Z")
    with time_is(utc("2030-03-02 12:00")):
        await projects.archive_project(team.owner, team.key)
    await at("2030-03-04 17:30")
    assert await told(team.owner) == []
    with time_is(utc("2030-03-09 12:00")):
        await projects.unarchive_project(team.owner, team.key)
    await at("2030-03-09 12:00")
    assert await told(team.owner) == ["2030-03-09 12:00"]


async def test_reminders_are_seen_and_deleted_by_their_owner_alone(team: Team) -> None:
    ana, ben = await team.person(), await team.person()
    ref = await make_task(team)
    reminder = await remind(ana, ref, at="2030-03-04T17:30:00Z")
    assert await list_reminders(ana, ref) == [reminder]
    assert await list_reminders(ben, ref) == []
    assert isinstance(await outcome_of(delete_reminder(ben, ref, reminder.id)), NotFound)
    assert isinstance(await outcome_of(delete_reminder(ana, await make_task(team), reminder.id)), NotFound)
    await delete_reminder(ana, ref, reminder.id)
    assert await list_reminders(ana, ref) == []


async def test_a_viewer_may_have_reminders_and_a_stranger_learns_nothing(team: Team) -> None:
    viewer = await team.person()
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    ref = await make_task(team)
    reminder = await remind(viewer, ref, at="2030-03-04T17:30:00Z")
    assert await list_reminders(viewer, ref) == [reminder]
    stranger = (await make_team()).owner
    for call in (add_reminder(stranger, ref, {"minutes_before": 5}), list_reminders(stranger, ref)):
        assert isinstance(await outcome_of(call), NotFound)


@pytest.mark.parametrize(
    ("raw", "pointers"),
    [
        ({}, ["/at"]),
        ({"at": "2040-03-01T12:00:00Z", "minutes_before": 5}, ["/at"]),
        ({"at": "2040-03-01"}, ["/at"]),
        ({"at": "2040-03-01T12:00:00"}, ["/at"]),
        ({"at": None}, ["/at"]),
        ({"at": "2001-03-01T12:00:00Z"}, ["/at"]),
        ({"minutes_before": -1}, ["/minutes_before"]),
        ({"minutes_before": 600_000}, ["/minutes_before"]),
        ({"minutes_before": True}, ["/minutes_before"]),
        ({"minutes_before": 60 * 24 * 5}, ["/minutes_before"]),
        ({"on": "2040-03-01"}, ["/on"]),
    ],
)
async def test_a_reminder_that_makes_no_sense_is_refused(team: Team, raw: dict[str, Any], pointers: list[str]) -> None:
    ref = await make_task(team, due=DUE)
    with time_is(utc("2030-03-03 12:00")):
        assert await pointers_of(add_reminder(team.owner, ref, raw)) == pointers


async def test_a_finished_task_takes_no_reminder(team: Team) -> None:
    ref = await make_task(team, column="Done")
    assert isinstance(await outcome_of(add_reminder(team.owner, ref, {"at": "2040-01-01T00:00:00Z"})), Clash)


async def test_one_person_has_at_most_twenty_reminders_at_a_task(team: Team) -> None:
    ana, ref = await team.person(), await make_task(team)
    for minutes in range(REMINDER_LIMIT):
        await remind(ana, ref, minutes_before=minutes)
    assert isinstance(await outcome_of(add_reminder(ana, ref, {"minutes_before": 20})), Clash)
    await remind(team.owner, ref, minutes_before=20)
    await delete_reminder(ana, ref, (await list_reminders(ana, ref))[0].id)
    await remind(ana, ref, minutes_before=20)
    assert len(await list_reminders(ana, ref)) == REMINDER_LIMIT


async def test_undo_takes_a_reminder_back_and_puts_it_back_for_its_owner_alone(team: Team) -> None:
    ana, ref = await team.person(), await make_task(team, due=DUE)
    added = await remind(ana, ref, minutes_before=60)
    revision = (await Event.get(log_id=team.project.id, kind="ReminderAdded")).revision
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, revision)), CannotUndo)
    with time_is(utc("2030-03-01 13:00")):
        await undo_last(ana, team.key)
        assert await list_reminders(ana, ref) == []
        undone = (await Event.filter(log_id=team.project.id, kind="ReminderDeleted"))[0].revision
        assert isinstance(await outcome_of(undo_command(team.owner, team.key, undone)), CannotUndo)
        await undo_command(ana, team.key, undone)
    again = (await list_reminders(ana, ref))[0]
    assert (again.id, again.fire_at) == (added.id, added.fire_at)
    await at("2030-03-05 16:00")
    assert await told(ana) == ["2030-03-05 16:00"]


async def test_a_reminder_goes_along_into_another_time_zone(team: Team) -> None:
    ana = await team.person(time_zone="Europe/Berlin")
    day, moment = await make_task(team, due="2030-03-05"), await make_task(team, due=DUE)
    for ref in (day, moment):
        await remind(ana, ref, minutes_before=60)
    for zone, fire_at in (("Asia/Tokyo", "2030-03-04 23:00"), ("America/New_York", "2030-03-05 13:00")):
        await accounts.edit_me(ana, {"time_zone": zone})
        assert (await list_reminders(ana, day))[0].fire_at == utc(fire_at)
        assert (await list_reminders(ana, moment))[0].fire_at == utc("2030-03-05 16:00")
