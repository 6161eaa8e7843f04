"""Releases that roll while people work: nobody notices. And a careless roll, in which they do."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tasktracker.services.sessions import create_token
from tests.factories import Team, make_session
from tests.release.browser import Written
from tests.release.people import Day, Scale, at_work, fill, lost_edits
from tests.release.stage import ROOT, Stage

SMALL = Scale(tabs=30, edits=10, rolls=1)
MIDDLE = Scale(tabs=200, edits=40, rolls=3)
FULL = Scale(tabs=500, edits=25, rolls=10)
"""25 projects, so with the moves at their tabs 50 edits a second."""
BACK_WITHIN = 3.0
"""Seconds for 99 of 100 pages."""


@pytest.fixture
def releases(stage: Stage) -> list[str]:
    """Two, that take turns."""
    return [stage.release("one"), stage.release("other")]


async def first_release(stage: Stage, release: str) -> None:
    code, said = await stage.run("roll", release)
    assert code == 0, said


SCALES = [SMALL, pytest.param(MIDDLE, marks=pytest.mark.roll), pytest.param(FULL, marks=pytest.mark.roll)]


@pytest.mark.parametrize("scale", SCALES, ids=["small", "middle", "full"])
async def test_nobody_notices_a_roll(stage: Stage, releases: list[str], team: Team, scale: Scale) -> None:
    await first_release(stage, releases[1])
    teams = await fill(team, scale)
    token = await create_token(team.owner, "load")
    seconds = []
    async with writing(stage, team) as written, at_work(stage, teams, token, scale) as day:
        for number in range(scale.rolls):
            began = time.monotonic()
            code, said = await stage.run("roll", releases[number % 2])
            assert code == 0, "\n".join([said, *stage.complaints()])
            assert "killed" not in said
            seconds.append(time.monotonic() - began)
    lost = await lost_edits(teams, day)
    _print_figures(scale, day, written, seconds, lost)
    print("\n".join(f"  {line}" for line in stage.complaints()[:20]))
    assert day.failed == []
    assert lost == []
    assert _edits(day) > scale.pace * sum(seconds) / 2, "people worked all the time, and were not held up"
    assert day.cut == 0, "every page was told before its process ended"
    assert len(day.reconnects) >= scale.tabs * scale.rolls, "every page moved in every roll"
    assert _at(day.reconnects, 0.99) < BACK_WITHIN
    assert (written.lost, written.failed) == ([], [])
    assert written.moves >= scale.rolls
    assert "wird erneuert" in written.toast, "told in the reader's language"


async def test_a_careless_roll_is_noticed(stage: Stage, releases: list[str], team: Team) -> None:
    """The same, but for processes that are just ended: so the test above can fail."""
    await first_release(stage, releases[0])
    teams = await fill(team, SMALL)
    token = await create_token(team.owner, "load")
    async with at_work(stage, teams, token, SMALL) as day:
        await asyncio.sleep(2)
        await stage.kill_replicas()
        code, said = await stage.run("roll", releases[1])
        assert code == 0, said
        await asyncio.sleep(5)
    print(f"\nA careless roll: {day.requests} requests, {len(day.failed)} failed, {day.cut} sockets cut; "
          f"reconnect p99 {_at(day.reconnects, 0.99):.1f} s")  # fmt: skip
    assert len(day.failed) > 10
    assert day.cut == SMALL.tabs


@asynccontextmanager
async def writing(stage: Stage, team: Team) -> AsyncIterator[Written]:
    """A browser in which somebody writes a comment, until the block ends; what became of it is known then."""
    secret, _ = await make_session(await team.person("member", locale="de"))
    task = await team.task("Write about it")
    draft = f"{team.ref(task.number)}:comment"
    plan = {"address": stage.address, "locale": "de-DE", "secret": secret, "draft": draft}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.release.browser"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({**plan, "path": f"/{team.key}/board?task={task.number}"}).encode() + b"\n")
    async with asyncio.timeout(60):
        assert (await process.stdout.readline()).strip() == b"open", "the browser shows the page"
    written = Written()
    try:
        yield written
    finally:
        told, _ = await process.communicate(b"")
        vars(written).update(json.loads(told.decode().splitlines()[-1]))


def _edits(day: Day) -> int:
    return len(day.edits) + sum(day.moves.values())


def _at(ordered: list[float], part: float) -> float:
    return ordered[int(len(ordered) * part)] if ordered else float("inf")


def _print_figures(scale: Scale, day: Day, written: Written, seconds: list[float], lost: list[str]) -> None:
    p50, p99 = (_at(day.reconnects, part) for part in (0.5, 0.99))
    last = day.reconnects[-1] if day.reconnects else float("inf")
    edits = _edits(day)
    print(
        f"\n{scale.rolls} rolls, {scale.tabs} tabs, retries off, {sum(seconds) / len(seconds):.0f} s a roll: "
        f"{day.requests} requests, {len(day.failed)} failed; {edits} edits ({edits / sum(seconds):.0f}/s), "
        f"{len(lost)} lost; {day.cut} sockets cut; {len(day.reconnects)} moves, reconnect p50 {p50:.2f} s, "
        f"p99 {p99:.2f} s, last {last:.2f} s; {written.moves} moves of a browser with a draft of "
        f"{len(written.text)} characters, {len(written.lost)} lost, {len(written.failed)} answers failed"
    )
    for line in [*day.failed[:10], *lost[:10], *written.lost[:5], *written.failed[:10]]:
        print(f"  {line}")
