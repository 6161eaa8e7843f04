"""Reading logs with a cursor in the database.

One step is one transaction: take the cursor (a replica that finds it taken goes on to another log), read the events
behind it, let the consumer act on the same connection, move the cursor, commit. A process may be killed at any time:
either the effect and the cursor are there, or neither is.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from loguru import logger
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.models.database import connection
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.transaction import unit_of_work
from tasktracker.telemetry.metrics import CONSUMER_EVENTS

BATCH = 500
"""Events in one step."""
LOGS = 200
"""Logs looked at in one pass."""
INTERVAL = 5.0
"""Seconds between two passes when there was nothing to do."""

Row = dict[str, Any]
"""A row of the table `event`; `changes` is JSON text."""

_BEHIND = """
    SELECT log.id FROM (SELECT id, revision FROM project UNION ALL SELECT id, revision FROM workspace) log
    LEFT JOIN consumer_cursor c ON c.consumer = $1 AND c.log_id = log.id
    WHERE log.revision > coalesce(c.revision, 0) LIMIT $2
"""
_BEGIN = "INSERT INTO consumer_cursor (consumer, log_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_TAKE = """
    SELECT revision FROM consumer_cursor WHERE consumer = $1 AND log_id = $2 FOR UPDATE SKIP LOCKED
"""
_EVENTS = "SELECT * FROM event WHERE log_id = $1 AND revision > $2 ORDER BY revision LIMIT $3"
_ADVANCE = "UPDATE consumer_cursor SET revision = $3 WHERE consumer = $1 AND log_id = $2"


class Consumer(Protocol):
    """Something that acts on events. `name` is its cursor's: it never changes once it has run."""

    name: str

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> None:
        """Act on events that follow each other without a gap. What is written through `db` commits with the cursor."""


async def read_for_ever(consumer: Consumer) -> None:
    """Pass after pass, with a rest when nothing was left to do."""
    while True:
        try:
            done = await read_pass(consumer)
        except UNAVAILABLE as error:
            logger.warning("consumer {}: the database cannot be reached ({}), trying again", consumer.name, error)
            done = 0
        if not done:
            await asyncio.sleep(INTERVAL)


async def read_pass(consumer: Consumer) -> int:
    """One step in every log that is behind; returns how many events were consumed."""
    rows = await connection().execute_query_dict(_BEHIND, [consumer.name, LOGS])
    return sum([await _step(consumer, row["id"]) for row in rows])


async def _step(consumer: Consumer, log_id: UUID) -> int:
    async with unit_of_work() as work:
        await work.db.execute_query(_BEGIN, [consumer.name, log_id])
        taken = await work.db.execute_query_dict(_TAKE, [consumer.name, log_id])
        if not taken:
            return 0
        events = await work.db.execute_query_dict(_EVENTS, [log_id, taken[0]["revision"], BATCH])
        if events:
            await consumer.consume(work.db, log_id, events)
            await work.db.execute_query(_ADVANCE, [consumer.name, log_id, events[-1]["revision"]])
    CONSUMER_EVENTS.labels(consumer.name).inc(len(events))
    return len(events)
