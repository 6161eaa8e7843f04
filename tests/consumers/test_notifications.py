"""Who is told what happens, and who is not."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from tasktracker.consumers.notifications import STALE, Notifications
from tasktracker.consumers.reader import read_pass
from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import Account, ConsumerCursor, Notification
from tasktracker.models.database import connection
from tasktracker.services import accounts, comments, labels, projects, tasks, watchers
from tasktracker.services.clock import now, time_is
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_person, make_team
from tests.services.test_round_trips import counting

pytestmark = pytest.mark.usefixtures("database")


async def read_all() -> None:
    while await read_pass(Notifications()):
        continue


async def reasons_of(person: Actor) -> list[str]:
    """Why the person was told of what has happened, in the order of the events."""
    await read_all()
    return [each.reason for each in await Notification.filter(account_id=person.account_id).order_by("revision")]


async def handle_of(person: Actor) -> str:
    return (await Account.get(id=person.account_id)).handle


async def scene() -> tuple[Team, TaskRef, Actor]:
    """A team with a task of its owner, and somebody who watches it. The owner has been told of everything so far."""
    team = await make_team()
    ref, watcher = team.ref((await team.task()).number), await team.person()
    await watchers.watch(watcher, ref, watcher.account_id)
    return team, ref, watcher


async def test_who_watches_is_told_of_comments_and_changes_and_who_does_not_is_not() -> None:
    team, ref, watcher = await scene()
    other, stranger = await team.person(), await team.person()
    await comments.add_comment(other, ref, "Look at this.")
    await tasks.edit_task(other, ref, {"due": "2030-01-02"})
    await tasks.move_task(other, ref, Spot(str(team.columns["Done"].id)))
    for person in (watcher, team.owner):
        assert await reasons_of(person) == ["commented", "changed", "changed"]
    assert await reasons_of(stranger) == []


async def test_nobody_is_told_what_they_did_themselves() -> None:
    team, ref, watcher = await scene()
    handle = await handle_of(watcher)
    await comments.add_comment(watcher, ref, f"Note to @{handle}")
    await tasks.edit_task(watcher, ref, {"priority": "high", "assignee_ids": [str(watcher.account_id)]})
    assert await reasons_of(watcher) == []
    assert await reasons_of(team.owner) == ["commented", "changed"]


async def test_who_is_assigned_is_told_of_it_and_of_what_follows() -> None:
    team, ref, _ = await scene()
    ana = await team.person()
    await tasks.edit_task(team.owner, ref, {"assignee_ids": [str(ana.account_id)]})
    await comments.add_comment(team.owner, ref, "All yours.")
    await tasks.create_task(team.owner, team.key, {"title": "Another", "assignee_ids": [str(ana.account_id)]})
    assert await reasons_of(ana) == ["assigned", "commented", "assigned"]


async def test_the_strongest_reason_wins_and_an_event_is_told_once() -> None:
    team, ref, watcher = await scene()
    handle = await handle_of(watcher)
    await comments.add_comment(team.owner, ref, f"@{handle}, @{handle}!")
    await tasks.edit_task(
        team.owner, ref, {"title": "New", "description": f"@{handle}", "assignee_ids": [str(watcher.account_id)]}
    )
    await tasks.edit_task(team.owner, ref, {"assignee_ids": []})
    await tasks.edit_task(team.owner, ref, {"title": "Newer", "assignee_ids": [str(watcher.account_id)]})
    assert await reasons_of(watcher) == ["mentioned", "mentioned", "changed", "assigned"]


async def test_only_a_new_mention_is_told() -> None:
    team = await make_team()
    ana, ben = await team.person(), await team.person()
    one, two = await handle_of(ana), await handle_of(ben)
    ref = team.ref((await team.task(description=f"@{one}")).number)
    said = await comments.add_comment(team.owner, ref, f"@{two}")
    await comments.edit_comment(team.owner, ref, said.id, f"@{two} `@{one}`")
    await comments.edit_comment(team.owner, ref, said.id, f"@{two} @{one}")
    await tasks.edit_task(team.owner, ref, {"description": f"@{one} @{two}"})
    assert await reasons_of(ana) == ["mentioned", "mentioned"]
    assert await reasons_of(ben) == ["mentioned", "mentioned"]


async def test_who_may_not_see_the_task_by_now_is_not_told() -> None:
    team, stranger = await make_team(is_private=True), await make_team()
    outside, inside, elsewhere = await team.person(), await team.person(), await make_person(stranger.workspace)
    left = await team.person()
    for person in (inside, left):
        await projects.set_project_member(team.owner, team.key, person.account_id, "viewer")
    ref = team.ref((await team.task()).number)
    for person in (inside, left):
        await watchers.watch(person, ref, person.account_id)
    handles = [await handle_of(person) for person in (outside, elsewhere, inside, left)]
    await comments.add_comment(team.owner, ref, " ".join(f"@{handle}" for handle in handles))
    await projects.remove_project_member(team.owner, team.key, left.account_id)
    assert await reasons_of(inside) == ["mentioned"]
    for person in (outside, elsewhere, left):
        assert await reasons_of(person) == []


async def test_who_was_removed_from_the_workspace_is_not_told() -> None:
    team, ref, watcher = await scene()
    await comments.add_comment(team.owner, ref, "Hello?")
    await accounts.remove_member(team.owner, watcher.account_id)
    assert await reasons_of(watcher) == []


async def test_what_changes_nothing_of_weight_is_not_told() -> None:
    team, ref, watcher = await scene()
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    await tasks.edit_task(team.owner, ref, {"label_ids": [str(label.id)], "external_id": "7"})
    await team.task("Second")
    await tasks.move_task(team.owner, ref, Spot(str(team.columns["To do"].id), after=2))
    await labels.delete_label(team.owner, team.key, label.id)
    assert await reasons_of(watcher) == []


async def test_what_happened_long_ago_is_history_and_no_news() -> None:
    team, ref, watcher = await scene()
    hour = timedelta(hours=1)
    with time_is(now() - STALE - hour):
        old = await make_team()
        ana = await old.person()
        await old.task("Long ago", assignee_ids=[str(ana.account_id)])
    with time_is(now() - STALE + hour):
        await old.task("Not so long ago", assignee_ids=[str(ana.account_id)])
    await comments.add_comment(team.owner, ref, "Today")
    assert await reasons_of(ana) == ["assigned"]
    assert await reasons_of(watcher) == ["commented"]


async def test_reading_a_log_again_tells_nobody_twice() -> None:
    team, ref, watcher = await scene()
    await comments.add_comment(team.owner, ref, "Once")
    await read_all()
    told = await Notification.filter(account_id=watcher.account_id)
    await ConsumerCursor.filter(consumer=Notifications.name, log_id=team.project.id).update(revision=0)
    await read_all()
    assert await Notification.filter(account_id=watcher.account_id) == told


async def test_many_processes_that_read_at_once_tell_each_event_once() -> None:
    team, ref, watcher = await scene()
    await asyncio.gather(*(comments.add_comment(team.owner, ref, f"Comment {number}") for number in range(20)))
    await asyncio.gather(*(read_all() for _ in range(8)))
    assert await reasons_of(watcher) == ["commented"] * 20


async def test_a_day_of_work_is_told_in_few_statements() -> None:
    """However many events and people there are, a batch is read by one step of a few statements."""
    team, ref, _ = await scene()
    people = [await team.person() for _ in range(10)]
    for person in people:
        await watchers.watch(person, ref, person.account_id)
    await read_all()
    for number in range(30):
        await comments.add_comment(team.owner, ref, f"@{await handle_of(people[number % 10])} {number}")
    async with counting() as statements:
        await read_pass(Notifications(), [team.project.id])
    assert len(statements) < 20, statements
    assert await reasons_of(people[0]) == (["mentioned"] + ["commented"] * 9) * 3


async def test_a_notification_says_which_event_it_is_about() -> None:
    team, ref, watcher = await scene()
    said = await comments.add_comment(team.owner, ref, "Which?")
    await read_all()
    (told,) = await Notification.filter(account_id=watcher.account_id)
    rows = await connection().execute_query_dict(
        "SELECT subject_id, at, workspace_id, task_id FROM event WHERE log_id = $1 AND revision = $2",
        [told.log_id, told.revision],
    )
    assert rows[0]["subject_id"] == said.id
    assert (told.created_at, told.workspace_id, told.task_id) == tuple(rows[0].values())[1:]
    assert isinstance(told.id, UUID)
    assert told.id.version == 7
