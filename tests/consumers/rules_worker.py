"""Lets the rules answer until it is killed, slowly, so that it is killed in the middle of things.

Argument: database URL.
"""

import asyncio
import sys
from uuid import UUID

from tasktracker.consumers import rules
from tasktracker.consumers.reader import read_pass
from tasktracker.models import Rule
from tasktracker.models.database import open_database
from tasktracker.services.rule_firing import fire_rule


async def fire_slowly(rule: Rule, task_id: UUID, request_id: str) -> bool:
    done = await fire_rule(rule, task_id, request_id)
    await asyncio.sleep(0.01)
    return done


async def main(database_url: str) -> None:
    await open_database(database_url, pool_min=1, pool_max=2)
    rules.fire_rule = fire_slowly  # type: ignore[attr-defined]  # where the consumer finds it
    while True:
        if not await read_pass(rules.Rules()):
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
