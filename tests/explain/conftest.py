"""A database of a million tasks for every test here."""

from collections.abc import AsyncIterator

import pytest

from tasktracker.models.database import close_database, connection, open_database
from tests.explain.filled import filled_database, filled_server
from tests.explain.filling import YEARS, Filled, read_filled

_BELIEFS = {"as it is": "RESET (n_distinct)", "believed to be thousands of projects": "SET (n_distinct = 5000)"}
"""PostgreSQL plans a statement once for every project. The big one must not suffer if most of the others are small."""


@pytest.fixture(scope="session", params=_BELIEFS)
async def years(request: pytest.FixtureRequest) -> AsyncIterator[Filled]:
    """The pool of this process, open on it."""
    async with filled_server() as url:
        await open_database(await filled_database(url, YEARS), pool_min=1, pool_max=2)
        for table in ("task", "comment"):
            for column in ("project_id", "workspace_id"):
                await connection().execute_query(f"ALTER TABLE {table} ALTER {column} {_BELIEFS[request.param]}")
            await connection().execute_query(f"ANALYZE {table}")
        yield await read_filled()
        await close_database()
