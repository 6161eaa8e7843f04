"""Every test here runs on the real database of this process."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests import patience
from tests.realtime.ears import Ears

__all__ = ["patience"]


@pytest.fixture(scope="session", autouse=True)
async def _database(database: None) -> None:
    """Session-wide, so that property tests may use it: it is the same for every example."""


@pytest.fixture
async def ears(database_url: str) -> AsyncIterator[Ears]:
    """Somebody who hears every notification."""
    connection = await asyncpg.connect(database_url)
    yield await Ears.open(connection)
    await connection.close()
