"""A project's events as Server-Sent Events (WHATWG HTML, section 9.2): one connection, written to as things happen."""

import random
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import FastAPI
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import TypeAdapter

from tasktracker.api.watching import Watch, is_closing
from tasktracker.domain.errors import Refusal
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.queries.cursors import LIMIT
from tasktracker.services.views import EventView

LIFETIME = 300.0
"""Seconds until a stream ends, at the most; the caller comes back, to any process."""
HEARTBEAT = 15.0
"""Seconds of silence after which a comment shows proxies, and the caller, that there is somebody."""
RETRY = 1000, 3000
"""Milliseconds, from and to, that a caller is asked to wait before it comes back."""

HEADERS = {"Vary": "Accept", "X-Accel-Buffering": "no"}
"""The second tells nginx to pass on what comes at once."""
_ENDINGS: tuple[type[Exception], ...] = (Refusal, *UNAVAILABLE)
"""After these the stream just ends: a caller who may not look any more hears why when it comes back."""
_EVENT = TypeAdapter(EventView)


def is_wanted(accept: str) -> bool:
    """Whether an Accept header (RFC 9110, section 12.5.1) names the stream, and JSON not before it."""
    qualities = dict(map(_quality, accept.lower().split(",")))
    return qualities.get("text/event-stream", 0) > qualities.get("application/json", 0)


def stream(app: FastAPI, watch: Watch, after: int) -> EventSourceResponse:
    """The answer: everything after a revision, for as long as the caller may see it."""
    return EventSourceResponse(_written(app, watch, after), headers=HEADERS)


async def _written(app: FastAPI, watch: Watch, after: int) -> AsyncIterator[bytes]:
    # Lives and retries differ, so that callers who came together do not come back together.
    end = monotonic() + LIFETIME * random.uniform(0.8, 1)  # noqa: S311  it spreads load and guards nothing
    yield format_sse_event(retry=random.randint(*RETRY), comment="the project's events")  # noqa: S311  as above
    spoken = monotonic()
    try:
        async with watch.following():
            while (left := end - monotonic()) > 0 and not is_closing(app):
                events = await _look(watch, after)
                for event in events:
                    yield _encoded(event)
                    after, spoken = event.revision, monotonic()
                if monotonic() - spoken > HEARTBEAT:
                    yield format_sse_event(comment="still here")
                    spoken = monotonic()
                if not events:
                    await watch.rest(min(left, HEARTBEAT))
    except _ENDINGS:
        return


async def _look(watch: Watch, after: int) -> list[EventView]:
    """The next events; none while the database is away, since it may come back before the stream ends."""
    try:
        return await watch.look(after, LIMIT)
    except UNAVAILABLE:
        return []


def _encoded(event: EventView) -> bytes:
    text = _EVENT.dump_json(event).decode()
    return format_sse_event(id=str(event.revision), event=event.kind, data_str=text)


def _quality(item: str) -> tuple[str, float]:
    media_type, *parameters = (part.strip() for part in item.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return media_type, float(quality)
    except ValueError:
        return media_type, 0
