"""The API as the program serves it: its routes and its middleware, over a real database, without the pages."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from tasktracker import api
from tasktracker.api.errors import failure
from tasktracker.domain.actor import Actor
from tasktracker.services.sessions import create_token
from tasktracker.settings import Settings
from tests.conftest import ATTACHMENT_LIMIT
from tests.factories import Team, make_team
from tests.shelf import Shelf

BODY_LIMIT = 1_000_000
MANY = 1_000_000
"""Calls a minute: more than all tests make from their one address."""
SETTINGS = Settings(
    public_url="https://tasks.example.com",
    body_limit_bytes=BODY_LIMIT,
    attachment_limit_bytes=ATTACHMENT_LIMIT,
    rate_limit_per_minute=MANY,
    sign_in_limit_per_minute=MANY,
)
Sign = Callable[..., Awaitable[AsyncClient]]


@pytest.fixture(scope="session")
def app(shelf: Shelf) -> FastAPI:
    """The app as `tasktracker.app` composes it, NiceGUI left out."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/api/v1/broken", include_in_schema=False)
    async def broken() -> None:
        message = "the database password is hunter2"
        raise RuntimeError(message)

    api.install(app)
    api.install_middleware(app, SETTINGS, failed_page=failure)
    return app


@pytest.fixture
async def connect(app: FastAPI, database: None) -> AsyncIterator[Callable[..., Awaitable[AsyncClient]]]:
    """Makes clients, and closes them after the test."""
    async with AsyncExitStack() as stack:

        async def make(**headers: str) -> AsyncClient:
            transport = ASGITransport(app)
            client = AsyncClient(transport=transport, base_url="http://tasks.test", headers=headers)
            return await stack.enter_async_context(client)

        yield make


@pytest.fixture
async def nobody(connect: Callable[..., Awaitable[AsyncClient]]) -> AsyncClient:
    """Somebody without any credentials."""
    return await connect()


@pytest.fixture
def sign(connect: Callable[..., Awaitable[AsyncClient]]) -> Sign:
    """Makes a client for a person, with a token of theirs."""

    async def make(actor: Actor, **token: Any) -> AsyncClient:
        secret = await create_token(actor, "test", **token)
        return await connect(Authorization=f"Bearer {secret}")

    return make


@pytest.fixture
async def team(database: None) -> Team:
    """A team with one project."""
    return await make_team()


@pytest.fixture
async def owner(sign: Sign, team: Team) -> AsyncClient:
    """The team's owner, who manages its project."""
    return await sign(team.owner)


@pytest.fixture
async def served(app: FastAPI, owner: AsyncClient) -> AsyncIterator[AsyncClient]:
    """The owner at a server in this very process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve([listener]))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with AsyncClient(base_url=address, headers=owner.headers) as client:
            yield client
        server.should_exit = True
        await serving
