"""The server around an app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from tasktracker.cli.server import Server
from tasktracker.cli.serving import listening


async def refused() -> None:
    raise ConnectionRefusedError


async def test_where_the_app_does_not_start_the_server_ends_and_leaves_it_to_its_owner_to_say_so() -> None:
    @asynccontextmanager
    async def no_start(_app: FastAPI) -> AsyncIterator[None]:
        await refused()
        yield

    with listening("127.0.0.1", 0) as listener:
        server = Server(FastAPI(lifespan=no_start), 0, lambda: pytest.fail("nobody is told that it has started"))
        await server.serve([listener])
    assert not server.started
