"""The database goes away and comes back."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from tasktracker.models.database import close_database, open_database
from tests.factories import Team
from tests.line import Line

API = "/api/v1"


@pytest.fixture
async def line(database_url: str, database: None) -> AsyncIterator[Line]:
    """The process's pool, led through a line that the test can cut; afterwards everything is as before."""
    line = Line(database_url)
    await line.connect()
    await close_database()
    await open_database(line.url, pool_min=1, pool_max=5)
    yield line
    await line.cut()
    await close_database()
    await open_database(database_url, pool_min=1, pool_max=20)


async def test_without_a_database_callers_are_told_to_come_back(line: Line, owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    await line.cut()
    for refused in (
        await owner.get(f"{API}/me"),
        await owner.get(f"{API}/tasks/{ref}"),
        await owner.patch(f"{API}/tasks/{ref}", json={"title": "x"}, headers={"Idempotency-Key": "1"}),
        await owner.post(f"{API}/session", json={"email": "a@example.org", "password": "x"}),
    ):
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
        assert int(refused.headers["Retry-After"]) > 0
        assert "127.0.0.1" not in refused.text
    await line.connect()
    assert (await owner.patch(f"{API}/tasks/{ref}", json={"title": "x"})).status_code == 200


async def test_a_line_cut_under_a_waiting_call_is_told_too(line: Line, owner: AsyncClient, team: Team) -> None:
    waiting = asyncio.create_task(owner.get(f"{API}/projects/{team.key}/events?after=1000&wait=2"))
    await asyncio.sleep(0.3)
    await line.cut()
    assert (await waiting).status_code == 503
