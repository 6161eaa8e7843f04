"""The hub: one load for all who look, in order and without a gap."""

import asyncio
import time
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasktracker.domain.ids import new_id
from tasktracker.realtime import hub as module
from tasktracker.realtime.hub import Hub, Patch
from tests.realtime.ears import eventually


class Log:
    """A project's log as the hub's loader reads it."""

    def __init__(self) -> None:
        self.id = new_id()
        self.revision = 0
        self.loads = 0
        self.failures = 0
        self.seconds = 0.0
        self.hub = Hub(self.load)

    async def load(self, project_id: UUID, since: int) -> Patch:
        assert project_id == self.id
        self.loads += 1
        await asyncio.sleep(self.seconds)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        return {"since": since, "revision": self.revision, "cards": []}

    def grow(self, by: int = 1) -> None:
        self.revision += by
        self.hub.heard(self.id, self.revision)


class Page:
    """An open tab: it has seen the project at some revision, and takes patches from there."""

    def __init__(self, log: Log) -> None:
        self.revision = log.revision
        self.patches: list[Patch] = []
        self.at: list[float] = []
        self.close = log.hub.follow(log.id, log.revision, self.take)

    def take(self, patch: Patch) -> None:
        assert patch["since"] <= self.revision, "a change between the two was never seen"
        self.revision = max(self.revision, patch["revision"])
        self.patches.append(patch)
        self.at.append(time.monotonic())


async def test_one_load_serves_everybody_who_looks() -> None:
    log = Log()
    pages = [Page(log) for _ in range(200)]
    log.grow()
    await eventually(lambda: all(page.revision == 1 for page in pages), within=1)
    assert log.loads == 1
    assert all(page.patches == pages[0].patches for page in pages)


async def test_a_single_change_is_handed_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COALESCE", 2.0)
    log = Log()
    page = Page(log)
    log.grow()
    await eventually(lambda: page.patches, within=1)


async def test_a_burst_travels_in_few_patches_each_at_most_a_tenth_of_a_second_late() -> None:
    log = Log()
    page = Page(log)
    began = time.monotonic()
    for _ in range(200):
        log.grow()
        await asyncio.sleep(0.005)
    await eventually(lambda: page.revision == 200, within=0.5)
    took = page.at[-1] - began
    assert len(page.patches) <= took / 0.1 + 2
    assert max(other - one for one, other in pairwise(page.at)) < 0.4


async def test_patches_follow_each_other_without_a_gap_however_slow_loading_is() -> None:
    log = Log()
    log.seconds = 0.03
    page = Page(log)
    for _ in range(30):
        log.grow(3)
        await asyncio.sleep(0.01)
    await eventually(lambda: page.revision == 90, within=2)
    assert page.patches[0]["since"] == 0
    assert all(one["revision"] == other["since"] for one, other in pairwise(page.patches))


async def test_a_load_that_fails_is_tried_again_until_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY", 0.02)
    log = Log()
    page = Page(log)
    log.failures = 5
    log.grow()
    await eventually(lambda: page.revision == 1, within=2)
    assert (log.loads, len(page.patches)) == (6, 1)


async def test_a_page_that_fails_keeps_the_patch_from_nobody_else() -> None:
    log = Log()
    before = Page(log)
    log.hub.follow(log.id, 0, _fail)
    after = [Page(log) for _ in range(20)]
    for revision in (1, 2):
        log.grow()
        await eventually(lambda: all(page.revision == revision for page in (before, *after)), within=1)  # noqa: B023  at once


async def test_whoever_stops_following_hears_no_more() -> None:
    log = Log()
    stays, leaves = Page(log), Page(log)
    log.grow()
    await eventually(lambda: leaves.revision == 1, within=1)
    leaves.close()
    leaves.close()
    log.grow()
    await eventually(lambda: stays.revision == 2, within=1)
    assert leaves.revision == 1
    stays.close()
    assert log.hub.open_logs == []
    log.grow()
    await asyncio.sleep(0.15)
    assert log.loads == 2


async def test_a_page_that_closes_during_a_load_and_one_that_opens_then_are_both_right() -> None:
    log = Log()
    log.seconds = 0.05
    first = Page(log)
    log.grow()
    await asyncio.sleep(0.01)
    first.close()
    second = Page(log)
    log.grow()
    await eventually(lambda: second.revision == 2, within=1)
    assert first.patches == []


async def test_news_is_what_a_page_here_has_not_heard_of() -> None:
    log = Log()
    assert not log.hub.heard(log.id, 1)
    log.revision = 5
    page = Page(log)
    assert log.hub.open_logs == [log.id]
    assert [log.hub.heard(log.id, revision) for revision in (4, 5)] == [False, False]
    log.revision = 6
    assert [log.hub.heard(log.id, 6) for _ in range(2)] == [True, False]
    await eventually(lambda: page.revision == 6, within=1)
    assert log.loads == 1


async def test_a_log_that_is_already_further_than_was_rung_is_loaded_once() -> None:
    log = Log()
    page = Page(log)
    log.revision = 3
    log.hub.heard(log.id, 1)
    await eventually(lambda: page.revision == 3, within=1)
    assert not log.hub.heard(log.id, 3)
    await asyncio.sleep(0.12)
    assert log.loads == 1


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["grow", "silently", "open", "close", "fail", "wait"]), max_size=40))
async def test_every_page_ends_up_where_the_log_is_whatever_comes_and_goes(steps: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "COALESCE", 0.001)
        patched.setattr(module, "RETRY", 0.001)
        log = Log()
        pages: list[Page] = []
        for step in steps:
            await asyncio.sleep(0.002 if step == "wait" else 0)
            _take(step, log, pages)
        log.grow()
        await eventually(lambda: all(page.revision == log.revision for page in pages), within=2)
        for page in pages:
            page.close()


def _take(step: str, log: Log, pages: list[Page]) -> None:
    match step:
        case "grow":
            log.grow()
        case "silently":
            log.revision += 1
        case "open":
            pages.append(Page(log))
        case "close" if pages:
            pages.pop(0).close()
        case "fail":
            log.failures += 1


def _fail(_patch: Patch) -> None:
    raise RuntimeError("this page is broken")
