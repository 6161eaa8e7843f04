"""Who has a task open is known on every replica at once, and forgotten within seconds when they fall silent."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.ids import new_id
from tasktracker.realtime import presence as module
from tasktracker.realtime.doorbell import PAYLOAD_LIMIT, PRESENCE_CHANNEL, Doorbell, packed
from tasktracker.realtime.feed import Feed
from tasktracker.realtime.presence import PresenceHub, Present
from tests.realtime.ears import eventually, kill

PROJECT = new_id()
ANA, BEN = new_id(), new_id()
SOON = 1.0
"""Seconds; a notification takes a few milliseconds."""
BEAT, KEPT = 0.5, 1.25
"""Seconds, as here; the real ones are four times as long."""


@pytest.fixture(autouse=True)
def _quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (module.BEAT, module.KEPT) == (4 * BEAT, 4 * KEPT)
    monkeypatch.setattr(module, "BEAT", BEAT)
    monkeypatch.setattr(module, "KEPT", KEPT)


@dataclass
class Page:
    """What an open page knows of who is in its project."""

    there: list[Present] = field(default_factory=list)
    told: int = 0

    def take(self, there: list[Present]) -> None:
        self.there, self.told = there, self.told + 1

    def sees(self, *wanted: Present) -> bool:
        return sorted(self.there, key=str) == sorted(wanted, key=str)


@dataclass
class Replica:
    """What a process has. `silence` ends it as SIGKILL does: it says nothing more, not even goodbye."""

    hub: PresenceHub
    bell: Doorbell
    beating: asyncio.Task[None]

    async def silence(self) -> None:
        self.beating.cancel()
        await self.bell.stop()


@asynccontextmanager
async def replica(database_url: str) -> AsyncIterator[Replica]:
    bell = Doorbell()
    hub = PresenceHub(bell.say)
    feed = Feed(lambda _log, _revision: False, list, _no_revisions, None, hub)
    bell.start(database_url)
    feed.start(database_url)
    await asyncio.wait_for(feed.is_listening.wait(), 5)
    beating = asyncio.create_task(hub.beat_for_ever())
    try:
        yield Replica(hub, bell, beating)
    finally:
        beating.cancel()
        await feed.stop()
        await bell.stop()


@asynccontextmanager
async def two(database_url: str) -> AsyncIterator[tuple[Replica, Replica]]:
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(replica(database_url)) for _ in range(2)]
        yield one, other


async def _no_revisions(_logs: list[UUID]) -> dict[UUID, int]:
    return {}


def at(account_id: UUID, number: int, writes: str = "", project_id: UUID = PROJECT) -> Present:
    return Present(project_id, account_id, number, writes)


async def test_who_opens_a_task_writes_and_leaves_is_seen_by_pages_of_both_replicas(database_url: str) -> None:
    here, there = Page(), Page()
    async with two(database_url) as (one, other):
        one.hub.follow(PROJECT, here.take)
        other.hub.follow(PROJECT, there.take)
        seat = one.hub.new_seat()
        for present in (at(ANA, 3), at(ANA, 3, "title"), at(ANA, 4)):
            one.hub.sit(seat, present)
            await eventually(lambda: here.sees(present) and there.sees(present), within=SOON)  # noqa: B023  at once
        one.hub.leave(seat)
        await eventually(lambda: here.sees() and there.sees(), within=SOON)


async def test_two_tabs_of_one_person_are_two_seats_and_closing_one_leaves_the_other(database_url: str) -> None:
    page = Page()
    async with two(database_url) as (one, other):
        other.hub.follow(PROJECT, page.take)
        first, second = one.hub.new_seat(), one.hub.new_seat()
        one.hub.sit(first, at(ANA, 1))
        one.hub.sit(second, at(ANA, 2))
        await eventually(lambda: page.sees(at(ANA, 1), at(ANA, 2)), within=SOON)
        one.hub.leave(first)
        await eventually(lambda: page.sees(at(ANA, 2)), within=SOON)


async def test_a_replica_that_starts_later_asks_who_is_there(database_url: str) -> None:
    page = Page()
    async with replica(database_url) as one:
        one.hub.sit(one.hub.new_seat(), at(ANA, 1, "description"))
        one.beating.cancel()  # so it is the question that is answered
        async with replica(database_url) as later:
            later.hub.follow(PROJECT, page.take)
            await eventually(lambda: page.sees(at(ANA, 1, "description")), within=SOON)


async def test_people_of_a_replica_that_is_killed_are_gone_within_seconds_and_the_others_stay(
    database_url: str,
) -> None:
    page = Page()
    async with two(database_url) as (one, other):
        other.hub.follow(PROJECT, page.take)
        one.hub.sit(one.hub.new_seat(), at(ANA, 1))
        other.hub.sit(other.hub.new_seat(), at(BEN, 1))
        await eventually(lambda: page.sees(at(ANA, 1), at(BEN, 1)), within=SOON)
        await one.silence()
        began = time.monotonic()
        await eventually(lambda: page.sees(at(BEN, 1)), within=2 * KEPT)
        assert time.monotonic() - began > BEAT, "a lost beat alone sends nobody away"


async def test_ears_and_bells_that_are_cut_off_lose_nobody_for_good(database_url: str) -> None:
    page = Page()
    async with two(database_url) as (one, other):
        other.hub.follow(PROJECT, page.take)
        seat = one.hub.new_seat()
        one.hub.sit(seat, at(ANA, 1))
        await eventually(lambda: page.sees(at(ANA, 1)), within=SOON)
        await kill("tasktracker feed")
        one.hub.sit(seat, at(ANA, 2))
        await kill("tasktracker doorbell")
        one.hub.sit(one.hub.new_seat(), at(BEN, 2))
        await eventually(lambda: page.sees(at(ANA, 2), at(BEN, 2)), within=3)
        one.hub.leave(seat)
        await eventually(lambda: page.sees(at(BEN, 2)), within=2 * KEPT)


async def test_pages_of_other_projects_hear_nothing_and_a_page_that_left_neither(database_url: str) -> None:
    elsewhere, gone, well = Page(), Page(), Page()
    async with two(database_url) as (one, other):
        other.hub.follow(new_id(), elsewhere.take)
        other.hub.follow(PROJECT, lambda _there: 1 // 0)  # type: ignore[arg-type]  # one that fails
        other.hub.follow(PROJECT, gone.take)()
        other.hub.follow(PROJECT, well.take)
        one.hub.sit(one.hub.new_seat(), at(ANA, 1))
        await eventually(lambda: well.sees(at(ANA, 1)), within=SOON)
        assert (elsewhere.told, elsewhere.there, gone.told) == (1, [], 1)


async def test_many_changes_at_once_are_told_a_page_a_few_times_only(database_url: str) -> None:
    page = Page()
    async with two(database_url) as (one, other):
        other.hub.follow(PROJECT, page.take)
        everybody = [at(new_id(), number) for number in range(1, 301)]
        for present in everybody:
            one.hub.sit(one.hub.new_seat(), present)
        await eventually(lambda: page.sees(*everybody), within=2)
        assert page.told <= 6
        before = page.told
        await asyncio.sleep(2 * BEAT)
        assert page.told == before, "what is only said again is no news"


async def test_nonsense_on_the_channel_is_passed_over(database_url: str) -> None:
    page = Page()
    async with replica(database_url) as one:
        one.hub.follow(PROJECT, page.take)
        stranger = await asyncpg.connect(database_url)
        good = f"other.1:{PROJECT.hex}:{ANA.hex}:7:"
        for payload in ("", "a:b", "x:::::::", f"other.2:{PROJECT.hex}:{ANA.hex}:seven:", good):
            await stranger.execute("SELECT pg_notify($1, $2)", PRESENCE_CHANNEL, payload)
        await stranger.close()
        await eventually(lambda: page.sees(at(ANA, 7)), within=SOON)


@given(st.lists(st.tuples(st.uuids(), st.integers(1, 2**31 - 1), st.sampled_from(["", "title"])), max_size=300))
def test_what_one_hub_says_in_payloads_is_what_another_hears(people: list[tuple[UUID, int, str]]) -> None:
    said: dict[str, str] = {}
    one, other, page = PresenceHub(said.__setitem__), PresenceHub(lambda _about, _saying: None), Page()
    everybody = [at(*person) for person in people]
    for present in everybody:
        one.sit(one.new_seat(), present)
    payloads = packed(said.values())
    assert all(len(payload) <= PAYLOAD_LIMIT for payload in payloads)
    assert all(other.heard(payload) for payload in payloads)
    other.follow(PROJECT, page.take)()
    assert page.sees(*everybody)
