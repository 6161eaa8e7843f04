"""What a process does besides answering, and how it comes to its end without anybody noticing.

docs/explanation/deployment.md has the picture. The order is: say that it ends; hand work over; move pages; let what is
under way finish; close connections, those by which processes talk last.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from loguru import logger

from tasktracker import consumers, ui
from tasktracker.consumers.due import work_for_ever
from tasktracker.consumers.reader import read_for_ever, ring_for_what_is_left
from tasktracker.models.database import close_database
from tasktracker.realtime.doorbell import doorbell
from tasktracker.secrets.database_credentials import Where
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.following import feed, presence
from tasktracker.services.following_all import follow_later_projects
from tasktracker.services.transaction import work_under_way
from tasktracker.services.upkeep import tidy_for_ever
from tasktracker.telemetry.health import Readiness
from tasktracker.telemetry.loop_lag import measure_loop_lag

Work = Callable[[], Awaitable[None]]
RESTART = 5.0
"""Seconds until background work that failed starts anew."""
HAND_OVER = 5.0
"""Seconds that the work at hand has to end."""
SETTLE = 1.5
"""Seconds until pages and streams are sent elsewhere: what stands before the process has mostly noticed by then."""
LONGEST = 45.0
"""Seconds until the process goes on to its end, whoever is still there."""
CLOSING = 3.0
"""Seconds that each connection has to be closed."""
LOOK = 0.1
"""Seconds between two looks at whether anybody is left."""

_SERVING: tuple[Work, ...] = (
    ui.close_pages_of_ended_sessions,
    follow_later_projects,
    measure_loop_lag,
    presence.beat_for_ever,
)
"""Goes on to the end, for the pages that are still open."""
_HANDED_OVER: tuple[Work, ...] = (
    tidy_for_ever,
    work_for_ever,
    *(partial(read_for_ever, consumer) for consumer in consumers.ALL),
)
"""What any other process can go on with."""


class Life:
    """One per process."""

    def __init__(self, readiness: Readiness) -> None:
        self.readiness = readiness
        self._serving: list[asyncio.Task[None]] = []
        self._handed_over: list[asyncio.Task[None]] = []

    def begin(self, database: Where) -> None:
        """Listen, ring, and start all background work."""
        doorbell.start(database)
        feed.start(database)
        self._serving = _started(_SERVING)
        self._handed_over = _started(_HANDED_OVER)

    async def end(self, drain: float, is_idle: Callable[[], bool], close_streams: Callable[[], None]) -> None:
        """Returns when nobody needs the process any more: after `drain` seconds at least, and `LONGEST` at most.

        `is_idle` says whether no request and no socket is open; `close_streams` has those end that would go on.
        With a `drain` of 0 nobody else serves: pages stay, and are reloaded when the process is back.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.readiness.is_ending = True
        logger.info("about to end: not ready from now on")
        await self._hand_over()
        if not drain:
            close_streams()
            return
        await asyncio.sleep(max(0.0, began + SETTLE - loop.time()))
        close_streams()
        moving = asyncio.create_task(_kept_going(partial(ui.move_pages, LONGEST - SETTLE)))
        try:
            await asyncio.sleep(began + drain - loop.time())
            async with asyncio.timeout_at(began + LONGEST):
                await _until_over(is_idle)
        except TimeoutError:
            logger.warning("about to end: somebody is still there; what is under way has a few seconds")
        finally:
            moving.cancel()
        logger.info("about to end: {:.1f} s since it was told", loop.time() - began)

    async def close(self) -> None:
        """End what is left, and close every connection. LISTEN and the doorbell go last but for the pool."""
        await self._hand_over()
        await _stopped(self._serving)
        for close in (feed.stop, doorbell.stop, close_database):
            try:
                await asyncio.wait_for(close(), CLOSING)
            except TimeoutError:
                logger.warning("about to end: {} took too long", close.__qualname__)

    async def _hand_over(self) -> None:
        """Stop what another process can go on with, after the step that it is at, and let the others know at once."""
        tasks, self._handed_over = self._handed_over, []
        if not tasks:
            return
        await _stopped(tasks)
        try:
            await asyncio.wait_for(ring_for_what_is_left(consumers.ALL), HAND_OVER)
        except UNAVAILABLE as error:  # it took too long, too
            logger.warning(
                "about to end: could not tell the others what is left ({!r}); they look by themselves", error
            )


async def _until_over(is_idle: Callable[[], bool]) -> None:
    while work_under_way() or not is_idle():  # noqa: ASYNC110  those who leave set no event
        await asyncio.sleep(LOOK)


def _started(works: Sequence[Work]) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(_kept_going(work)) for work in works]


async def _stopped(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if not tasks:
        return
    _, slow = await asyncio.wait(tasks, timeout=HAND_OVER)
    for task in slow:
        task.cancel()  # a step that does not end is undone


async def _kept_going(work: Work) -> None:
    """Work that never ends: a fault in it is logged, and it starts anew."""
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001  whatever it is, the other work of the process goes on, and so must this
            logger.exception("background work failed; it starts again in {} s", RESTART)
        await asyncio.sleep(RESTART)
