"""Which database a command works on: the one that is named, or the one that ships with the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from loguru import logger

from tasktracker import __version__
from tasktracker.cli.errors import CannotGoOn
from tasktracker.embedded.errors import DataFolderInUse
from tasktracker.embedded.postgres import EmbeddedPostgres, running_address
from tasktracker.models.database import close_database, open_database
from tasktracker.models.schema import schema_standing, upgrade_schema
from tasktracker.secrets.database_credentials import Where
from tasktracker.secrets.start import lent_database
from tasktracker.settings import settings


@asynccontextmanager
async def database(*, alone: bool = False) -> AsyncIterator[Where]:
    """The database. The shipped PostgreSQL is started for the block, unless `tasktracker up` is running it.

    `alone`: refuse to share it, since the caller is to own it.
    """
    if named := settings().database_url:
        async with lent_database(named.get_secret_value()) as where:
            yield where
        return
    try:
        postgres = EmbeddedPostgres(settings().folder)
        address = await postgres.start()
    except DataFolderInUse as busy:
        if alone or busy.port is None:
            raise
        yield running_address(settings().folder, busy.port)
        return
    try:
        yield address
    finally:
        await postgres.stop()


@asynccontextmanager
async def opened() -> AsyncIterator[None]:
    """The pool, open on that database at head. Raises CannotGoOn as `require_head` does."""
    async with database() as where:
        if isinstance(where, str):  # users that Vault lends change no table, but for the one of `migrate`
            await upgrade_schema(where)
        await open_database(where, pool_min=1, pool_max=settings().pool_max)
        try:
            await require_head()
            yield
        finally:
            await close_database()


async def require_head() -> None:
    """Raise CannotGoOn when the open database lacks a migration, or a newer release has left this program behind."""
    standing = await schema_standing()
    if standing.pending:
        raise CannotGoOn(f"The database lacks {', '.join(standing.pending)}. Run `tasktracker migrate` first.")
    if standing.shut_out_by:
        raise CannotGoOn(
            f"A newer release has migrated the database, and {', '.join(standing.shut_out_by)} removed what this "
            f"program ({__version__}) uses. Start that release, or one right before it; see docs/runbooks/roll-back.md."
        )
    if standing.newer:
        logger.warning(
            "the database has {}, by a newer release; this program can work with it", ", ".join(standing.newer)
        )
