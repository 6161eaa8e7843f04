"""A part of a list takes as long from a million tasks as from a thousand, whatever it is of.

Two servers, each on a filled database of its own, are asked in turn, now one first and now the other, so that whatever
else the machine does meanwhile hits both. Each shows as many items as the other. A list that seems to be too slow is
asked for more often, and every time counts: chance evens out, and what grows does not. `tests.explain.filled` says
where these databases are.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tasktracker.api.openapi import document
from tasktracker.domain.references import TaskRef
from tasktracker.models import Project
from tasktracker.services.queries.cursors import moment_cursor
from tasktracker.services.queries.history import list_comments
from tasktracker.services.queries.rules import list_rules
from tasktracker.services.queries.saved_views import list_views
from tasktracker.services.sessions import create_token
from tests.bench.conftest import FIGURES, Note, Stopwatch
from tests.bench.list_cases import CASES, Case
from tests.explain.filled import apart, filled_database, filled_server
from tests.explain.filling import BIG, WEEKS, YEARS, Filled, Scale, read_filled
from tests.servers import start_server, stop_server

LAPS, MOST_LAPS = 60, 420
"""Of each list at each side: at first, and in all if it seems to be slower."""
SLOWER = 1.5
"""Times the p95."""
_PAGE = 50

OF_NO_ROWS = {"/dates"}
"""Answers a list that it reckons, and reads from no table."""

pytestmark = pytest.mark.bench


@dataclass(frozen=True)
class Side:
    """A server, and what the names in the cases stand for there."""

    client: httpx.AsyncClient
    names: dict[str, Any]

    async def get(self, case: Case, limit: int | None) -> list[Any]:
        path = "/api/v1" + case.path.format(**self.names)
        query = {name: str(value).format(**self.names) for name, value in case.query.items()}
        answer = await self.client.get(path, params=query if limit is None else {**query, "limit": limit})
        items: list[Any] = answer.raise_for_status().json()
        return items


@dataclass(frozen=True)
class Figure:
    """How long a list took from a thousand tasks, and from a million."""

    young: Stopwatch
    old: Stopwatch

    @property
    def ratio(self) -> float:
        return self.old.p95 / self.young.p95

    def __str__(self) -> str:
        return (
            f"p50 {self.young.median:5.1f} {self.old.median:5.1f} ms x {self.old.median / self.young.median:4.2f}   "
            f"p95 {self.young.p95:5.1f} {self.old.p95:5.1f} ms x {self.ratio:4.2f}"
        )


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest) -> Iterator[dict[str, list[Figure]]]:
    """What was measured of each path; of each, the worst ratio is told at the end."""
    figures: dict[str, list[Figure]] = {}
    yield figures
    for path, each in figures.items():
        worst = max(each, key=lambda figure: figure.ratio)
        lists = f"{len(each)} lists, of which the worst" if len(each) > 1 else "1 list"
        request.config.stash[FIGURES].append((f"GET {path}", f"{worst}   {lists}"))


@pytest.fixture(scope="module")
async def sides(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Side]]:
    """A thousand tasks, and a million."""
    async with AsyncExitStack() as stack:
        server_url = await stack.enter_async_context(filled_server())
        yield [
            await stack.enter_async_context(_side(server_url, scale, tmp_path_factory.mktemp(scale.name)))
            for scale in (WEEKS, YEARS)
        ]


def test_every_list_of_the_api_is_measured() -> None:
    answers = {path: way["get"]["responses"].get("200") for path, way in document()["paths"].items() if "get" in way}
    lists = {
        path.removeprefix("/api/v1")
        for path, answer in answers.items()
        if answer and answer.get("content", {}).get("application/json", {}).get("schema", {}).get("type") == "array"
    }
    assert {case.path.replace("wide_view_id", "view_id") for case in CASES} == lists - OF_NO_ROWS


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_list_takes_as_long_from_a_million_tasks_as_from_a_thousand(
    sides: list[Side], case: Case, note: Note, measured: dict[str, list[Figure]]
) -> None:
    limit = await _as_many(sides, case)
    young, old = Stopwatch(), Stopwatch()
    while len(old.laps) < LAPS or (old.p95 > SLOWER * young.p95 and len(old.laps) < MOST_LAPS):
        await _in_turn(list(zip(sides, (young, old), strict=True)), case, limit)
    figure = Figure(young, old)
    measured.setdefault(case.path, []).append(figure)
    note(str(case), f"{figure}   {'all' if limit is None else limit} shown")
    assert figure.ratio <= SLOWER


async def _as_many(sides: list[Side], case: Case) -> int | None:
    """Items that each of them can show; None for a list that comes whole."""
    way = document()["paths"]["/api/v1" + case.path.replace("wide_view_id", "view_id")]["get"]
    if "limit" not in [parameter.get("name") for parameter in way.get("parameters", [])]:
        return None
    return max(1, min([len(await side.get(case, _PAGE)) for side in sides]))


async def _in_turn(turns: list[tuple[Side, Stopwatch]], case: Case, limit: int | None) -> None:
    for side, _ in turns:
        await side.get(case, limit)  # the first time does not count
    for _ in range(LAPS):
        for side, watch in turns:
            with watch.lap():
                await side.get(case, limit)
        turns.reverse()


@asynccontextmanager
async def _side(server_url: str, scale: Scale, files: Path) -> AsyncIterator[Side]:
    database_url = await filled_database(server_url, scale)
    async with apart(database_url):
        filled = await read_filled()
        names, token = await _names(filled, scale), await create_token(filled.owner, "bench", days=1)
    server = await start_server(database_url, TASKTRACKER_STORAGE_URL=f"file://{files}", TASKTRACKER_LOG_LEVEL="ERROR")
    try:
        async with httpx.AsyncClient(
            base_url=server.address, headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as client:
            yield Side(client, names)
    finally:
        await stop_server(server)


async def _names(filled: Filled, scale: Scale) -> dict[str, Any]:
    """`ref` is the task that much has been said about."""
    owner, ref = filled.owner, TaskRef(BIG, scale.sizes[BIG])
    project = await Project.get(workspace_id=owner.workspace_id, key=BIG)
    views = {view.project: view.id for view in await list_views(owner)}
    return {
        "key": BIG,
        "ref": ref,
        "comment_id": (await list_comments(owner, ref, limit=100)).items[-1].id,
        "rule_id": (await list_rules(owner, BIG))[0].id,
        "guest_id": filled.guest.account_id,
        "view_id": views[BIG],
        "wide_view_id": views[None],
        "last_revision": project.revision - _PAGE,
        "long_ago": moment_cursor(datetime.now(UTC) - timedelta(days=4 * 365), UUID(int=0)),
    }
