"""Ears for the doorbell, and a cable that can be cut."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg

from tasktracker.models.database import connection
from tasktracker.realtime.doorbell import CHANNEL, rings_in

_KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = $1 AND datname = current_database()
"""
_COUNT = """
    SELECT count(*) AS connections FROM pg_stat_activity
    WHERE application_name = $1 AND datname = current_database()
"""


@dataclass
class Ears:
    """What was heard, and when (seconds of the monotonic clock)."""

    heard: list[tuple[float, str]] = field(default_factory=list)

    @classmethod
    async def open(cls, listening: asyncpg.Connection) -> Self:
        ears = cls()
        await listening.add_listener(CHANNEL, ears._on_notify)
        return ears

    def revisions_of(self, log_id: UUID) -> list[int]:
        rings = [ring for _, payload in self.heard for ring in rings_in(payload)]
        return [revision for log, revision in rings if log == log_id]

    def _on_notify(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self.heard.append((time.monotonic(), str(payload)))


async def eventually(is_so: Callable[[], object], *, within: float) -> float:
    """Wait until it is so; returns after how many seconds. Fails when it takes longer than `within`."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < within, "it did not happen in time"
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def kill(application_name: str) -> None:
    """End the server's side of that program's connections, as soon as there is one."""
    async with asyncio.timeout(5):
        while not await connection().execute_query_dict(_KILL, [application_name]):
            await asyncio.sleep(0.01)


async def connections_of(application_name: str) -> int:
    """How many connections the program has."""
    rows = await connection().execute_query_dict(_COUNT, [application_name])
    return int(rows[0]["connections"])


class Cable:
    """A way to the database on which connections can fall silent without being closed."""

    def __init__(self) -> None:
        self.opened = 0
        self._epoch = 0
        self._pumps: list[asyncio.Task[None]] = []

    def cut(self) -> None:
        """From now on nothing passes on the connections there are; new ones work."""
        self._epoch += 1

    @classmethod
    @asynccontextmanager
    async def to(cls, database_url: str) -> AsyncIterator[tuple[Self, str]]:
        """The cable, and the address of its near end."""
        cable, url = cls(), urlsplit(database_url)

        async def plug(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_connection(url.hostname, url.port)
            cable.opened += 1
            for source, sink in ((reader, far_writer), (far_reader, writer)):
                cable._pumps.append(asyncio.create_task(cable._pump(source, sink, cable._epoch)))

        server = await asyncio.start_server(plug, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        yield cable, url._replace(netloc=f"{url.netloc.rpartition('@')[0]}@127.0.0.1:{port}").geturl()
        server.close()
        for pump in cable._pumps:
            pump.cancel()
        await asyncio.gather(*cable._pumps, return_exceptions=True)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, epoch: int) -> None:
        try:
            while data := await source.read(65536):
                if epoch == self._epoch:
                    sink.write(data)
        finally:
            sink.close()
