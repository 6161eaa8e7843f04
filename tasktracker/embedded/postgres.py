"""The PostgreSQL that ships with the program, for one machine: started by its owner, and gone with it."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import asyncpg

from tasktracker.embedded.cluster import NAME, NEW_DATABASE, ready_cluster
from tasktracker.embedded.errors import ServerFailed
from tasktracker.embedded.layout import Layout, make_folder, refusals_of_the_disk, refuse_foreign
from tasktracker.embedded.leftovers import clear_the_way
from tasktracker.embedded.lock import FolderLock
from tasktracker.embedded.privileges import account_for, refuse_walled_off
from tasktracker.embedded.programs import Programs, shipped_major
from tasktracker.embedded.server import PASSING_TROUBLE, Server, turn_over, usable_port

START_SECONDS = 120  # after a power cut it first replays up to half a gigabyte
ATTEMPTS = 10
PAUSE_SECONDS = 0.3
REMEDY = "The lines below say why; server.log in the data folder has the rest."

T = TypeVar("T")


class EmbeddedPostgres:
    """One PostgreSQL server on 127.0.0.1, on a data folder that belongs to this process while it runs.

    It ends when `stop` is called or when this process ends, however it ends. As root, the server runs as `nobody` (or
    as the owner of an existing cluster), and only `folder/cluster` is given to that account: a folder that it cannot
    reach is refused, since no folder above is ever opened up.

    Used with `async with`, it gives the database's address.
    """

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """`folder` is made when absent; without a `port`, any free one is taken, a new one at each start."""
        self._layout = Layout(folder.expanduser().resolve())
        self._wanted_port = port
        self._lock: FolderLock | None = None
        self._server: Server | None = None
        self._address: str | None = None

    async def start(self) -> str:
        """Start the server, making its data the first time, and return the address of the database `tasktracker`.

        Raises:
            EmbeddedPostgresError: what is in the way, and what to do about it; nothing is left running then.
        """
        if self._address is None:
            try:
                programs, password = await _to_the_end(self._prepare)
                self._address = await self._serve(programs, password)
            except BaseException:
                await self.stop()
                raise
        return self._address

    async def stop(self) -> None:
        """Stop the server and wait for its end; what is not running is left alone.

        Raises:
            ServerFailed: it does not end.
        """
        await _to_the_end(self._release)

    async def __aenter__(self) -> str:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _prepare(self) -> tuple[Programs, str]:
        major = shipped_major()
        with refusals_of_the_disk(self._layout.root):
            refuse_foreign(self._layout, major)
            refuse_walled_off(self._layout.root, account_for(self._layout.cluster))
            make_folder(self._layout.root)
            self._lock = FolderLock(self._layout.lock)
            clear_the_way(self._layout.cluster)
            turn_over(self._layout.log, self._layout.previous_log)
            return ready_cluster(self._layout)

    def _release(self) -> None:
        server, self._server = self._server, None
        lock, self._lock = self._lock, None
        self._address = None
        try:
            if server:
                server.stop()
        finally:
            if lock:
                lock.release()

    async def _serve(self, programs: Programs, password: str) -> str:
        lines = ""
        for _ in range(ATTEMPTS):
            port = usable_port(self._wanted_port)
            address = f"postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}"
            server = await _to_the_end(partial(self._launch, programs, port))
            if await self._comes_up(server, address):
                return address
            lines = server.last_lines()
            await asyncio.sleep(PAUSE_SECONDS)
        raise ServerFailed("PostgreSQL ended while it started, again and again", REMEDY, lines)

    def _launch(self, programs: Programs, port: int) -> Server:
        with refusals_of_the_disk(self._layout.root):
            if self._lock:
                self._lock.note(port)
            self._server = Server.launch(self._layout, programs, port)
        return self._server

    async def _comes_up(self, server: Server, address: str) -> bool:
        """Wait for an answer. False: it ended of something that passes."""
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await self._answers(address):
                    if server.has_ended():
                        return _give_up_unless_passing(server.last_lines())
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise ServerFailed(
                f"PostgreSQL did not answer for {START_SECONDS} s", REMEDY, server.last_lines()
            ) from None
        return True

    async def _answers(self, address: str) -> bool:
        try:
            connection = await asyncpg.connect(address, ssl=False, timeout=5)
        except asyncpg.InvalidCatalogNameError:
            await _create_database(address)
            return False
        except asyncpg.InvalidPasswordError:
            raise ServerFailed(
                f"PostgreSQL does not take the password in {self._layout.password}",
                "Delete that file and start again: a new one is set.",
            ) from None
        except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
            return False
        await connection.close()
        return True


def running_address(folder: Path, port: int) -> str:
    """The address of the server that another process runs on this folder (see `DataFolderInUse`)."""
    password = Layout(folder.expanduser().resolve()).password.read_text().strip()
    return f"postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}"


def _give_up_unless_passing(lines: str) -> bool:
    if any(trouble in lines for trouble in PASSING_TROUBLE):
        return False
    raise ServerFailed("PostgreSQL ended while it started", REMEDY, lines)


async def _create_database(address: str) -> None:
    connection = await asyncpg.connect(address, ssl=False, timeout=5, database="postgres")
    try:
        await connection.execute(NEW_DATABASE)
    finally:
        await connection.close()


async def _to_the_end(work: Callable[[], T]) -> T:
    """Run blocking work in a thread. A cancellation waits for it: what is half done cannot be cleaned up after."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.gather(running, return_exceptions=True)
        raise
