"""What has to be tidied now and then. Any replica may do it, several at once too: it is all idempotent."""

import asyncio
from collections.abc import Awaitable, Callable

from loguru import logger

from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.idempotency import forget_old_answers
from tasktracker.services.purge import purge_trash

INTERVAL = 3600.0
"""Seconds."""
_JOBS: tuple[Callable[[], Awaitable[object]], ...] = (forget_old_answers, purge_trash)


async def tidy_for_ever() -> None:
    """Once an hour: forget the idempotency records that are older than promised, and purge the trash."""
    while True:
        await asyncio.sleep(INTERVAL)
        await tidy()


async def tidy() -> None:
    """Do it once. A job that cannot be done now keeps no other one from being done."""
    for job in _JOBS:
        try:
            await job()
        except UNAVAILABLE as error:
            logger.warning("upkeep: the database cannot be reached ({}); next try in an hour", error)
