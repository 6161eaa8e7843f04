"""A server that dies after it has done what it was asked, and before anybody has heard of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from httpx import AsyncClient

from tasktracker.models import LooseFile
from tasktracker.services.clock import now
from tasktracker.services.files import KEPT_LOOSE, remove_loose_files
from tasktracker.services.sessions import create_token
from tests.factories import Team
from tests.programs import ready_address, start
from tests.shelf import Shelf

API = "/api/v1"


@asynccontextmanager
async def serving(database_url: str, **settings: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`tasktracker serve` on the database of the tests; killed at the end if it still runs."""
    settings = {"TASKTRACKER_DATABASE_URL": database_url, "TASKTRACKER_LOG_FORMAT": "text", **settings}
    process = await start("serve", "--port", "0", **settings)
    try:
        yield process, await ready_address(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.drill
async def test_an_answer_that_was_lost_in_a_crash_is_told_to_whoever_asks_again(
    owner: AsyncClient, team: Team, database_url: str
) -> None:
    secret = await create_token(team.owner, "script")
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}
    call: dict[str, Any] = {"url": f"{API}/projects/{team.key}/tasks", "json": {"title": "Once"}, "headers": headers}
    async with serving(database_url) as (process, address):
        await _ask_and_hear_nothing(process, address, call)
    async with serving(database_url) as (_, address), AsyncClient(base_url=address) as client:
        again = await client.post(**call)
        assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
        assert again.json()["title"] == "Once"
        other = await client.post(**{**call, "json": {"title": "Twice"}})
        assert other.status_code == 422
    titles = [task["title"] for task in (await owner.get(f"{API}/projects/{team.key}/tasks")).json()]
    assert titles == ["Once"]


async def _ask_and_hear_nothing(process: asyncio.subprocess.Process, address: str, call: dict[str, Any]) -> None:
    """Send the call past a door that kills the server as soon as it answers, and lets nothing of the answer through."""
    port = int(address.rsplit(":", 1)[1].strip("/"))

    async def door(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", port)
        asked = asyncio.create_task(_pour(reader, upstream))
        assert await upstream_reader.read(1), "the server answers"
        process.kill()
        await process.wait()
        asked.cancel()
        upstream.close()
        writer.close()

    server = await asyncio.start_server(door, "127.0.0.1", 0)
    place = server.sockets[0].getsockname()[1]
    async with server, AsyncClient(base_url=f"http://127.0.0.1:{place}", timeout=30) as client:
        try:
            await client.post(**call)
        except httpx.TransportError:
            return
        raise AssertionError("an answer came through")


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65_536):
        writer.write(some)


@pytest.mark.drill
async def test_what_a_server_that_was_killed_had_of_a_file_is_known_and_removed(
    owner: AsyncClient, team: Team, database_url: str, shelf: Shelf
) -> None:
    files, before = f"{API}/tasks/{(await team.task()).ref}/attachments", shelf.files
    secret = await create_token(team.owner, "script")
    sent = asyncio.Event()

    async def half_a_form() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + bytes(7 * 2**20)
        sent.set()
        await asyncio.Event().wait()

    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "multipart/form-data; boundary=x"}
    async with (
        serving(database_url, TASKTRACKER_STORAGE_URL=f"file://{shelf.folder}") as (process, address),
        AsyncClient(base_url=address) as client,
    ):
        call = asyncio.create_task(client.post(files, content=half_a_form(), headers=headers))
        await sent.wait()
        while shelf.files == before:
            await asyncio.sleep(0.01)
        process.kill()
        await process.wait()
        call.cancel()
        with contextlib.suppress(asyncio.CancelledError, httpx.TransportError):
            await call
    assert (await LooseFile.all().count(), len(shelf.files - before)) == (1, 1)
    await LooseFile.all().update(since=now() - 2 * KEPT_LOOSE)
    await remove_loose_files()
    assert (await LooseFile.all().count(), shelf.files, (await owner.get(files)).json()) == (0, before, [])
