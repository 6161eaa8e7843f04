"""A reader of Server-Sent Events (WHATWG HTML, section 9.2.6), as far as these tests need one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from httpx import AsyncClient, Response


@dataclass(frozen=True)
class Told:
    """One event as it came."""

    id: int
    kind: str
    data: dict[str, Any]


@dataclass
class EventSource:
    """An open stream. `comments` and `retry` (milliseconds) are what came beside the events."""

    answer: Response
    comments: list[str]
    retry: int | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, client: AsyncClient, address: str, last: int | None = None) -> AsyncIterator[Self]:
        """Connect, after the event with that id if one is named."""
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-cache"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        async with client.stream("GET", address, headers=headers, timeout=60) as answer:
            yield cls(answer, [])

    async def events(self) -> AsyncIterator[Told]:
        """What comes, until the stream ends."""
        fields: dict[str, str] = {}
        async for line in self.answer.aiter_lines():
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line and "data" in fields:
                yield Told(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            if not line:
                fields = {}
            elif not name:
                self.comments.append(value)
            elif name == "retry":
                self.retry = int(value)
            else:
                fields[name] = value

    async def read(self, count: int, within: float = 60) -> list[Told]:
        """The next so many; fewer if the stream or the time (seconds) ends before."""
        found: list[Told] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                async for event in self.events():
                    found.append(event)
                    if len(found) == count:
                        break
        return found
