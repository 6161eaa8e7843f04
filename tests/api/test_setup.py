"""The first start, over the API: once, on a server with nobody in it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from tasktracker.models.database import close_database, open_database
from tests.factories import PASSWORD, Team

API = "/api/v1"
BODY = {"workspace": "Web team", "name": "Ana", "email": "ana@example.org", "password": PASSWORD}


@pytest.fixture
async def new_server(empty_database_url: str, database_url: str, database: None) -> AsyncIterator[None]:
    """The process's pool on a database with nobody in it; afterwards everything is as before."""
    await close_database()
    await open_database(empty_database_url, pool_min=1, pool_max=5)
    yield
    await close_database()
    await open_database(database_url, pool_min=1, pool_max=20)


async def test_the_first_to_come_owns_the_workspace(new_server: None, nobody: AsyncClient) -> None:
    answers = await asyncio.gather(*(nobody.post(f"{API}/setup", json=BODY) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert (await nobody.get(f"{API}/me")).json()["role"] == "owner"


async def test_a_server_that_is_set_up_stays_as_it_is(team: Team, nobody: AsyncClient) -> None:
    refused = await nobody.post(f"{API}/setup", json=BODY)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/clash")
    assert "Set-Cookie" not in refused.headers


async def test_a_short_password_is_refused(nobody: AsyncClient) -> None:
    refused = await nobody.post(f"{API}/setup", json={**BODY, "password": "short"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/password")
