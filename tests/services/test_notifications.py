"""One's own inbox: what is in it, and what one does with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Forbidden, NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.ids import new_id
from tasktracker.domain.references import TaskRef
from tasktracker.models import Event, Notification
from tasktracker.models.database import connection
from tasktracker.services import comments, projects, tasks, watchers
from tasktracker.services.clock import now
from tasktracker.services.inboxes import News, tell
from tasktracker.services.notifications import (
    read_notification,
    read_notifications,
    snooze_notification,
    unread_notification,
)
from tasktracker.services.queries.notifications import NotificationView, count_notifications, list_notifications
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of
from tests.services.test_round_trips import counting


async def scene(*said: str) -> tuple[Team, TaskRef, Actor]:
    """A team, a task, and somebody who was told of each comment on it."""
    team = await make_team()
    ref, person = team.ref((await team.task("Fix the login")).number), await team.person()
    await watchers.watch(person, ref, person.account_id)
    for body in said:
        await say(team, ref, body)
    return team, ref, person


async def say(team: Team, ref: TaskRef, body: str) -> None:
    """A comment of the owner's, told to all whom it concerns."""
    await comments.add_comment(team.owner, ref, body)
    event = await Event.filter(log_id=team.project.id, kind=EventKind.COMMENT_ADDED).order_by("-revision").first()
    assert event is not None
    await tell(connection(), team.project.id, [News(event.revision, "commented", None)])


async def bodies(actor: Actor, state: str = "unread") -> list[str]:
    """The comments that the person is told of."""
    return [each.changes[0]["new"] for each in (await list_notifications(actor, state=state)).items]


async def first(actor: Actor) -> NotificationView:
    return (await list_notifications(actor)).items[0]


async def test_a_notification_says_what_happened_where_by_whom_and_why() -> None:
    team, ref, person = await scene("Look")
    told = await first(person)
    assert (told.task, told.title, told.reason, told.kind) == (str(ref), "Fix the login", "commented", "CommentAdded")
    assert (told.actor_id, told.changes) == (team.owner.account_id, [{"field": "body", "old": None, "new": "Look"}])
    assert (told.read_at, told.snoozed_until) == (None, None)
    await tasks.edit_task(team.owner, ref, {"title": "Repair it"})
    assert (await first(person)).title == "Repair it"


async def test_the_inbox_is_read_part_by_part_newest_first_and_each_once() -> None:
    _, _, person = await scene(*"12345")
    seen, cursor = [], None
    while True:
        page = await list_notifications(person, limit=2, cursor=cursor)
        seen += [each.changes[0]["new"] for each in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [*"54321"]
    assert await pointers_of(list_notifications(person, cursor="x")) == ["/query/cursor"]
    assert await pointers_of(list_notifications(person, limit=0)) == ["/query/limit"]
    assert await pointers_of(list_notifications(person, state="new")) == ["/query/state"]


async def test_the_inbox_can_be_asked_for_one_reason_alone() -> None:
    team, ref, person = await scene("One")
    await comments.add_comment(team.owner, ref, "Two")
    event = await Event.filter(log_id=team.project.id, kind=EventKind.COMMENT_ADDED).order_by("-revision").first()
    assert event is not None
    await tell(connection(), team.project.id, [News(event.revision, "mentioned", person.account_id)])
    found = await list_notifications(person, reason="mentioned")
    assert [each.changes[0]["new"] for each in found.items] == ["Two"]
    assert await pointers_of(list_notifications(person, reason="envy")) == ["/query/reason"]


async def test_what_was_read_is_counted_no_more_and_can_be_unread_again() -> None:
    _, _, person = await scene("One", "Two")
    told = await first(person)
    read = await read_notification(person, told.id)
    assert read.read_at is not None
    assert (await count_notifications(person)).unread == 1
    assert await bodies(person) == ["One"]
    assert await bodies(person, "all") == ["Two", "One"]
    assert await unread_notification(person, told.id) == told
    assert (await count_notifications(person)).unread == 2


async def test_what_is_put_off_is_out_of_sight_until_its_time() -> None:
    _, _, person = await scene("One", "Two")
    told, until = await first(person), now() + timedelta(hours=1)
    snoozed = await snooze_notification(person, told.id, until.isoformat())
    assert snoozed.snoozed_until == until
    assert (await bodies(person), await bodies(person, "snoozed")) == (["One"], ["Two"])
    assert (await count_notifications(person)).unread == 1
    await Notification.filter(id=told.id).update(snoozed_until=now() - timedelta(seconds=1))
    assert (await bodies(person), await bodies(person, "snoozed")) == (["Two", "One"], [])


@pytest.mark.parametrize("until", [None, "", "soon", "2030-01-01", "2030-01-01T09:00:00", "2020-01-01T09:00:00Z", 5])
async def test_it_is_put_off_to_a_moment_that_is_still_to_come(until: object) -> None:
    _, _, person = await scene("One")
    assert await pointers_of(snooze_notification(person, (await first(person)).id, until)) == ["/until"]


async def test_reading_everything_leaves_what_is_snoozed_and_what_others_were_told() -> None:
    team, ref, person = await scene("One")
    other = await team.person()
    await watchers.watch(other, ref, other.account_id)
    await say(team, ref, "Two")
    await say(team, ref, "Three")
    await snooze_notification(person, (await first(person)).id, (now() + timedelta(hours=1)).isoformat())
    assert (await read_notifications(person)).unread == 0
    assert (await bodies(person), await bodies(person, "snoozed")) == ([], ["Three"])
    assert await bodies(other) == ["Three", "Two"]


async def test_reading_up_to_one_leaves_what_is_newer() -> None:
    _, _, person = await scene("One", "Two", "Three")
    two = (await list_notifications(person)).items[1]
    assert (await read_notifications(person, two.id)).unread == 1
    assert await bodies(person) == ["Three"]


async def test_somebody_elses_notification_is_not_found() -> None:
    team, _, person = await scene("One")
    told = await first(person)
    until = (now() + timedelta(hours=1)).isoformat()
    for actor, wanted in ((team.owner, told.id), (person, new_id())):
        for call in (
            read_notification(actor, wanted),
            unread_notification(actor, wanted),
            snooze_notification(actor, wanted, until),
        ):
            assert isinstance(await outcome_of(call), NotFound)
        assert await pointers_of(read_notifications(actor, wanted)) == ["/up_to"]
    assert await first(person) == told


async def test_what_concerns_a_task_that_one_may_not_see_any_more_is_not_there() -> None:
    team, ref, person = await scene("Secret", "Plans")
    told = await first(person)
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    for state in ("unread", "all", "snoozed"):
        assert await bodies(person, state) == []
    assert (await count_notifications(person)).unread == 0
    assert isinstance(await outcome_of(read_notification(person, told.id)), NotFound)
    await projects.set_project_member(team.owner, team.key, person.account_id, "viewer")
    assert await first(person) == told, "nothing was marked meanwhile"
    await tasks.trash_task(team.owner, ref)
    assert await bodies(person) == ["Plans", "Secret"]


async def test_a_token_that_only_reads_marks_nothing() -> None:
    _, _, person = await scene("One")
    reader, told = replace(person, may_write=False), await first(person)
    for call in (read_notification(reader, told.id), read_notifications(reader)):
        assert isinstance(await outcome_of(call), Forbidden)
    assert await first(reader) == told


async def test_marks_are_ones_own_and_no_log_tells_of_them() -> None:
    team, _, person = await scene("One")
    events = await Event.filter(workspace_id=team.workspace.id).count()
    await read_notification(person, (await first(person)).id)
    await read_notifications(person)
    assert await Event.filter(workspace_id=team.workspace.id).count() == events


async def test_of_several_reasons_the_strongest_is_kept() -> None:
    team, ref, person = await scene()
    await comments.add_comment(team.owner, ref, "Look")
    event = await Event.get(log_id=team.project.id, kind=EventKind.COMMENT_ADDED)
    news = [News(event.revision, reason, person.account_id) for reason in ("commented", "mentioned", "changed")]
    await tell(connection(), team.project.id, news)
    assert [each.reason for each in (await list_notifications(person)).items] == ["mentioned"]


async def test_an_inbox_of_thousands_is_read_by_its_indexes() -> None:
    team, _, person = await scene("One")
    await connection().execute_query(_MANY_EVENTS, [team.project.id])
    await connection().execute_query(_MANY_TOLD, [person.account_id, team.owner.account_id])
    await connection().execute_script("ANALYZE")
    assert len((await list_notifications(person, state="all", limit=100)).items) == 100
    for state in ("all", "unread"):
        plan = await _plan(person, state)
        assert "Seq Scan on notification" not in plan
        assert "on notification n" in plan, "the plan is the inbox's"


_MANY_EVENTS = """
    INSERT INTO event (workspace_id, log_id, revision, kind, subject_id, task_id, version, actor_id, at, request_id,
                       changes, digest, prev_hash, hash)
    SELECT e.workspace_id, e.log_id, e.revision + n, e.kind, e.subject_id, e.task_id, e.version, e.actor_id,
        e.at + n * interval '1 second', e.request_id, e.changes, e.digest, e.prev_hash, e.hash
    FROM event e JOIN project p ON p.id = e.log_id AND p.revision = e.revision, generate_series(1, 20000) n
    WHERE e.log_id = $1
"""
_MANY_TOLD = """
    INSERT INTO notification (id, workspace_id, account_id, task_id, log_id, revision, reason, created_at, read_at)
    SELECT gen_random_uuid(), told.workspace_id,
        CASE WHEN e.revision % 5 = 0 THEN told.account_id ELSE $2::uuid END, told.task_id, e.log_id, e.revision,
        'changed', e.at, CASE WHEN e.revision % 200 > 0 THEN now() END
    FROM notification told JOIN event e ON e.log_id = told.log_id AND e.revision > told.revision
    WHERE told.account_id = $1
"""


async def _plan(person: Actor, state: str) -> str:
    """How PostgreSQL finds the first part of the inbox."""
    async with counting() as statements:
        await list_notifications(person, state=state)
    values = [person.workspace_id, person.account_id, None, 51]
    rows = await connection().execute_query_dict(f"EXPLAIN {statements[0]}", values)
    return "\n".join(row["QUERY PLAN"] for row in rows)
