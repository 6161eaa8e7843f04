"""Verifies the hash chain as it grows, so that tampering is noticed within seconds and not at the next audit."""

import json
from collections.abc import Sequence
from uuid import UUID

from loguru import logger
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers.reader import Row
from tasktracker.domain.events import GENESIS, Link, digest_of, is_redacted
from tasktracker.telemetry.metrics import CHAIN_BREAKS

_BEFORE = "SELECT hash FROM event WHERE log_id = $1 AND revision = $2"


class ChainWatch:
    """Counts and logs every new link that does not hold; `doctor --audit` verifies everything from the beginning."""

    name = "chain-watch"

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> None:
        prev_hash, revision = await _end_before(db, log_id, events[0]["revision"])
        for event in events:
            if event["revision"] != revision + 1 or event["prev_hash"] != prev_hash or not _holds(event):
                CHAIN_BREAKS.inc()
                logger.error("the log {} is broken at revision {}: run doctor --audit", log_id, event["revision"])
            prev_hash, revision = event["hash"], event["revision"]


async def _end_before(db: BaseDBAsyncClient, log_id: UUID, revision: int) -> tuple[bytes, int]:
    rows = await db.execute_query_dict(_BEFORE, [log_id, revision - 1])
    return (rows[0]["hash"], revision - 1) if rows else (GENESIS, 0)


def _holds(event: Row) -> bool:
    changes = json.loads(event["changes"])
    link = Link(**{name: event[name] for name in Link.__slots__})
    are_recorded = is_redacted(changes) or digest_of(changes) == event["digest"]
    return are_recorded and link.hash_after(event["prev_hash"]) == bytes(event["hash"])
