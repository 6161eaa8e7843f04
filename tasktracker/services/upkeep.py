"""What has to be tidied now and then. Any replica may do it, several at once too: it is all idempotent."""

import asyncio

from loguru import logger

from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.idempotency import forget_old_answers

INTERVAL = 3600.0
"""Seconds."""


async def tidy_for_ever() -> None:
    """Once an hour: forget the idempotency records that are older than promised."""
    while True:
        await asyncio.sleep(INTERVAL)
        try:
            await forget_old_answers()
        except UNAVAILABLE as error:
            logger.warning("upkeep: the database cannot be reached ({}); next try in an hour", error)
