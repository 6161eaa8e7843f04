"""A schema that another release has migrated, on a real database."""

import asyncio
import sys

import asyncpg

APPLY = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('tasktracker', $1, now())"
ADDED, REMOVED = "0103_estimates", "0104_contract_after_0103_old_estimate"
_UPGRADE = f"""
import asyncio, sys
from tasktracker.models import schema
known = schema.known_migrations()
schema.known_migrations = lambda: (*known, "{ADDED}", "{REMOVED}")
asyncio.run(schema.upgrade_schema(sys.argv[1], all_stopped="all stopped" in sys.argv))
"""
"""A release that brings two migrations more. In a process of its own: one that migrates ends with no connection."""
_SLOW = """
import asyncio, sys
from tortoise import Tortoise
from tasktracker.models import schema
config_of = schema.orm_config
def hurried(database):
    config = config_of(database)
    config["connections"]["default"]["credentials"]["command_timeout"] = 0.2
    return config
async def slow(config, **_options):
    await Tortoise.init(config=config, _enable_global_fallback=True)
    await schema.connection().execute_query("SELECT pg_sleep(1)")
schema.orm_config, schema.migrate = hurried, slow
asyncio.run(schema.upgrade_schema(sys.argv[1]))
"""
"""A migration of one statement that takes longer than anybody would wait for a page."""


async def upgrade(url: str, *more: str, release: str = _UPGRADE) -> str:
    """What the release says, if it gives up."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", release, url, *more), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert bool(process.returncode) == bool(said), said
    return said.decode()


async def test_a_removal_waits_until_nobody_runs_who_needs_what_is_removed(empty_database_url: str) -> None:
    refused = (await upgrade(empty_database_url)).splitlines()[-1]
    assert "ContractsTooEarly" in refused
    assert REMOVED in refused
    assert "--all-stopped" in refused
    assert not await upgrade(empty_database_url, "all stopped")
    database = await asyncpg.connect(empty_database_url)
    await database.execute(APPLY, ADDED)
    await database.close()
    assert not await upgrade(empty_database_url)


async def test_a_migration_may_take_longer_than_people_wait(empty_database_url: str) -> None:
    assert not await upgrade(empty_database_url, release=_SLOW)
