"""What the benches share: a table of figures at the end of the run, and teams of the sizes that are measured."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tasktracker.models.database import connection
from tests.factories import Team, make_team

FIGURES = pytest.StashKey[list[tuple[str, str]]]()
BOARD = 1_000
"""Tasks on a big board."""

Note = Callable[[str, str], None]
"""`note("get a task", "1.2 ms")` puts a line into the table."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table, on 2 cores and 10 connections unless the machine is another."""
    figures = config.stash[FIGURES]
    if figures:
        terminalreporter.section("figures")
    width = max((len(what) for what, _ in figures), default=0)
    for what, figure in figures:
        terminalreporter.write_line(f"{what:{width}}  {figure}")


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    return lambda what, figure: request.config.stash[FIGURES].append((what, figure))


@pytest.fixture(autouse=True)
def _pool(database: None) -> None:
    """Every bench may use the services."""


@pytest.fixture(scope="session")
async def big_team(database: None) -> Team:
    """A project of 1,000 tasks on the board."""
    team = await make_team()
    await fill(team, BOARD)
    return team


async def fill(team: Team, count: int, *, archived: bool = False) -> None:
    """Add tasks by one statement: how they came about is not what is measured."""
    await connection().execute_query(
        _FILL, [team.project.id, team.owner.account_id, count, archived, list(map(str, _ids_of_columns(team)))]
    )
    await connection().execute_query("ANALYZE task")


_FILL = """
    WITH start AS (
        UPDATE project SET next_number = next_number + $3 WHERE id = $1 RETURNING next_number - $3 - 1 AS last)
    INSERT INTO task (id, project_id, number, title, description, column_id, position, priority, assignee_ids,
        label_ids, version, comment_count, created_by_id, created_at, updated_at, archived_at)
    SELECT uuidv7(), $1, last + n, 'Task ' || n || ' with a title of the usual length', repeat('Words. ', 60),
        ($5::uuid[])[1 + n % cardinality($5::uuid[])], 'a' || lpad((last + n)::text, 8, '0'), n % 5,
        CASE WHEN n % 2 = 0 THEN ARRAY[$2::uuid] ELSE '{}' END, '{}', 1, n % 3, $2, now(), now(),
        CASE WHEN $4 THEN now() END
    FROM start, generate_series(1, $3::int) AS n
"""


def _ids_of_columns(team: Team) -> list[Any]:
    return [column.id for column in team.columns.values()]


class Stopwatch:
    """Milliseconds of each lap."""

    def __init__(self) -> None:
        self.laps: list[float] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.laps.append((time.perf_counter() - start) * 1000)

    @property
    def median(self) -> float:
        return sorted(self.laps)[len(self.laps) // 2]

    @property
    def p95(self) -> float:
        return sorted(self.laps)[int(len(self.laps) * 0.95)]

    def __str__(self) -> str:
        return f"p50 {self.median:6.1f} ms   p95 {self.p95:6.1f} ms"


async def timed(work: Callable[[], Awaitable[object]], laps: int = 50) -> Stopwatch:
    """How long the work takes, after a first time that does not count."""
    await work()
    watch = Stopwatch()
    for _ in range(laps):
        with watch.lap():
            await work()
    return watch
