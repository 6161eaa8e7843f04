"""What happens in a project: to read, to wait for, or as a stream."""

import asyncio
from time import monotonic
from typing import Annotated

from fastapi import Header, Query, Request, Response

from tasktracker.api import event_stream, examples
from tasktracker.api.deps import Key, SignedIn, link_next
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.watching import Watch, is_closing
from tasktracker.domain.actor import Actor
from tasktracker.services.queries.cursors import LIMIT
from tasktracker.services.queries.history import list_events as query_events
from tasktracker.services.views import EventView

router = api_router("History")

WAIT_LIMIT = 25
"""Seconds: shorter than the idle timeouts of the usual proxies."""
PAUSE = 1.0
"""Seconds that a caller waits whom a process that is about to end has nothing to tell."""
REVISION_MAX = 2**63 - 1

_ANSWERS = answers([examples.EVENT], NOT_FOUND, headers=("Link",))
_ANSWERS[200]["content"]["text/event-stream"] = {
    "schema": {"type": "string", "description": "Server-Sent Events."},
    "example": examples.EVENT_STREAM,
}


@router.get(
    "/projects/{key:segment}/events",
    summary="Follow a project",
    response_model=list[EventView],
    responses=_ANSWERS,
)
async def list_events(
    key: Key,
    actor: SignedIn,
    request: Request,
    answer: Response,
    after: Annotated[int, Query(ge=0, le=REVISION_MAX, description="The last revision you have seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=LIMIT, description="How many events to answer.")] = 100,
    wait: Annotated[int, Query(ge=0, le=WAIT_LIMIT, description="Seconds to wait for news if there is none.")] = 0,
    last_event_id: Annotated[
        int | None,
        Header(
            alias="Last-Event-ID",
            ge=0,
            le=REVISION_MAX,
            description="For a stream: where to go on, instead of `after`. Browsers send it when they come back.",
        ),
    ] = None,
) -> list[EventView] | Response:
    """Everything that happened in the project after a revision, in order and without a gap.

    `Link` leads on from the last event. With `wait`, the answer comes as soon as there is something to tell.

    With `Accept: text/event-stream` the answer is a stream of Server-Sent Events: each event's `id` is its revision,
    `event` its kind and `data` the event as JSON. The stream ends after five minutes at the most; come back with the
    last `id` as `Last-Event-ID`, as browsers do by themselves, and nothing is missed or told twice.
    """
    if event_stream.is_wanted(request.headers.get("accept", "")):
        seen = after if last_event_id is None else last_event_id
        await query_events(actor, key, after=seen, limit=1)  # refused now, while there is an answer to say so
        return event_stream.stream(request.app, Watch(actor, key), seen)
    events = await query_events(actor, key, after=after, limit=limit)
    if not events and wait:
        events = await _wait_for_events(actor, key, request, after, limit, wait)
    if events:
        link_next(request, answer, after=events[-1].revision)
    answer.headers["Vary"] = "Accept"
    return events


async def _wait_for_events(
    actor: Actor, key: str, request: Request, after: int, limit: int, seconds: int
) -> list[EventView]:
    if is_closing(request.app):  # whoever comes back to this process all the same does not do so without end
        await asyncio.sleep(min(seconds, PAUSE))
        return []
    deadline = monotonic() + seconds
    watch = Watch(actor, key)
    async with watch.following():
        while True:
            events = await watch.look(after, limit)
            left = deadline - monotonic()
            if events or left <= 0 or is_closing(request.app) or await request.is_disconnected():
                return events
            await watch.rest(left)
