"""The pages for when there is no page, made by real failures of a real server."""

import re
from collections.abc import AsyncIterator, Callable

import asyncpg
import httpx
import pytest

from tasktracker.ui.language import translations
from tests.factories import make_session, make_team
from tests.line import Line
from tests.servers import RunningServer, start_server, stop_server
from tests.ui.raw_socket import COOKIE

OWNER = {"workspace": "Kiln", "name": "Ana", "email": "ana@example.org", "password": "correct horse battery staple"}
Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def line(empty_database_url: str) -> AsyncIterator[Line]:
    """A line to a database that no other test has."""
    line = Line(empty_database_url)
    await line.connect()
    yield line
    await line.cut()


@pytest.fixture
async def owner(line: Line) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is signed in at a server whose database is at the end of the line; their browser asks for German."""
    running = await start_server(line.url)
    headers = {"Accept-Language": "de", "Origin": running.address}
    async with httpx.AsyncClient(base_url=running.address, headers=headers, timeout=20) as client:
        (await client.post("/api/v1/setup", json=OWNER)).raise_for_status()
        yield client
    await stop_server(running)


async def test_what_fails_is_told_in_the_readers_language(line: Line, owner: httpx.AsyncClient) -> None:
    """One server for both: it takes longer to start than to ask."""
    await _without_a_database_a_page_says_so_and_waits(line, owner)
    await line.connect()
    assert (await owner.get("/my-work")).status_code == httpx.codes.OK
    await _a_fault_of_ours_is_told_without_its_particulars(line, owner)


async def _without_a_database_a_page_says_so_and_waits(line: Line, owner: httpx.AsyncClient) -> None:
    assert (await owner.get("/")).status_code == httpx.codes.OK
    await line.cut()
    answer = await owner.get("/my-work?by=due")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert translations("de").gettext("Back in a moment") in answer.text
    assert 'href="/my-work?by=due"' in answer.text, "a way back to the same page"
    assert "/readyz" in answer.text, "it goes on by itself"
    assert answer.headers["X-Request-Id"] in answer.text
    assert not re.search("127.0.0.1|asyncpg|Traceback|_nicegui", answer.text)
    assert (await owner.get("/nowhere/at/all")).status_code == httpx.codes.NOT_FOUND, "it is known without a database"
    assert (await owner.get("/api/v1/me")).json()["type"] == "/problems/unavailable", "programs are told in JSON"


async def _a_fault_of_ours_is_told_without_its_particulars(line: Line, owner: httpx.AsyncClient) -> None:
    database = await asyncpg.connect(line.url)
    await database.execute("ALTER TABLE saved_view RENAME TO lost")
    answer = await owner.get("/", headers={"X-Request-Id": "told-to-support"})
    await database.close()
    assert answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert translations("de").gettext("Something went wrong") in answer.text
    assert '<html lang="de"' in answer.text
    assert "told-to-support" in answer.text
    assert not re.search("relation|asyncpg|Traceback", answer.text)


@pytest.mark.parametrize("path", ["/NOPE/board", "/nowhere", "/views/no-id", "/t/not a task", "/NOPE/board?task=x"])
async def test_where_nothing_is_a_page_says_so_and_leads_back(server: RunningServer, path: str) -> None:
    secret, _ = await make_session((await make_team()).owner)
    async with httpx.AsyncClient(base_url=server.address, cookies={COOKIE: secret}) as client:
        answer = await client.get(path, headers={"Referer": f"{server.address}/my-work?by=due"})
    assert answer.status_code == httpx.codes.NOT_FOUND
    assert "<h1>Not here</h1>" in answer.text
    assert 'href="/my-work?by=due">Back to where you were' in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


async def test_a_page_that_leads_back_leads_to_nobody_elses_site(server: RunningServer) -> None:
    async with httpx.AsyncClient(base_url=server.address) as client:
        answer = await client.get("/nowhere", headers={"Referer": "https://elsewhere.example/page"})
    assert "elsewhere" not in answer.text


async def test_only_what_stands_on_it_runs_on_such_a_page(server: RunningServer) -> None:
    async with httpx.AsyncClient(base_url=server.address) as client:
        answer = await client.get("/<script>alert(1)</script>")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "alert(1)" not in answer.text


async def test_who_is_signed_out_meanwhile_comes_back_after_signing_in(server: RunningServer) -> None:
    team = await make_team()
    async with httpx.AsyncClient(base_url=server.address, cookies={COOKIE: "long-gone"}) as client:
        away = await client.get(f"/{team.key}/board?task=1&filter=is%3Aopen")
        assert away.headers["Location"] == f"/sign-in?next=/{team.key}/board%3Ftask%3D1%26filter%3Dis%253Aopen"
        page = await client.get(away.headers["Location"])
    assert "Your session has ended" in page.text
    assert f"/{team.key}/board?task=1&filter=is%3Aopen" in page.text.replace("\\u0026", "&").replace("&amp;", "&")
