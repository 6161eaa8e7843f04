"""A real server process on the tests' database: what these tests talk to is what people get."""

from collections.abc import AsyncIterator

import pytest

from tests.servers import RunningServer, start_server, stop_server


@pytest.fixture(autouse=True)
def _pool(database: None) -> None:
    """Every test here may use the services directly too."""


@pytest.fixture(scope="session")
async def server(database_url: str) -> AsyncIterator[RunningServer]:
    """`tasktracker serve`, ready."""
    running = await start_server(database_url)
    yield running
    await stop_server(running)
