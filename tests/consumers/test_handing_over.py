"""What a process that is about to end leaves to the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from tasktracker.consumers import reader
from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import read_pass, ring_for_what_is_left
from tasktracker.consumers.whole import whole
from tasktracker.realtime.doorbell import CHANNEL, Doorbell, doorbell
from tests.factories import make_team

Hear = Callable[[], Awaitable[str]]


@pytest.fixture
async def hear(database_url: str) -> AsyncIterator[Hear]:
    """What another process has heard by now."""
    payloads: list[str] = []
    listener = await asyncpg.connect(database_url)
    await listener.add_listener(CHANNEL, lambda *about: payloads.append(str(about[-1])))

    async def hear() -> str:
        await listener.execute(f"NOTIFY {CHANNEL}")  # comes behind all that was sent before
        return ",".join(payloads)

    yield hear
    await listener.close()


async def test_the_others_hear_of_every_log_that_is_not_read_to_its_end(
    database: None, database_url: str, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "LOGS", 100_000)  # other tests have left some, too
    read, left = await make_team(), await make_team()
    await read_pass(Notifications(), [read.project.id])
    doorbell.start(database_url)
    await ring_for_what_is_left([Notifications()])
    await doorbell.stop()
    said = await hear()
    assert left.project.id.hex in said
    assert read.project.id.hex not in said


async def test_what_was_rung_last_is_sent_before_the_bell_stops(database: None, database_url: str, hear: Hear) -> None:
    team = await make_team()
    bell = Doorbell()
    bell.start(database_url)
    bell.ring(team.project.id, 7)
    await bell.stop()
    assert f"{team.project.id.hex}:7" in await hear()


async def test_a_step_is_done_before_whoever_does_it_is_stopped() -> None:
    done: list[str] = []

    async def step() -> None:
        await asyncio.sleep(0.05)
        done.append("whole")

    async def steps() -> None:
        while True:
            await whole(step())

    stepping = asyncio.create_task(steps())
    await asyncio.sleep(0.01)
    stepping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stepping
    assert done == ["whole"], "and no second one was begun"


async def test_a_step_that_fails_in_the_end_keeps_nobody_from_being_stopped() -> None:
    async def step() -> None:
        await asyncio.sleep(0.05)
        raise ConnectionError

    stepping = asyncio.create_task(whole(step()))
    await asyncio.sleep(0.01)
    stepping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stepping


async def test_a_step_that_does_not_end_is_undone_when_asked_again() -> None:
    outcome: list[str] = []

    async def step() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            outcome.append("undone")
            raise

    stepping = asyncio.create_task(whole(step()))
    await asyncio.sleep(0.01)
    for _ in range(2):
        stepping.cancel()
        await asyncio.sleep(0.01)
    with pytest.raises(asyncio.CancelledError):
        await stepping
    assert outcome == ["undone"]
