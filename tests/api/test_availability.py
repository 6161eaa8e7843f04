"""The database goes away and comes back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient

from tasktracker.models.database import close_database, open_database
from tests.factories import Team

API = "/api/v1"


class Line:
    """A TCP line to the database that can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None
        self.port = 0

    async def connect(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._writers = []
        await asyncio.sleep(0.05)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection(*self._target)
        self._writers += [writer, other_writer]
        await asyncio.gather(_pump(reader, other_writer), _pump(other_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
async def line(database_url: str, database: None) -> AsyncIterator[Line]:
    """The process's pool, led through a line that the test can cut; afterwards everything is as before."""
    url = urlsplit(database_url)
    line = Line(url.hostname or "localhost", url.port or 5432)
    await line.connect()
    await close_database()
    through = url._replace(netloc=f"{url.netloc.rpartition('@')[0]}@127.0.0.1:{line.port}".lstrip("@")).geturl()
    await open_database(through, pool_min=1, pool_max=5)
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
