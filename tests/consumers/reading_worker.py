"""Reads one workspace's logs into the table `read_by_test` until it is killed.

Arguments: database URL, workspace id.
"""

import asyncio
import sys
from collections.abc import Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers.reader import Row, read_pass
from tasktracker.models.database import open_database


class Copier:
    """Writes down what it has read, slowly, so that it is killed in the middle of things."""

    def __init__(self, workspace_id: str) -> None:
        self.name = f"copier-{workspace_id[-12:]}"
        self._workspace_id = UUID(workspace_id)

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> None:
        if events[0]["workspace_id"] != self._workspace_id:
            return
        for event in events:
            await db.execute_query("INSERT INTO read_by_test VALUES ($1, $2)", [log_id, event["revision"]])
            await asyncio.sleep(0.002)


async def main(database_url: str, workspace_id: str) -> None:
    await open_database(database_url, pool_min=1, pool_max=2)
    copier = Copier(workspace_id)
    while True:
        if not await read_pass(copier):
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
