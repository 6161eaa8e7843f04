"""What happened: to a task, and in a project."""

import asyncio
from typing import Annotated

from fastapi import Query, Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import Key, Paged, Ref, SignedIn, link_next, part_of_list
from tasktracker.api.describe import answers
from tasktracker.api.problems import INVALID, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.actor import Actor
from tasktracker.services.following import follow_project
from tasktracker.services.queries import history
from tasktracker.services.queries.cursors import LIMIT
from tasktracker.services.views import EventView

router = api_router("History")

WAIT_LIMIT = 25
"""Seconds: shorter than the idle timeouts of the usual proxies."""
LOOK = 2.0
"""Seconds after which a waiting call looks for itself, in case no news came through."""


@router.get(
    "/tasks/{ref:segment}/history",
    summary="Read a task's history",
    responses=answers([examples.EVENT], NOT_FOUND, INVALID, headers=("Link",)),
)
async def list_history(ref: Ref, page: Paged, actor: SignedIn, request: Request, answer: Response) -> list[EventView]:
    """What happened to a task and its comments, newest first."""
    found = await history.list_history(actor, ref, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)


@router.get(
    "/projects/{key:segment}/events",
    summary="Follow a project",
    responses=answers([examples.EVENT], NOT_FOUND, INVALID, headers=("Link",)),
)
async def list_events(
    key: Key,
    actor: SignedIn,
    request: Request,
    answer: Response,
    after: Annotated[int, Query(ge=0, description="The last revision you have seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=LIMIT, description="How many events to answer.")] = 100,
    wait: Annotated[int, Query(ge=0, le=WAIT_LIMIT, description="Seconds to wait for news if there is none.")] = 0,
) -> list[EventView]:
    """Everything that happened in the project after a revision, in order and without a gap.

    `Link` leads on from the last event. With `wait`, the answer comes as soon as there is something to tell.
    """
    events = await history.list_events(actor, key, after=after, limit=limit)
    if not events and wait:
        events = await _wait_for_events(actor, key, request, after, limit, wait)
    if events:
        link_next(request, answer, after=events[-1].revision)
    return events


async def _wait_for_events(
    actor: Actor, key: str, request: Request, after: int, limit: int, seconds: int
) -> list[EventView]:
    """Follow, then fetch, so that nothing falls between. Every look asks anew whether the caller may see it."""
    news = asyncio.Event()
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    _, unfollow = await follow_project(actor, key, lambda _patch: news.set())
    try:
        while True:
            news.clear()
            events = await history.list_events(actor, key, after=after, limit=limit)
            left = deadline - loop.time()
            if events or left <= 0 or await request.is_disconnected():
                return events
            await _either(news, min(left, LOOK))
    finally:
        unfollow()


async def _either(news: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return
