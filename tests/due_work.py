"""Letting due work be done at a moment of the test's own."""

from datetime import UTC, datetime

from tasktracker.consumers.due import work_pass
from tasktracker.services.clock import time_is


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


async def at(moment: str) -> None:
    """Let the workers work at that moment (UTC) until nothing is left."""
    with time_is(utc(moment)):
        while await work_pass():
            pass
