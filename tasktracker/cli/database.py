"""Which database a command works on: the one that is named, or the one that ships with the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tasktracker.embedded.errors import DataFolderInUse
from tasktracker.embedded.postgres import EmbeddedPostgres, running_address
from tasktracker.models.database import close_database, open_database
from tasktracker.models.schema import upgrade_schema
from tasktracker.settings import settings


@asynccontextmanager
async def database_url(*, alone: bool = False) -> AsyncIterator[str]:
    """The database's address. The shipped PostgreSQL is started for the block, unless `tasktracker up` is running it.

    `alone`: refuse to share it, since the caller is to own it.
    """
    if named := settings().database_url:
        yield named.get_secret_value()
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
    """The pool, open on that database at head."""
    async with database_url() as url:
        await upgrade_schema(url)
        await open_database(url, pool_min=1, pool_max=settings().pool_max)
        try:
            yield
        finally:
            await close_database()
