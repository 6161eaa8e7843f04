"""A project's events as a stream, over real sockets and from real processes."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from time import perf_counter

import pytest
from httpx import AsyncClient
from prometheus_client import REGISTRY

from tasktracker.api import event_stream, watching
from tasktracker.services.following import hub
from tasktracker.services.sessions import authenticate, create_token, revoke_session
from tests.api.event_source import EventSource, Told
from tests.factories import Team
from tests.servers import RunningServer, start_server, stop_server

API = "/api/v1"
TASKS = 40


@pytest.fixture(scope="module")
async def replicas(database_url: str) -> AsyncIterator[tuple[RunningServer, ...]]:
    """Two processes of the program on one database."""
    running = await asyncio.gather(start_server(database_url), start_server(database_url))
    yield running
    await asyncio.gather(*map(stop_server, running))


@pytest.fixture
async def clients(replicas: tuple[RunningServer, ...], team: Team) -> AsyncIterator[list[AsyncClient]]:
    """The team's owner at each of them."""
    headers = {"Authorization": f"Bearer {await create_token(team.owner, 'stream')}"}
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(AsyncClient(base_url=each.address, headers=headers)) for each in replicas
        ]


def events_of(team: Team) -> str:
    return f"{API}/projects/{team.key}/events"


async def head_of(client: AsyncClient, team: Team) -> int:
    return int((await client.get(f"{API}/projects/{team.key}/board")).json()["revision"])


@pytest.mark.thorough
async def test_the_stream_tells_what_the_list_tells(clients: list[AsyncClient], team: Team) -> None:
    await team.task("Grüße 🎉\nund mehr")
    whole = (await clients[0].get(events_of(team))).json()
    async with EventSource.open(clients[0], events_of(team)) as source:
        told = await source.read(len(whole))
    assert [event.data for event in told] == whole
    assert [(event.id, event.kind) for event in told] == [(event["revision"], event["kind"]) for event in whole]
    assert source.retry is not None
    assert 1000 <= source.retry <= 3000


@pytest.mark.thorough
async def test_a_change_is_told_at_once_by_every_process(clients: list[AsyncClient], team: Team) -> None:
    head = await head_of(clients[0], team)
    async with (
        EventSource.open(clients[0], f"{events_of(team)}?after={head}") as here,
        EventSource.open(clients[1], f"{events_of(team)}?after={head}") as there,
    ):
        for source in (here, there):
            headers = source.answer.headers
            assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
            assert "Content-Encoding" not in headers, "packed, it would wait until there is enough to pack"
            assert headers["Vary"] == "Accept"
        waiting = [asyncio.create_task(source.read(1)) for source in (here, there)]
        await asyncio.sleep(0.5)
        started = perf_counter()
        await clients[0].post(f"{API}/projects/{team.key}/tasks", json={"title": "News"})
        told = await asyncio.gather(*waiting)
        assert perf_counter() - started < 3.5  # the looks are 2 s apart, even if no news came through
    assert [[event.kind for event in each] for each in told] == [["TaskCreated"], ["TaskCreated"]]


async def test_a_stream_begins_before_there_is_anything_to_tell(
    replicas: tuple[RunningServer, ...], team: Team
) -> None:
    host, port = replicas[0].host.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    token = await create_token(team.owner, "raw")
    lines = [f"GET {events_of(team)}?after=1000 HTTP/1.1", f"Host: {host}", "Accept: text/event-stream",
             "Accept-Encoding: gzip, deflate, br", f"Authorization: Bearer {token}"]  # fmt: skip
    writer.write("\r\n".join([*lines, "", ""]).encode())
    async with asyncio.timeout(3):
        assert b" 200 " in await reader.readline()
        await reader.readuntil(b"\r\n\r\n")
        assert b"retry: " in await reader.readuntil(b"\n\n")
    writer.close()


@pytest.mark.thorough
async def test_whoever_comes_back_to_another_process_hears_every_revision_once(
    clients: list[AsyncClient], team: Team
) -> None:
    luck, told = random.Random(4), list[Told]()

    async def write() -> None:
        for number in range(TASKS):
            await clients[number % 2].post(f"{API}/projects/{team.key}/tasks", json={"title": f"Task {number}"})

    writing = asyncio.create_task(write())
    visits = 0
    async with asyncio.timeout(60):
        while not writing.done() or told[-1].id < await head_of(clients[0], team):
            last = told[-1].id if told else None
            async with EventSource.open(clients[visits % 2], f"{events_of(team)}?after=0", last) as source:
                told += await source.read(luck.randint(1, 4), within=1)
            visits += 1
    await writing
    assert [event.id for event in told] == list(range(1, await head_of(clients[1], team) + 1))
    assert visits > 10


@pytest.mark.thorough
async def test_a_revoked_token_hears_no_more(clients: list[AsyncClient], team: Team) -> None:
    token = await create_token(team.owner, "lost")
    session = (await authenticate(token)).session_id
    assert session is not None
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        AsyncClient(base_url=clients[0].base_url, headers=headers) as thief,
        EventSource.open(thief, f"{events_of(team)}?after=1000") as source,
    ):
        listening = asyncio.create_task(source.read(1))
        await asyncio.sleep(0.3)
        assert not listening.done()
        started = perf_counter()
        await revoke_session(team.owner, session)
        await team.task("Secret")
        assert await listening == []
        assert perf_counter() - started < 4
        assert (await thief.get(events_of(team), headers={"Accept": "text/event-stream"})).status_code == 401


@pytest.mark.drill
@pytest.mark.thorough
async def test_a_process_that_ends_sends_its_listeners_away_first(
    database_url: str, clients: list[AsyncClient], team: Team
) -> None:
    third = await start_server(database_url)
    async with (
        AsyncClient(base_url=third.address, headers=clients[0].headers) as client,
        EventSource.open(client, f"{events_of(team)}?after=1000") as source,
    ):
        listening = asyncio.create_task(source.read(1))
        poll = asyncio.create_task(client.get(f"{events_of(team)}?after=1000&wait=25"))
        await asyncio.sleep(0.5)
        started = perf_counter()
        third.process.send_signal(signal.SIGTERM)
        assert await listening == []
        assert (await poll).json() == []
        assert await third.process.wait() == 0
        assert perf_counter() - started < 8


async def test_a_change_is_told_without_a_look(
    served: AsyncClient, team: Team, listening: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LOOK", 60)
    async with EventSource.open(served, f"{events_of(team)}?after={await head_of(served, team)}") as source:
        reading = asyncio.create_task(source.read(1, within=10))
        await asyncio.sleep(0.2)
        assert not reading.done()
        task = await team.task("News")
        [told] = await reading
    assert (told.kind, told.data["task"], told.id) == ("TaskCreated", task.ref, await head_of(served, team))


async def test_a_token_that_is_revoked_meanwhile_is_told_no_more_and_its_stream_ends(
    served: AsyncClient, team: Team, listening: None
) -> None:
    token = await create_token(team.owner, "lost")
    session = (await authenticate(token)).session_id
    assert session is not None
    address = f"{events_of(team)}?after={await head_of(served, team)}"
    thief = AsyncClient(base_url=served.base_url, headers={"Authorization": f"Bearer {token}"})
    async with asyncio.timeout(20), thief, EventSource.open(thief, address) as source:
        events = source.events()
        await team.task("Known")
        assert (await anext(events)).kind == "TaskCreated"
        await revoke_session(team.owner, session)
        await team.task("Secret")
        assert [told async for told in events] == []


async def test_a_silent_stream_says_that_somebody_is_there_and_ends_in_time(
    served: AsyncClient, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT", 0.2)
    monkeypatch.setattr(event_stream, "LIFETIME", 1.5)
    started = perf_counter()
    async with EventSource.open(served, f"{events_of(team)}?after=1000") as source:
        assert await source.read(1) == []
    assert 1.1 < perf_counter() - started < 4
    assert source.comments.count("still here") >= 3


async def test_nobody_is_followed_for_a_caller_who_has_left(served: AsyncClient, team: Team) -> None:
    async with EventSource.open(served, events_of(team)) as source:
        await source.read(1)
        assert team.project.id in hub.open_logs
    async with asyncio.timeout(5):
        while team.project.id in hub.open_logs:
            await asyncio.sleep(0.05)


async def test_what_may_not_be_seen_is_refused_before_the_stream_begins(served: AsyncClient, team: Team) -> None:
    headers = {"Accept": "text/event-stream"}
    missing = await served.get(f"{API}/projects/NOSUCH/events", headers=headers)
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "application/problem+json")
    for last in ("x", "-1", str(2**63), "1.5"):
        refused = await served.get(events_of(team), headers={**headers, "Last-Event-ID": last})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/headers/Last-Event-ID")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/event-stream", "text/event-stream"),
        ("Text/Event-Stream, */*", "text/event-stream"),
        ("application/json;q=0.5, text/event-stream", "text/event-stream"),
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream;q=0", "application/json"),
        ("text/event-stream;q=x", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
async def test_the_accept_header_decides(served: AsyncClient, team: Team, accept: str, media_type: str) -> None:
    async with served.stream("GET", events_of(team), headers={"Accept": accept}) as answer:
        assert answer.headers["Content-Type"].partition(";")[0] == media_type
        assert answer.headers["Vary"] == "Accept"


async def test_a_stream_is_measured_up_to_its_beginning(
    served: AsyncClient, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "LIFETIME", 1.5)
    began, before = _measured("count"), _measured("sum")
    async with EventSource.open(served, f"{events_of(team)}?after=1000") as source:
        await source.read(1)
    async with asyncio.timeout(5):
        while _measured("count") == began:
            await asyncio.sleep(0.05)
    assert _measured("sum") - before < 1


def _measured(what: str) -> float:
    labels = {"method": "GET", "route": f"{API}/projects/{{key}}/events"}
    return REGISTRY.get_sample_value(f"tasktracker_http_request_seconds_{what}", labels) or 0
