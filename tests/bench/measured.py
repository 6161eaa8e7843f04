"""The measured server from outside: how to start it, what to ask it, and tabs that are open on it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tests.servers import UNLIMITED
from tests.ui.raw_socket import RawSocket, load_page, page_socket


class Measured:
    """The server in another process, and how to ask it."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self._process = process
        self.address = address

    async def figures(self) -> dict[str, Any]:
        """What it costs at this moment; see `measured_server`."""
        return await self._ask("")

    async def loop(self) -> dict[str, float]:
        """How its event loop has fared since this was asked last."""
        return await self._ask("loop")

    async def _ask(self, what: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{what}\n".encode())
        answer: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return answer


@asynccontextmanager
async def measured_server(database_url: str, *options: str) -> AsyncIterator[Measured]:
    """A server on that database, until the block ends."""
    own = {**UNLIMITED, "TASKTRACKER_DATABASE_URL": database_url, "TASKTRACKER_LOG_LEVEL": "ERROR"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.measured_server", *options),
        env={**os.environ, **own},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Measured(process, (await process.stdout.readline()).decode().strip())
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def open_tabs(
    address: str, path: str, secret: str, count: int, opened: Callable[[RawSocket], object] | None = None
) -> AsyncIterator[None]:
    """Tabs that are open, each with its socket; `opened` takes each as soon as it is, to answer its pings."""
    async with AsyncExitStack() as stack:
        for _ in range(count):
            page = await load_page(address, path, secret)
            socket = await stack.enter_async_context(page_socket(address, page.client_id, secret=secret))
            if opened:
                opened(socket)
        yield
