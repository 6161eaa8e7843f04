"""What has to be tidied now and then. Any replica may do it, several at once too: it is all idempotent."""

import asyncio
from collections.abc import Awaitable, Callable

from loguru import logger

from tasktracker.domain.errors import StorageUnavailable
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.files import remove_loose_files
from tasktracker.services.idempotency import forget_old_answers
from tasktracker.services.purge import purge_trash

INTERVAL = 3600.0
"""Seconds."""
_JOBS: tuple[Callable[[], Awaitable[object]], ...] = (forget_old_answers, purge_trash, remove_loose_files)


async def tidy_for_ever() -> None:
    """Once an hour: forget old idempotency records, purge the trash, and remove the files that nobody owns."""
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
        except StorageUnavailable as refusal:
            logger.warning("upkeep: {} Next try in an hour.", refusal.reason)
