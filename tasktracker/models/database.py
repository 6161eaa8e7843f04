"""The connection pool that models and queries share."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from tasktracker.secrets.database_credentials import LeasedDatabase, Where, address_of

APP = "tasktracker"
SESSION = {
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_generic_plan",
    "random_page_cost": "1.1",
    "work_mem": "16MB",
}
"""How statements are planned that take no time. To plan one, or to compile its plan, would take longer than to run it:
so each is planned once for a connection, and for whatever values. Disks have no arms any more that would make it dear
to look at a row here and a row there. What an index has found in many places has to find room. And nobody gets help
from workers, which take longer to start than a statement runs.
"""


class PooledConnection(asyncpg.Connection):
    """A connection that is handed back as it is.

    asyncpg's reset costs a round trip at every release. Nothing here leaves session state behind: no session-level
    advisory lock, no cursor, no LISTEN and no SET is done on a pooled connection.
    """

    def get_reset_query(self) -> str:
        return ""


def orm_config(database: Where, *, pool_min: int = 1, pool_max: int = 10) -> dict[str, Any]:
    """Tortoise's configuration for one database (also what the migrations run with)."""
    lent = {} if isinstance(database, str) else _lent(database)
    return {
        "connections": {
            "default": {
                "engine": "tortoise.backends.asyncpg",
                "credentials": {
                    **_credentials(address_of(database)),
                    "minsize": pool_min,
                    "maxsize": pool_max,
                    "connection_class": PooledConnection,
                    "application_name": APP,
                    "command_timeout": 30,
                    "server_settings": dict(SESSION),
                    "max_cacheable_statement_size": 0,  # the longest ones take longest to plan
                    **lent,
                },
            }
        },
        "apps": {APP: {"models": ["tasktracker.models"], "migrations": "tasktracker.migrations"}},
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_database(database: Where, *, pool_min: int, pool_max: int) -> None:
    """Open the pool for this process and connect once, so that a wrong address fails here and not later."""
    await Tortoise.init(config=orm_config(database, pool_min=pool_min, pool_max=pool_max), _enable_global_fallback=True)
    await connection().execute_query("SELECT 1")
    if not isinstance(database, str):
        database.watch(_move_pool)


async def close_database() -> None:
    """Close the pool."""
    await Tortoise.close_connections()


def connection() -> BaseDBAsyncClient:
    """The pool, or the transaction that the caller is in."""
    return get_connection("default")


def _lent(database: LeasedDatabase) -> dict[str, Any]:
    async def connect(_address: None, **options: Any) -> asyncpg.Connection:
        return await database.connect(**options)

    # An idle connection is worth keeping: while Vault is away for long, it may be the last of its user.
    return {"connect": connect, "max_inactive_connection_lifetime": 0}


async def _move_pool() -> None:
    """Connect as the new user from now on: idle connections are closed here, the others when they are handed back."""
    pool = getattr(connection(), "_pool", None)  # Tortoise keeps it for itself
    if pool is not None:
        await pool.expire_connections()
        for holder in pool._holders:  # noqa: SLF001  asyncpg replaces an idle one when it is next needed, if ever
            if holder.is_connected() and holder.is_idle():
                holder.terminate()


def _credentials(database_url: str) -> dict[str, Any]:
    url = urlsplit(database_url)
    query = dict(parse_qsl(url.query))
    credentials: dict[str, Any] = {
        "host": query.pop("host", None) or url.hostname or "localhost",
        "port": url.port or 5432,
        "user": unquote(url.username) if url.username else None,
        "password": unquote(url.password) if url.password else None,
        "database": url.path.lstrip("/") or None,
    }
    if sslmode := query.pop("sslmode", None):
        credentials["ssl"] = sslmode
    return credentials
