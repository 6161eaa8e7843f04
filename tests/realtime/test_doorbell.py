"""The doorbell: short, seldom, and with the newest revision, whatever happens to its connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.ids import new_id
from tasktracker.models import Project
from tasktracker.realtime import doorbell as module
from tasktracker.realtime.doorbell import CHANNEL, PAYLOAD_LIMIT, Doorbell, doorbell, payloads, rings_in
from tasktracker.services.transaction import unit_of_work
from tests.factories import Team, make_team
from tests.realtime.ears import Cable, Ears, eventually, kill

RINGS = st.lists(st.tuples(st.uuids(), st.integers(1, 2**63 - 1)), max_size=400)


@given(RINGS)
def test_what_is_rung_is_what_is_heard(rings: list[tuple[UUID, int]]) -> None:
    sent = payloads(rings)
    assert [ring for payload in sent for ring in rings_in(payload)] == rings
    assert all(len(payload.encode()) <= PAYLOAD_LIMIT == 7_900 for payload in sent)


@given(st.integers(1, 400))
def test_no_more_is_sent_than_the_limit_makes_necessary(count: int) -> None:
    rings = [(new_id(), 2**63 - 1)] * count
    sent = payloads(rings)
    longest = len(f"{rings[0][0].hex}:{rings[0][1]}")
    assert len(sent) == -(-count // ((PAYLOAD_LIMIT + 1) // (longest + 1)))


async def test_postgresql_takes_a_full_payload(database_url: str, ears: Ears) -> None:
    (payload, _) = payloads([(new_id(), 2**63 - 1)] * 152)
    connection = await asyncpg.connect(database_url)
    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
    await connection.close()
    await eventually(lambda: ears.heard, within=1)
    assert ears.heard[0][1] == payload


async def test_a_ring_is_heard_at_once(database_url: str, ears: Ears) -> None:
    async with ringing(database_url) as bell:
        log_id = new_id()
        bell.ring(log_id, 7)
        await eventually(lambda: ears.revisions_of(log_id) == [7], within=1)


async def test_a_thousand_rings_a_second_are_twenty_with_the_newest_revisions(database_url: str, ears: Ears) -> None:
    logs = [new_id() for _ in range(5)]
    async with ringing(database_url) as bell:
        for revision in range(1, 201):
            for log_id in logs:
                bell.ring(log_id, revision)
            await asyncio.sleep(0.005)
        await eventually(lambda: all(ears.revisions_of(log_id)[-1:] == [200] for log_id in logs), within=1)
    took = ears.heard[-1][0] - ears.heard[0][0]
    assert len(ears.heard) <= 20 * took + 2
    for log_id in logs:
        assert all(one < other for one, other in pairwise(ears.revisions_of(log_id)))


async def test_rings_that_come_out_of_order_say_the_newest(database_url: str, ears: Ears) -> None:
    async with ringing(database_url) as bell:
        log_id = new_id()
        for revision in (3, 9, 5):
            bell.ring(log_id, revision)
        await eventually(lambda: ears.heard, within=1)
    assert ears.revisions_of(log_id) == [9]


async def test_no_ring_is_lost_when_its_connection_is_killed(
    database_url: str, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY", 0.05)
    logs = [new_id() for _ in range(60)]
    async with ringing(database_url) as bell:
        for number, log_id in enumerate(logs):
            bell.ring(log_id, 1)
            if number % 20 == 10:
                await kill("tasktracker doorbell")
            await asyncio.sleep(0.01)
        await eventually(lambda: all(ears.revisions_of(log_id) for log_id in logs), within=3)


async def test_a_connection_that_falls_silent_is_replaced(
    database_url: str, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY", 0.05)
    monkeypatch.setattr(module, "TIMEOUT", 0.3)
    first, second = new_id(), new_id()
    async with Cable.to(database_url) as (cable, url), ringing(url) as bell:
        bell.ring(first, 1)
        await eventually(lambda: ears.revisions_of(first), within=1)
        cable.cut()
        bell.ring(second, 1)
        await eventually(lambda: ears.revisions_of(second), within=3)


async def test_ringing_never_fails_where_there_is_no_database() -> None:
    async with ringing("postgres://nobody@127.0.0.1:1/nowhere") as bell:
        for revision in range(100):
            bell.ring(new_id(), revision)
        await asyncio.sleep(0.05)


async def test_a_doorbell_that_was_never_started_keeps_nothing() -> None:
    bell = Doorbell()
    bell.ring(new_id(), 1)
    await bell.stop()
    assert vars(bell)["_pending"] == {}


async def test_a_command_rings_once_it_is_committed_and_not_before_nor_if_it_fails(
    database_url: str, ears: Ears
) -> None:
    team = await make_team()
    doorbell.start(database_url)
    try:
        with pytest.raises(RuntimeError):
            await _create_and_fail(team)
        async with unit_of_work():
            await team.task()
            await asyncio.sleep(0.1)
            assert ears.revisions_of(team.project.id) == []
        revision = (await Project.get(id=team.project.id)).revision
        await eventually(lambda: ears.revisions_of(team.project.id) == [revision], within=1)
    finally:
        await doorbell.stop()


@asynccontextmanager
async def ringing(database_url: str) -> AsyncIterator[Doorbell]:
    bell = Doorbell()
    bell.start(database_url)
    yield bell
    await bell.stop()


async def _create_and_fail(team: Team) -> None:
    async with unit_of_work():
        await team.task()
        raise RuntimeError
