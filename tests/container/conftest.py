"""The image, built once for all tests here; whatever runs from it is ended, however a test ends."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from tasktracker.domain.ids import new_id
from tests.container.running import Container, end_all, migrated, started
from tools import containers, image
from tools.image import Image

UNPROVEN = "NOT PROVEN: nothing about the container image was tried, since it cannot be built here: {}"


@pytest.fixture(scope="session")
def engine() -> Iterator[None]:
    """The programs that build and run; the tests are skipped, loudly, where they cannot be had."""
    if lacking := containers.missing():
        pytest.skip(UNPROVEN.format(lacking))
    yield
    end_all()


@pytest.fixture(scope="session")
def built(engine: None) -> Image:
    """The image as `make image` builds it."""
    try:
        made = image.build()
    except containers.NotHere as reason:
        pytest.skip(UNPROVEN.format(reason))
    print(made)
    return made


@pytest.fixture
async def nobodys_database(server_url: str) -> str:
    """The address of a database with nothing in it, no table either."""
    name = f"image_{new_id().hex}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return server_url.rpartition("/")[0] + f"/{name}"


@pytest.fixture
async def container(built: Image, nobodys_database: str) -> AsyncIterator[Container]:
    """A server that is ready, on a database of its own that the image has migrated."""
    await migrated(built.name, nobodys_database)
    running = await started(built.name, nobodys_database)
    yield running
    running.discard()
