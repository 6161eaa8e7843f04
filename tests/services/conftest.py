"""Every test here runs on the real database of this process."""

import pytest

from tests import patience

__all__ = ["patience"]


@pytest.fixture(scope="session", autouse=True)
async def _database(database: None) -> None:
    """Session-wide, so that property tests may use it: it is the same for every example."""
