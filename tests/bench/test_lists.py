"""A part of a list takes as long from a million tasks as from a thousand, whatever it is of.

Two servers, each on a filled database of its own, are asked in turn, so that whatever else the machine does meanwhile
hits both. Each shows as many items as the other. `tests.explain.filled` says where these databases are.
"""

import time
from collections.abc import AsyncIterator
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
from tests.bench.conftest import Note, Stopwatch
from tests.bench.list_cases import CASES, Case
from tests.explain.filled import apart, filled_database, filled_server
from tests.explain.filling import BIG, WEEKS, YEARS, Filled, Scale, read_filled
from tests.servers import start_server, stop_server

LAPS = 60
SLOWER = 1.5
"""Times."""
LONGEST = 150.0
"""Milliseconds that a list may take whose filter fits ever more tasks, and not most of them."""
ATTEMPTS = 3
"""At most; other work on the machine may hit one server more often than the other."""
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
    sides: list[Side], case: Case, note: Note
) -> None:
    limit = await _as_many(sides, case)
    young, old = await _in_turn(sides, case, limit)
    ratio = old.p95 / young.p95
    for _ in range(1, ATTEMPTS):
        if (old.p95 <= LONGEST) if case.grows else (ratio <= SLOWER):
            break
        young, old = await _in_turn(sides, case, limit)
        ratio = old.p95 / young.p95
    shown = "all" if limit is None else limit
    note(
        str(case),
        f"p95 {young.p95:6.1f} ms {old.p95:6.1f} ms   x {ratio:4.2f}{' *' if case.grows else '  '}   {shown} shown",
    )
    assert old.p95 <= LONGEST
    assert ratio <= SLOWER or case.grows


async def _as_many(sides: list[Side], case: Case) -> int | None:
    """Items that each of them can show; None for a list that comes whole."""
    way = document()["paths"]["/api/v1" + case.path.replace("wide_view_id", "view_id")]["get"]
    if "limit" not in [parameter.get("name") for parameter in way.get("parameters", [])]:
        return None
    return max(1, min([len(await side.get(case, _PAGE)) for side in sides]))


async def _in_turn(sides: list[Side], case: Case, limit: int | None) -> list[Stopwatch]:
    watches = [Stopwatch() for _ in sides]
    for lap in range(LAPS + 1):
        for side, watch in zip(sides, watches, strict=True):
            start = time.perf_counter()
            await side.get(case, limit)
            if lap:  # the first time does not count
                watch.laps.append((time.perf_counter() - start) * 1000)
    return watches


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
