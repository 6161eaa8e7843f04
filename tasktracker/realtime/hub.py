"""The hub: one load per process per change, one patch for all the pages that follow a project."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from loguru import logger

from tasktracker.telemetry.metrics import HUB_LOADS, HUB_PAGES, HUB_PATCHES

COALESCE = 0.1
"""Seconds: what happens within this time after a patch travels together in the next one."""
AT_ONCE = 25
"""Pages that are handed a patch before the event loop has its turn."""
RETRY = 1.0
"""Seconds until a load that failed is tried again."""

Patch = dict[str, Any]
"""`{since, revision, cards, gone, project}`; see `services.queries.boards.project_patch`."""
Follower = Callable[[Patch], None]


@dataclass
class _Followed:
    """A project that pages of this process have open. `seen` is the revision they have, `head` the newest known."""

    seen: int
    head: int
    followers: set[Follower] = field(default_factory=set)
    loader: asyncio.Task[None] | None = None


class Hub:
    """One per process."""

    def __init__(self, load: Callable[[UUID, int], Awaitable[Patch]]) -> None:
        """`load(project_id, since)` reads the patch that leads from revision `since` to now."""
        self._load = load
        self._followed: dict[UUID, _Followed] = {}

    @property
    def open_logs(self) -> list[UUID]:
        """The projects that some page of this process follows."""
        return list(self._followed)

    def follow(self, project_id: UUID, revision: int, follower: Follower) -> Callable[[], None]:
        """Hand every patch after `revision` to the follower (once per patch, in order); returns how to stop.

        A project that is followed already may be ahead of or behind `revision`: a patch names the revision it starts
        from, and a page that has seen less loads its data again.
        """
        followed = self._followed.setdefault(project_id, _Followed(revision, revision))
        followed.followers.add(follower)
        HUB_PAGES.inc()

        def unfollow() -> None:
            if follower in followed.followers:
                followed.followers.discard(follower)
                HUB_PAGES.dec()
            if not followed.followers and self._followed.get(project_id) is followed:
                del self._followed[project_id]

        return unfollow

    def heard(self, project_id: UUID, revision: int) -> bool:
        """Note that the project has reached the revision; returns whether that was news to a page here."""
        followed = self._followed.get(project_id)
        if followed is None or revision <= followed.head:
            return False
        followed.head = revision
        if followed.loader is None:
            followed.loader = asyncio.create_task(self._catch_up(project_id, followed), name="hub: load")
        return True

    async def _catch_up(self, project_id: UUID, followed: _Followed) -> None:
        try:
            while followed.seen < followed.head and followed.followers:
                await self._pass_on(project_id, followed)
        finally:
            followed.loader = None

    async def _pass_on(self, project_id: UUID, followed: _Followed) -> None:
        try:
            patch = await self._load(project_id, followed.seen)
        except Exception as error:  # noqa: BLE001  whatever it is, the pages must not stay behind for good
            logger.warning("hub: could not load changes of {} ({}), trying again", project_id, error)
            await asyncio.sleep(RETRY)
            return
        HUB_LOADS.inc()
        followed.seen = patch["revision"]
        followed.head = max(followed.head, followed.seen)
        await _hand_over_to_all(followed.followers, patch)
        await asyncio.sleep(COALESCE)


async def _hand_over_to_all(followers: set[Follower], patch: Patch) -> None:
    """Some pages at a time, whose sockets are served before the next ones': many pages hold nobody else up."""
    for place, follower in enumerate(tuple(followers), start=1):
        if follower in followers:  # it may have gone meanwhile
            HUB_PATCHES.inc()
            _hand_over(follower, patch)
        if place % AT_ONCE == 0:
            await asyncio.sleep(0)


def _hand_over(follower: Follower, patch: Patch) -> None:
    try:
        follower(patch)
    except Exception:  # noqa: BLE001  one page that fails must not keep the patch from the others
        logger.exception("hub: a page failed on a patch")
