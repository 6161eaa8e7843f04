"""Open pages hear of what comes into somebody's inbox, in every process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import read_pass
from tasktracker.domain.actor import Actor
from tasktracker.domain.ids import new_id
from tasktracker.models import Notification
from tasktracker.models.database import connection
from tasktracker.realtime.doorbell import INBOX_CHANNEL, PAYLOAD_LIMIT, doorbell, inbox_payloads, inboxes_in
from tasktracker.realtime.feed import Feed
from tasktracker.realtime.inbox_hub import InboxHub
from tasktracker.services import comments
from tasktracker.services.clock import now
from tasktracker.services.notifications import read_notifications, snooze_notification
from tasktracker.services.queries.notifications import list_notifications, marks_of
from tasktracker.services.queries.shell import get_shell
from tasktracker.services.transaction import unit_of_work
from tests.factories import Team, make_team
from tests.realtime.ears import eventually, kill


@dataclass
class Tab:
    """An open page of somebody; `told` counts how often it was told to read the inbox again."""

    told: int = 0

    async def open(self, hub: InboxHub, actor: Actor) -> None:
        mark = (await get_shell(actor)).inbox_mark
        self.close = hub.follow((actor.workspace_id, actor.account_id), mark, self._tell)

    def _tell(self) -> None:
        self.told += 1


@asynccontextmanager
async def replica(database_url: str) -> AsyncIterator[InboxHub]:
    """What a process has for its pages."""
    hub = InboxHub(marks_of)
    feed = Feed(lambda _log, _revision: False, list, _no_revisions, hub)
    feed.start(database_url)
    await asyncio.wait_for(feed.is_listening.wait(), 5)
    yield hub
    await feed.stop()


async def _no_revisions(_logs: list[UUID]) -> dict[UUID, int]:
    return {}


async def assign(team: Team, *people: Actor) -> None:
    """A new task of theirs, which the consumer has told them of."""
    await team.task(assignee_ids=[str(person.account_id) for person in people])
    while await read_pass(Notifications(), [team.project.id]):
        continue


@given(st.lists(st.uuids(), max_size=600))
def test_whose_inbox_was_rung_is_what_is_heard(ids: list[UUID]) -> None:
    sent = inbox_payloads(ids)
    assert [account_id for payload in sent for account_id in inboxes_in(payload)] == ids
    assert all(len(payload) <= PAYLOAD_LIMIT for payload in sent)


async def test_what_comes_in_is_told_to_that_persons_tabs_in_every_process_at_once(database_url: str) -> None:
    team = await make_team()
    ana, ben, tabs = await team.person(), await team.person(), [Tab(), Tab(), Tab()]
    doorbell.start(database_url)
    async with replica(database_url) as one, replica(database_url) as other:
        await tabs[0].open(one, ana)
        await tabs[1].open(other, ana)
        await tabs[2].open(other, ben)
        await assign(team, ana)
        await eventually(lambda: [tab.told for tab in tabs] == [1, 1, 0], within=1)
        await read_notifications(ana)
        await eventually(lambda: [tab.told for tab in tabs] == [2, 2, 0], within=1)
    await doorbell.stop()


async def test_a_tab_that_has_gone_is_told_nothing_and_a_tab_that_fails_keeps_nothing_from_the_others() -> None:
    team, hub = await make_team(), InboxHub(marks_of)
    ana, gone, tab = await team.person(), Tab(), Tab()
    inbox = (ana.workspace_id, ana.account_id)
    hub.follow(inbox, "", lambda: 1 // 0)  # type: ignore[arg-type]
    await gone.open(hub, ana)
    await tab.open(hub, ana)
    gone.close()
    await assign(team, ana)
    assert await hub.look() == 2
    assert await hub.look() == 0, "each is told once of the same"
    assert (tab.told, gone.told) == (1, 0)


async def test_what_nobody_rang_for_is_found_by_looking(database_url: str) -> None:
    """The doorbell is not started: as when the process that wrote it died before it could ring."""
    team = await make_team()
    ana, tab = await team.person(), Tab()
    async with replica(database_url) as hub:
        await tab.open(hub, ana)
        await assign(team, ana)
        await eventually(lambda: tab.told == 1, within=2.5)
        await kill("tasktracker feed")
        await assign(team, ana)
        await eventually(lambda: tab.told == 2, within=2.5)


async def test_what_was_put_off_is_told_when_its_time_comes() -> None:
    team, hub = await make_team(), InboxHub(marks_of)
    ana, tab = await team.person(), Tab()
    await assign(team, ana)
    told = (await list_notifications(ana)).items[0]
    await snooze_notification(ana, told.id, (now() + timedelta(hours=1)).isoformat())
    await tab.open(hub, ana)
    assert await hub.look() == 0
    await Notification.filter(id=told.id).update(snoozed_until=now() - timedelta(seconds=1))
    assert await hub.look() == 1


async def test_what_happens_between_reading_and_following_is_told() -> None:
    team, hub = await make_team(), InboxHub(marks_of)
    ana, tab = await team.person(), Tab()
    shell = await get_shell(ana)
    await assign(team, ana)
    hub.follow((ana.workspace_id, ana.account_id), shell.inbox_mark, tab._tell)  # noqa: SLF001  as a page does
    assert (shell.unread, await hub.look()) == (0, 1)


async def test_the_frame_counts_what_is_unread_where_one_may_still_look() -> None:
    team = await make_team()
    ana = await team.person()
    await assign(team, ana)
    await assign(team, ana)
    assert (await get_shell(ana)).unread == 2
    await connection().execute_query("UPDATE project SET is_private = true WHERE id = $1", [team.project.id])
    assert (await get_shell(ana)).unread == 0


async def test_nonsense_on_the_channel_is_passed_over(database_url: str) -> None:
    team = await make_team()
    ana, tab = await team.person(), Tab()
    async with replica(database_url) as hub:
        await tab.open(hub, ana)
        for payload in ("nonsense", "", new_id().hex):
            await connection().execute_query("SELECT pg_notify($1, $2)", [INBOX_CHANNEL, payload])
        await assign(team, ana)
        await connection().execute_query("SELECT pg_notify($1, $2)", [INBOX_CHANNEL, ana.account_id.hex])
        await eventually(lambda: tab.told == 1, within=1)


async def test_a_refused_mark_rings_nothing(database_url: str) -> None:
    team = await make_team()
    ana, tab = await team.person(), Tab()
    await assign(team, ana)
    doorbell.start(database_url)
    async with replica(database_url) as hub:
        await tab.open(hub, ana)
        await asyncio.sleep(2)  # what was rung before has been heard, on a slow machine too
        before = tab.told
        with pytest.raises(LookupError):
            await _read_and_fail(ana)
        # Her own: a server of other tests, on the same database, tells her of what others do.
        await comments.add_comment(ana, team.ref(1), "Hello")
        await asyncio.sleep(0.3)
        assert tab.told == before
    await doorbell.stop()


async def _read_and_fail(ana: Actor) -> None:
    async with unit_of_work():
        await read_notifications(ana)
        raise LookupError
