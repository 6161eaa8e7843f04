"""Reading logs with a cursor in the database.

One step is one transaction: take the cursor (a replica that finds it taken goes on to another log), read the events
behind it, let the consumer act on the same connection, move the cursor, commit. A process may be killed at any time:
either the effect and the cursor are there, or neither is.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from loguru import logger
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers.whole import whole
from tasktracker.models.database import connection
from tasktracker.realtime.doorbell import doorbell
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.following import feed
from tasktracker.services.transaction import unit_of_work
from tasktracker.telemetry.metrics import CONSUMER_EVENTS

BATCH = 500
"""Events in one step."""
LOGS = 200
"""Logs looked at in one pass."""
INTERVAL = 5.0
"""Seconds between two looks at all logs, in case no news of one came through."""
REST = 0.05
"""Seconds after a pass that news asked for: what happens meanwhile is read together."""

Row = dict[str, Any]
"""A row of the table `event`; `changes` is JSON text."""

_BEHIND = """
    SELECT log.id, log.revision FROM (SELECT id, revision FROM project UNION ALL SELECT id, revision FROM workspace) log
    LEFT JOIN consumer_cursor c ON c.consumer = $1 AND c.log_id = log.id
    WHERE log.revision > coalesce(c.revision, 0) {which} LIMIT $2
"""
_ALL_BEHIND = _BEHIND.format(which="")
_SOME_BEHIND = _BEHIND.format(which="AND log.id = ANY($3::uuid[])")
_BEGIN = "INSERT INTO consumer_cursor (consumer, log_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_TAKE = """
    SELECT revision FROM consumer_cursor WHERE consumer = $1 AND log_id = $2 FOR UPDATE SKIP LOCKED
"""
_EVENTS = "SELECT * FROM event WHERE log_id = $1 AND revision > $2 ORDER BY revision LIMIT $3"
_ADVANCE = "UPDATE consumer_cursor SET revision = $3 WHERE consumer = $1 AND log_id = $2"


class Consumer(Protocol):
    """Something that acts on events. `name` is its cursor's: it never changes once it has run."""

    name: str

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> int | None:
        """Act on events that follow each other without a gap. What is written through `db` commits with the cursor.

        Returns the revision that it got to, if it leaves the rest to the next step.
        """


async def read_for_ever(consumer: Consumer) -> None:
    """Read each log as soon as it grows, and look at all of them now and then."""
    loop = asyncio.get_running_loop()
    with feed.news() as news:
        while True:
            await _catch_up(consumer)
            deadline = loop.time() + INTERVAL
            while (left := deadline - loop.time()) > 0:
                if logs := await news.wait(left):
                    await _catch_up(consumer, logs)
                    await asyncio.sleep(REST)


async def _catch_up(consumer: Consumer, logs: Collection[UUID] | None = None) -> None:
    """Pass after pass until there is nothing left to do."""
    try:
        while await read_pass(consumer, logs):
            continue
    except UNAVAILABLE as error:
        logger.warning("consumer {}: the database cannot be reached ({}), trying again", consumer.name, error)


async def read_pass(consumer: Consumer, logs: Collection[UUID] | None = None) -> int:
    """One step in every log that is behind (None: of all there are); returns how many events were consumed."""
    if logs is None:
        rows = await connection().execute_query_dict(_ALL_BEHIND, [consumer.name, LOGS])
    else:
        rows = await connection().execute_query_dict(_SOME_BEHIND, [consumer.name, LOGS, list(logs)])
    return sum([await whole(_step(consumer, row["id"])) for row in rows])


async def ring_for_what_is_left(consumers: Iterable[Consumer]) -> None:
    """Ring for every log that one of them is behind in: another process reads on at once, and not at its next look."""
    for consumer in consumers:
        for row in await connection().execute_query_dict(_ALL_BEHIND, [consumer.name, LOGS]):
            doorbell.ring(row["id"], row["revision"])


async def _step(consumer: Consumer, log_id: UUID) -> int:
    async with unit_of_work() as work:
        await work.db.execute_query(_BEGIN, [consumer.name, log_id])
        taken = await work.db.execute_query_dict(_TAKE, [consumer.name, log_id])
        if not taken:
            return 0
        events = await work.db.execute_query_dict(_EVENTS, [log_id, taken[0]["revision"], BATCH])
        if events:
            reached = await consumer.consume(work.db, log_id, events) or events[-1]["revision"]
            events = [event for event in events if event["revision"] <= reached]
            await work.db.execute_query(_ADVANCE, [consumer.name, log_id, reached])
    CONSUMER_EVENTS.labels(consumer.name).inc(len(events))
    return len(events)
