"""Waiting for a project's news: what the long poll and the event stream share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI

from tasktracker.domain.actor import Actor
from tasktracker.services.following import follow_project
from tasktracker.services.queries.history import list_events
from tasktracker.services.views import EventView

LOOK = 2.0
"""Seconds after which a waiting call looks for itself, in case no news came through or it may not look any more."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who waits for what happens in a project."""

    actor: Actor
    key: str
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Hear of news for the block. Look after it has begun, so that nothing falls between. Raises NotFound."""
        _, unfollow = await follow_project(self.actor, self.key, lambda _patch: self._news.set())
        try:
            yield
        finally:
            unfollow()

    async def look(self, after: int, limit: int) -> list[EventView]:
        """What has happened since; asks anew whether the caller may see it. Raises NotFound, Invalid."""
        self._news.clear()
        return await list_events(self.actor, self.key, after=after, limit=limit)

    async def rest(self, seconds: float) -> None:
        """Until there is news, or it is time to look anyway; at most so many seconds."""
        try:
            async with asyncio.timeout(min(seconds, LOOK)):
                await self._news.wait()
        except TimeoutError:
            return


def close(app: FastAPI) -> None:
    """The process is about to end: calls that wait for news end within `LOOK`, and come back to another process."""
    app.state.is_closing = True


def is_closing(app: FastAPI) -> bool:
    """Whether the process is about to end."""
    return bool(getattr(app.state, "is_closing", False))
