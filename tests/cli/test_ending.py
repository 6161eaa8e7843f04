"""The end of a process, as the balancer, people, programs and the orchestrator meet it."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from tasktracker.services import tasks
from tasktracker.services.sessions import create_token
from tests.api.event_source import EventSource
from tests.api.test_crash import serving
from tests.factories import Team, make_session, make_team
from tests.models.test_schema import APPLY
from tests.programs import start
from tests.ui.raw_socket import load_page, page_socket

pytestmark = pytest.mark.drill


@pytest.fixture
async def team(database: None) -> Team:
    return await make_team()


@asynccontextmanager
async def replica(url: str, drain: float = 3) -> AsyncIterator[tuple[asyncio.subprocess.Process, httpx.AsyncClient]]:
    async with serving(url, TASKTRACKER_DRAIN_SECONDS=str(drain)) as (process, address):
        talking = asyncio.create_task(process.communicate())  # its pipe must not fill up
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            yield process, client
        talking.cancel()


async def ended(process: asyncio.subprocess.Process, within: float) -> int:
    async with asyncio.timeout(within):
        return await process.wait()


async def test_it_says_at_once_that_it_is_not_ready_and_still_answers_whoever_comes(
    team: Team, database_url: str
) -> None:
    async with replica(database_url) as (process, client):
        assert (await client.get("/readyz")).json() == {"ready": True, "problems": {}}
        began = time.monotonic()
        process.terminate()
        while (answer := await client.get("/readyz")).status_code == httpx.codes.OK:
            await asyncio.sleep(0.05)
        assert time.monotonic() - began < 1
        assert answer.json() == {"ready": False, "problems": {"life": "this process is about to end"}}
        assert answer.headers["Connection"] == "close"
        assert (await client.get("/livez")).text == "alive"
        assert (await client.get("/")).status_code < httpx.codes.BAD_REQUEST
        assert await ended(process, 10) == 0
        assert 3 <= time.monotonic() - began < 8


async def test_who_waits_for_news_gets_an_answer_and_who_listens_is_asked_to_come_back(
    team: Team, database_url: str
) -> None:
    token = await create_token(team.owner, "script")
    url = f"/api/v1/projects/{team.key}/events"
    async with replica(database_url) as (process, client):
        client.headers["Authorization"] = f"Bearer {token}"
        after = (await client.get(url)).json()[-1]["revision"]
        polling = asyncio.create_task(client.get(url, params={"after": after, "wait": 25}))
        async with EventSource.open(client, url, after) as source:
            await asyncio.sleep(0.3)
            process.terminate()
            assert [event async for event in source.events()] == [], "the stream ends as a whole answer does"
        answer = await polling
        assert (answer.status_code, answer.json()) == (200, [])
        began = time.monotonic()
        assert (await client.get(url, params={"after": after, "wait": 25})).json() == []
        assert time.monotonic() - began > 0.9, "whoever comes back at once is held up"
        assert await ended(process, 10) == 0


async def test_an_open_page_is_told_to_move_and_works_until_it_has(team: Team, database_url: str) -> None:
    secret, _ = await make_session(team.owner)
    async with replica(database_url) as (process, client):
        address = str(client.base_url).rstrip("/")
        page = await load_page(address, f"/{team.key}/board", secret)
        async with page_socket(address, page.client_id, secret=secret) as socket:
            process.terminate()
            assert await socket.hears("tasktracker.move()", seconds=4)
            await tasks.create_task(team.owner, team.key, {"title": "Made meanwhile"})
            assert await socket.hears("Made meanwhile", seconds=5)
            await asyncio.sleep(4)
            assert process.returncode is None, "it waits for the page"
        assert await ended(process, 5) == 0


async def test_a_page_that_does_not_go_holds_nobody_up_for_a_minute(team: Team, database_url: str) -> None:
    secret, _ = await make_session(team.owner)
    async with replica(database_url, drain=1) as (process, client):
        address = str(client.base_url).rstrip("/")
        page = await load_page(address, f"/{team.key}/board", secret)
        async with page_socket(address, page.client_id, secret=secret) as socket:
            process.terminate()
            assert not await socket.hears("nothing of the kind", seconds=58)
        assert await ended(process, 2) == 0


async def test_without_a_balancer_it_ends_soon(database_url: str, database: None) -> None:
    async with replica(database_url, drain=0) as (process, _client):
        process.terminate()
        assert await ended(process, 3) == 0


async def test_told_twice_it_ends_at_once(team: Team, database_url: str) -> None:
    async with replica(database_url, drain=30) as (process, _client):
        process.terminate()
        await asyncio.sleep(0.5)
        assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        assert await ended(process, 2) == 1


async def test_a_database_of_a_newer_release_is_used_or_refused_by_what_that_release_has_removed(
    empty_database_url: str,
) -> None:
    database = await asyncpg.connect(empty_database_url)
    await database.execute(APPLY, "0103_estimates")
    async with serving(empty_database_url):
        pass
    await database.execute(APPLY, "0104_contract_after_0103_old_estimate")
    person = ("--email", "ana@example.org", "--name", "Ana", "--password", "long enough")
    for command in (("serve", "--port", "0"), ("up", "--no-browser", "--port", "0"), ("user", "create", *person)):
        refused = await start(*command, TASKTRACKER_DATABASE_URL=empty_database_url)
        said, _ = await asyncio.wait_for(refused.communicate(), 30)
        assert refused.returncode == 1, command
        assert "0104_contract_after_0103_old_estimate removed what this program" in said.decode()
        assert "roll-back.md" in said.decode()
        assert "Traceback" not in said.decode()
    await database.close()
