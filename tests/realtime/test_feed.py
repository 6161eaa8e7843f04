"""The feed: hears at once, and where it cannot hear it looks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import DBConnectionError, OperationalError

from tasktracker.domain.ids import new_id
from tasktracker.models.database import connection
from tasktracker.realtime import feed as module
from tasktracker.realtime.doorbell import CHANNEL, Doorbell
from tasktracker.realtime.feed import Feed
from tasktracker.services.queries.boards import revisions_of
from tests.factories import make_team
from tests.realtime.ears import Cable, connections_of, eventually, kill

NAME = "tasktracker feed"


class Reader:
    """A process that has some projects open and notes how far each is."""

    def __init__(self, *open_logs: UUID) -> None:
        self.open_logs = open_logs
        self.newest: dict[UUID, int] = {}
        self.failures = 0
        self.error = Exception()
        self.looks = 0

    def heard(self, log_id: UUID, revision: int) -> bool:
        is_news = revision > self.newest.get(log_id, 0)
        if is_news:
            self.newest[log_id] = revision
        return is_news

    async def revisions_of(self, logs: list[UUID]) -> dict[UUID, int]:
        """As the real one, after failing as often as it is told to."""
        self.looks += 1
        if self.failures:
            self.failures -= 1
            raise self.error
        return await revisions_of(logs)


@asynccontextmanager
async def listening(reader: Reader, database_url: str) -> AsyncIterator[Feed]:
    feed = Feed(reader.heard, lambda: reader.open_logs, reader.revisions_of)
    feed.start(database_url)
    await asyncio.wait_for(feed.is_listening.wait(), 5)
    yield feed
    await feed.stop()


async def notify(payload: str) -> None:
    await connection().execute_query("SELECT pg_notify($1, $2)", [CHANNEL, payload])


async def test_a_ring_of_any_process_is_heard(database_url: str) -> None:
    log_id, bell, reader = new_id(), Doorbell(), Reader()
    async with listening(reader, database_url):
        bell.start(database_url)
        bell.ring(log_id, 5)
        await eventually(lambda: reader.newest == {log_id: 5}, within=0.5)
        await bell.stop()


async def test_a_killed_listen_costs_two_and_a_half_seconds_at_most_and_no_change(database_url: str) -> None:
    """Nobody rings here: what is heard is what the polls and the new connection find."""
    team = await make_team()
    reader = Reader(team.project.id)
    async with listening(reader, database_url):
        revision = 0
        for _ in range(2):
            await kill(NAME)
            await team.task()
            revision = (await revisions_of([team.project.id]))[team.project.id]
            await eventually(lambda: reader.newest.get(team.project.id) == revision, within=2.5)  # noqa: B023  at once


async def test_after_the_kill_notifications_are_heard_again(database_url: str) -> None:
    log_id, reader = new_id(), Reader()
    async with listening(reader, database_url) as feed:
        await kill(NAME)
        await eventually(lambda: not feed.is_listening.is_set(), within=1)
        await asyncio.wait_for(feed.is_listening.wait(), 2.5)
        await notify(f"{log_id.hex}:9")
        await eventually(lambda: reader.newest == {log_id: 9}, within=0.5)


async def test_a_connection_that_falls_silent_is_replaced(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK", 0.2)
    log_id, reader = new_id(), Reader()
    async with Cable.to(database_url) as (cable, url), listening(reader, url) as feed:
        cable.cut()
        await eventually(lambda: cable.opened > 1 and feed.is_listening.is_set(), within=4)
        await asyncio.wait_for(feed.is_listening.wait(), 2)
        await notify(f"{log_id.hex}:9")
        await eventually(lambda: reader.newest == {log_id: 9}, within=1)


@pytest.mark.parametrize(
    "error",
    [DBConnectionError("gone"), OperationalError("gone"), asyncpg.ConnectionDoesNotExistError("gone")],
    ids=lambda error: type(error).__name__,
)
async def test_it_goes_on_looking_when_the_database_was_away(
    database_url: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(module, "POLL", 0.05)
    team = await make_team()
    reader = Reader(team.project.id)
    async with listening(reader, database_url):
        await eventually(lambda: reader.newest, within=1)
        reader.failures, reader.error = 3, error
        await kill(NAME)
        for _ in range(2):
            await team.task()
            now = await revisions_of([team.project.id])
            await eventually(lambda: reader.newest == now, within=2)  # noqa: B023  waited for at once
        assert reader.failures == 0


@pytest.mark.parametrize("payload", ["", "hello", "1:2:3", "x" * 7_000, f"{UUID(int=7).hex}:many"])
async def test_somebody_elses_notification_does_no_harm(
    database_url: str, payload: str, caplog: pytest.LogCaptureFixture
) -> None:
    log_id, reader = new_id(), Reader()
    async with listening(reader, database_url):
        await notify(payload)
        await notify(f"{log_id.hex}:1")
        await eventually(lambda: reader.newest == {log_id: 1}, within=1)
    assert caplog.records == []


async def test_nothing_is_asked_while_nothing_is_open(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL", 0.01)
    reader = Reader()
    async with listening(reader, database_url):
        await asyncio.sleep(0.1)
    assert reader.looks == 0


async def test_a_stopped_feed_hears_nothing_and_leaves_no_connection(database_url: str) -> None:
    reader = Reader()
    async with listening(reader, database_url):
        pass
    async with asyncio.timeout(2):
        while await connections_of(NAME):
            await asyncio.sleep(0.01)
    await notify(f"{new_id().hex}:1")
    await asyncio.sleep(0.05)
    assert reader.newest == {}
