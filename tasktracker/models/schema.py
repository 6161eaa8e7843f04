"""Bringing a database's schema to what this program needs, one runner at a time."""

from collections.abc import Callable

from tortoise import Tortoise
from tortoise.migrations.api import migrate
from tortoise.migrations.executor import MigrationExecutor

from tasktracker.models.database import APP, connection, orm_config
from tasktracker.secrets.database_credentials import Where, connect

LOCK = 0x7461736B
"""The advisory lock that the one runner holds ("task" in ASCII)."""

LOCK_TIMEOUT = "5s"
"""How long a migration waits for a table before it gives way to the program that is using it."""


async def upgrade_schema(database: Where, progress: Callable[[str], None] = lambda _name: None) -> None:
    """Apply the migrations that are missing. Any number of processes may call this at once: one does the work."""
    lock = await connect(database)
    try:
        await lock.execute("SELECT pg_advisory_lock($1)", LOCK)
        await _migrate(database, progress)
    finally:
        await lock.close()


async def pending_migrations() -> list[str]:
    """Names of the migrations that the open database lacks; empty when it is at head."""
    config = orm_config("")["apps"]
    plan = await MigrationExecutor(connection(), config).plan()
    return [step.migration.name for step in plan]


async def _migrate(database: Where, progress: Callable[[str], None]) -> None:
    config = orm_config(database)
    config["connections"]["default"]["credentials"]["server_settings"]["lock_timeout"] = LOCK_TIMEOUT
    try:
        await migrate(
            config=config,
            app_labels=[APP],
            progress=lambda event, _app, name: progress(name) if event == "apply_start" else None,
        )
    finally:
        await Tortoise.close_connections()
