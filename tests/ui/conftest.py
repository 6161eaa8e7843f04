"""A real server process on the tests' database: what these tests talk to is what people get."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tasktracker.ui.language import Reader, reader_is_found_by
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


@pytest.fixture
def read_as() -> Iterator[Callable[..., None]]:
    """From here on the texts are for a reader of that locale, and time zone."""

    def read(*about: str) -> None:
        reader_is_found_by(lambda: Reader(*about))

    yield read
    reader_is_found_by(Reader)
