"""Releases that are bad: they go away by themselves within a minute, and whoever works meanwhile hardly notices."""

import sys
import time

import pytest

from tasktracker.services.sessions import create_token
from tests.factories import Team
from tests.release.people import Scale, at_work, fill
from tests.release.stage import Stage

WITHIN = 60.0
"""Seconds until the bad release is gone, and what it had begun is undone."""
LOAD = Scale(tabs=20, edits=50, rolls=1)


@pytest.mark.parametrize("kind", ["never ready", "ends at once", "two in a hundred fail"])
async def test_a_bad_release_is_rolled_back_by_itself(stage: Stage, team: Team, kind: str) -> None:
    good = stage.release("good")
    bad = {
        "never ready": lambda: stage.release("bad", sys.executable, "-c", "import time; time.sleep(600)"),
        "ends at once": lambda: stage.release("bad", "false"),
        "two in a hundred fail": lambda: stage.release("bad", sys.executable, "-m", "tests.release.faulty"),
    }[kind]()
    code, said = await stage.run("roll", good)
    assert code == 0, said
    teams = await fill(team, LOAD)
    token = await create_token(team.owner, "load")
    async with at_work(stage, teams, token, LOAD) as day:
        began = time.monotonic()
        code, said = await stage.run("roll", bad, watch=30)
        seconds = time.monotonic() - began
    why = next(line for line in said.splitlines() if line.startswith("Rolled back"))
    print(f"\nA release of which {kind}: gone after {seconds:.0f} s; {day.requests} requests, {len(day.failed)} failed "
          f"({len(day.failed) / day.requests:.2%}). {why}")  # fmt: skip
    assert code == 1, said
    assert seconds < WITHIN
    assert {each.release for each in stage.notes.replicas.values()} == {good}
    assert len(stage.notes.replicas) == 2
    assert len(day.failed) <= (day.requests * 0.02 if "hundred" in kind else 0)
    code, said = await stage.run("status")
    assert f"serves: {good}" in said
