"""A database of a million tasks for every test here."""

from collections.abc import AsyncIterator

import pytest

from tasktracker.models.database import close_database, connection, open_database
from tests.explain.filled import filled_database, filled_server
from tests.explain.filling import YEARS, Filled, read_filled

_AS_IT_IS = "RESET (n_distinct)"
_BELIEFS = {"as it is": _AS_IT_IS, "believed to be thousands of projects": "SET (n_distinct = 5000)"}
"""PostgreSQL plans a statement once for every project. The big one must not suffer if most of the others are small."""


@pytest.fixture(scope="session", params=_BELIEFS)
async def years(request: pytest.FixtureRequest) -> AsyncIterator[Filled]:
    """The pool of this process, open on it."""
    async with filled_server() as url:
        await open_database(await filled_database(url, YEARS), pool_min=1, pool_max=2)
        await _believe(_BELIEFS[request.param])
        yield await read_filled()
        await _believe(_AS_IT_IS)
        await close_database()


async def _believe(belief: str) -> None:
    for table in ("task", "comment"):
        for column in ("project_id", "workspace_id"):
            await connection().execute_query(f"ALTER TABLE {table} ALTER {column} {belief}")
        await connection().execute_query(f"ANALYZE {table}")
