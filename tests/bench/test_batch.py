"""What a bulk call saves against as many single ones."""

import time

import pytest

from tasktracker.services import tasks
from tasktracker.services.batch import run_batch
from tests.bench.conftest import BOARD, Note, fill
from tests.factories import Team, make_team

SINGLE = 200
"""Calls that are timed one by one; more say no more."""
FASTER = 5.0
"""Times; what a thousand edits in one call must reach at least against single calls."""

pytestmark = pytest.mark.bench


async def test_a_thousand_edits_in_one_call_are_many_times_faster_than_single_ones(note: Note) -> None:
    team = await make_team()
    await fill(team, BOARD)
    single = await _single(team)
    note("edit a task, one call each", f"{single:6.0f} a second")
    for what, operations in _calls(team).items():
        start = time.perf_counter()
        await run_batch(team.owner, team.key, operations)
        rate = len(operations) / (time.perf_counter() - start)
        note(f"{what}, {BOARD:,} in one call", f"{rate:6.0f} a second   x {rate / single:.1f}")
        assert rate / single > FASTER, what


async def _single(team: Team) -> float:
    """Edits a second."""
    start = time.perf_counter()
    for number in range(1, SINGLE + 1):
        await tasks.edit_task(team.owner, team.ref(number), {"title": f"Task {number} anew", "priority": "high"})
    return SINGLE / (time.perf_counter() - start)


def _calls(team: Team) -> dict[str, list[dict[str, object]]]:
    numbers = range(1, BOARD + 1)
    column_id = str(team.columns["Done"].id)
    edit = {"title": "Another", "priority": "low", "assignee_ids": [str(team.owner.account_id)]}
    return {
        "edit tasks": [{"op": "edit", "ref": f"{team.key}-{number}", "fields": edit} for number in numbers],
        "move tasks": [{"op": "move", "ref": f"{team.key}-{number}", "column_id": column_id} for number in numbers],
        "create tasks": [{"op": "create", "fields": {"title": f"New {number}"}} for number in numbers],
    }
