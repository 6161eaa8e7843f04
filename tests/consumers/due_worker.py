"""Does what is due until it is killed, slowly, so that it is killed in the middle of things.

Argument: database URL.
"""

import asyncio
import sys
from dataclasses import replace
from uuid import UUID

from tasktracker.consumers import due
from tasktracker.models.database import open_database
from tasktracker.services.command import ProjectCommand
from tasktracker.services.duty import Duty


def slowed(duty: Duty) -> Duty:
    async def do(command: ProjectCommand, row_id: UUID) -> None:
        await duty.do(command, row_id)
        await asyncio.sleep(0.01)

    return replace(duty, do=do)


async def main(database_url: str) -> None:
    await open_database(database_url, pool_min=1, pool_max=2)
    due.DUTIES = tuple(map(slowed, due.DUTIES))
    while True:
        if not await due.work_pass():
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
