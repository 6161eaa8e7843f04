"""Every test here runs on the real database of this process."""

import pytest

from tests import patience
from tests.shelf import Shelf

__all__ = ["patience"]


@pytest.fixture(scope="session", autouse=True)
async def _database(database: None, shelf: Shelf) -> None:
    """Session-wide, so that property tests may use it: it is the same for every example."""
