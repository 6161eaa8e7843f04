"""A line to the database that tests can cut."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65_536
"""Bytes."""


class Line:
    """A TCP line to the database at `database_url`, which is there at `url` too, until somebody cuts it."""

    def __init__(self, database_url: str) -> None:
        self._parts = urlsplit(database_url)
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The database's address, through the line. Only once it is connected."""
        netloc = f"{self._parts.netloc.rpartition('@')[0]}@127.0.0.1:{self.port}".lstrip("@")
        return self._parts._replace(netloc=netloc).geturl()

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
        other_reader, other_writer = await asyncio.open_connection(
            self._parts.hostname or "localhost", self._parts.port or 5432
        )
        self._writers += [writer, other_writer]
        await asyncio.gather(pump(reader, other_writer), pump(other_reader, writer))


async def pump(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    """Pass on what comes, until one of the two ends."""
    with suppress(ConnectionError):
        while chunk := await source.read(CHUNK):
            goal.write(chunk)
            await goal.drain()
    goal.close()
