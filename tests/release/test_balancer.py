"""What the balancer lets through, and what it keeps to itself."""

import asyncio

import httpx
import pytest

from tests.release.stage import CONFIGURATION, Stage

SPOOFED = {
    "X-Forwarded-For": "203.0.113.99, 203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.7",
}


@pytest.fixture
async def behind(stage: Stage) -> Stage:
    """One replica of the program."""
    code, said = await stage.run("roll", stage.release("one"))
    assert code == 0, said
    return stage


async def test_a_failed_request_is_tried_nowhere_else(behind: Stage) -> None:
    """By the configuration, since everything that is proven here rests on it."""
    text = CONFIGURATION.read_text()
    assert "\n    retries 0\n" in text
    assert "\n    no option redispatch\n" in text


async def test_a_browser_comes_to_the_same_replica_again(behind: Stage) -> None:
    async with httpx.AsyncClient(base_url=behind.address) as client:
        first = (await client.get("/livez")).cookies["tasktracker_replica"]
        again = [(await client.get("/livez")).cookies.get("tasktracker_replica") for _ in range(6)]
        assert again == [None] * 6, "no other cookie is set"
    async with httpx.AsyncClient(base_url=behind.address) as stranger:
        other = (await stranger.get("/livez")).cookies["tasktracker_replica"]
    assert {first, other} == {"a", "b"}, "strangers take turns"


async def heard(stage: Stage) -> str:
    """What a replica is asked, in small letters, when somebody who says all of that asks for a page."""
    asked: asyncio.Queue[str] = asyncio.Queue()

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if not head.startswith("get /readyz"):
            await asked.put(head)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(note, "127.0.0.1", 0)
    async with server, httpx.AsyncClient(base_url=stage.address, headers=SPOOFED) as client:
        stage.balancer.register("a", server.sockets[0].getsockname()[1])
        async with asyncio.timeout(10):
            while not await asyncio.to_thread(stage.balancer.is_up, "a"):
                await asyncio.sleep(0.1)
            assert (await client.get("/some/page")).status_code == httpx.codes.OK
            return await asked.get()


@pytest.mark.parametrize("stage", ["", "203.0.113.7 198.51.100.0/24"], indirect=True)
async def test_what_a_caller_says_about_where_it_comes_from_is_thrown_away(stage: Stage) -> None:
    asked = await heard(stage)
    assert "x-forwarded-for: 127.0.0.1\r\n" in asked
    assert "x-forwarded-proto: http\r\n" in asked
    assert "203.0.113" not in asked
    assert "evil" not in asked
    assert f"host: 127.0.0.1:{stage.port}" in asked


@pytest.mark.parametrize("stage", ["198.51.100.0/24 127.0.0.1"], indirect=True)
async def test_a_trusted_proxy_is_believed_in_what_it_saw_itself_and_in_nothing_else(stage: Stage) -> None:
    asked = await heard(stage)
    assert asked.count("x-forwarded-for:") == 1
    assert "x-forwarded-for: 203.0.113.7\r\n" in asked, "what came before it is only what the caller said"
    assert "x-forwarded-proto: https\r\n" in asked
    assert "evil" not in asked


async def test_figures_are_for_nobody_outside(behind: Stage) -> None:
    async with httpx.AsyncClient(base_url=behind.address) as client:
        for path in ("/metrics", "/metrics/", "/%6Detrics"):
            assert (await client.get(path)).status_code == httpx.codes.NOT_FOUND
