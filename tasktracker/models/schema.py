"""Bringing a database's schema to what this program needs, one runner at a time; and whether it is good for it."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path

import asyncpg
from tortoise import Tortoise
from tortoise.exceptions import OperationalError
from tortoise.migrations.api import migrate

from tasktracker.models.compatibility import shut_out_by, too_early
from tasktracker.models.database import APP, connection, orm_config
from tasktracker.secrets.database_credentials import Where, connect

LOCK = 0x7461736B
"""The advisory lock that the one runner holds ("task" in ASCII)."""

LOCK_TIMEOUT = "5s"
"""How long a migration waits for a table before it gives way to the program that is using it."""

_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
_APPLIED = "SELECT name FROM tortoise_migrations WHERE app = $1 ORDER BY name"


class ContractsTooEarly(Exception):
    """Programs that may still run use what a migration removes. The text says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a schema stands to this program, by names of migrations."""

    pending: list[str]
    """What it lacks."""
    newer: list[str]
    """What a newer release has added."""
    shut_out_by: list[str]
    """Of these, what has removed something that this program uses."""


async def upgrade_schema(
    database: Where, progress: Callable[[str], None] = lambda _name: None, *, all_stopped: bool = False
) -> None:
    """Apply the migrations that are missing. Any number of processes may call this at once: one does the work.

    Unless `all_stopped`, older programs may be running. Raises ContractsTooEarly, and has then changed nothing.
    """
    if not isinstance(database, str):
        database.linger = inf  # what is under way cannot be moved to the next user, and takes the time that it takes
    lock = await connect(database)
    try:
        await lock.execute("SELECT pg_advisory_lock($1)", LOCK)
        if not all_stopped:
            await _require_that_others_can_go_on(lock)
        await _migrate(database, progress)
    finally:
        await lock.close()


async def schema_standing() -> Standing:
    """How the open database's schema stands to this program."""
    try:
        rows = await connection().execute_query_dict(_APPLIED, [APP])
    except (asyncpg.UndefinedTableError, OperationalError) as error:
        if not isinstance(error.__cause__ or error, asyncpg.UndefinedTableError):
            raise
        rows = []  # nothing was ever applied
    return _standing({row["name"] for row in rows})


@cache
def known_migrations() -> tuple[str, ...]:
    """Names of the migrations that this program brings, the oldest first."""
    names = (module.name for module in pkgutil.iter_modules([str(_MIGRATIONS)]))
    return tuple(sorted(name for name in names if name[0].isdigit()))


def _standing(applied: set[str]) -> Standing:
    known = known_migrations()
    pending = [name for name in known if name not in applied]
    return Standing(pending, sorted(applied - set(known)), shut_out_by(known, applied))


async def _require_that_others_can_go_on(lock: asyncpg.Connection) -> None:
    try:
        applied = {row["name"] for row in await lock.fetch(_APPLIED, APP)}
    except asyncpg.UndefinedTableError:
        return
    if early := too_early(_standing(applied).pending, applied):
        raise ContractsTooEarly(
            f"{', '.join(early)} would remove what programs use that may still run. Roll the release before this one "
            "first; or stop every process, and migrate with --all-stopped."
        )


async def _migrate(database: Where, progress: Callable[[str], None]) -> None:
    config = orm_config(database)
    credentials = config["connections"]["default"]["credentials"]
    credentials["command_timeout"] = None  # an index over a large table takes minutes, and nobody waits for it
    credentials["server_settings"]["lock_timeout"] = LOCK_TIMEOUT
    try:
        await migrate(
            config=config,
            app_labels=[APP],
            progress=lambda event, _app, name: progress(name) if event == "apply_start" else None,
        )
    finally:
        await Tortoise.close_connections()
