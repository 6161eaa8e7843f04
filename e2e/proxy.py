"""A balancer for tests: one address, behind which now this process stands and now that one."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from e2e.servers import Server
from tests.line import pump
from tests.servers import free_port

Answer = TypeVar("Answer")


class Proxy:
    """Passes connections on to one server. When it is another one's turn, those to the one before are cut."""

    def __init__(self, server: Server) -> None:
        self._port = server.port
        self._listening_on = free_port()
        self.address = f"http://127.0.0.1:{self._listening_on}"
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listener = self._run(asyncio.start_server(self._pass_on, "127.0.0.1", self._listening_on))
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.close()
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def switch_to(self, server: Server) -> None:
        """From now on that server answers."""
        self._port = server.port
        self._run(self._cut())

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _cut(self) -> None:
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _end(self) -> None:
        await self._cut()
        passing = asyncio.all_tasks() - {asyncio.current_task()}
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            upstream, downstream = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        self._open |= {writer, downstream}
        try:
            await asyncio.gather(pump(reader, downstream), pump(upstream, writer))
        finally:
            self._open -= {writer, downstream}
            writer.close()
            downstream.close()
