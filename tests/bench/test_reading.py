"""Reading stays as fast when a project has grown for years: most of its tasks are in the archive then."""

import pytest

from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.tasks import get_task, list_tasks
from tests.bench.conftest import BOARD, Note, Stopwatch, fill, timed
from tests.factories import Team, make_team

YEARS_LATER = 20_000
SLOWER = 3.0
"""Times; logarithms and a busy machine explain less than that."""

pytestmark = pytest.mark.bench


async def test_reading_from_20000_tasks_takes_about_as_long_as_from_1000(note: Note) -> None:
    young, old = await make_team(), await make_team()
    await fill(young, BOARD)
    await fill(old, YEARS_LATER - BOARD, archived=True)
    await fill(old, BOARD)
    then, now = await _read(young), await _read(old)
    for what, watch in then.items():
        ratio = now[what].median / watch.median
        note(f"{what}, {BOARD:,} tasks", str(watch))
        note(f"{what}, {YEARS_LATER:,} tasks", f"{now[what]}   x {ratio:.2f}")
        assert ratio < SLOWER, what


async def _read(team: Team) -> dict[str, Stopwatch]:
    return {
        "get a task": await timed(lambda: get_task(team.owner, team.ref(BOARD // 2)), laps=200),
        "list 50 tasks": await timed(lambda: list_tasks(team.owner, team.key), laps=100),
        "the board": await timed(lambda: board_json(team.owner, team.key), laps=30),
    }
