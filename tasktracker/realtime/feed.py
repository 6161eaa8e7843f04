"""The feed: hears the doorbells of all processes on one dedicated connection.

A lost notification or connection costs at most one poll interval and never a change: every `POLL` seconds the
revisions of the open projects are read anyway, and so are the marks of the open inboxes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

import asyncpg
from loguru import logger

from tasktracker.realtime.doorbell import CHANNEL, INBOX_CHANNEL, PRESENCE_CHANNEL, inboxes_in, rings_in
from tasktracker.realtime.inbox_hub import InboxHub
from tasktracker.realtime.presence import PresenceHub
from tasktracker.secrets.database_credentials import Where, connect, is_outdated, woken
from tasktracker.telemetry.metrics import FEED_POLLED_CHANGES, FEED_RECONNECTS

POLL = 2.0
"""Seconds between two looks at the revisions of the open projects."""
RETRY = 0.5
"""Seconds before a lost connection is reopened."""
CHECK = 10.0
"""Seconds between two questions whether a silent connection still answers, and the longest wait for the answer."""


class News:
    """The logs that have grown since this was last asked: for those who read logs that no page has open."""

    def __init__(self) -> None:
        self._logs: set[UUID] = set()
        self._is_there = asyncio.Event()

    def add(self, log_id: UUID) -> None:
        """Note that the log has grown."""
        self._logs.add(log_id)
        self._is_there.set()

    async def wait(self, seconds: float) -> set[UUID]:
        """The logs, as soon as there is one; none when nothing is heard for so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._is_there.wait()
        except TimeoutError:
            return set()
        self._is_there.clear()
        logs, self._logs = self._logs, set()
        return logs


class Feed:
    """One per process. Calls `heard(log_id, revision)` for every log that may have grown; the same may come twice."""

    def __init__(
        self,
        heard: Callable[[UUID, int], bool],
        open_logs: Callable[[], Collection[UUID]],
        revisions_of: Callable[[list[UUID]], Awaitable[dict[UUID, int]]],
        inboxes: InboxHub | None = None,
        presence: PresenceHub | None = None,
    ) -> None:
        """`heard` answers whether it was news; `open_logs` names the logs to poll, `revisions_of` reads them.

        `inboxes` is told whose inbox has changed, `presence` who sits where.
        """
        self._heard = heard
        self._open_logs = open_logs
        self._revisions_of = revisions_of
        self._inboxes = inboxes
        self._presence = presence
        self._tasks: list[asyncio.Task[None]] = []
        self._news: set[News] = set()
        self.is_listening = asyncio.Event()

    def start(self, database: Where) -> None:
        """Begin to listen and to poll."""
        self._tasks = [
            asyncio.create_task(self._listen(database), name="feed: listen"),
            asyncio.create_task(self._poll(), name="feed: poll"),
        ]

    @contextmanager
    def news(self) -> Iterator[News]:
        """Hear of every log, also of those that no page has open, until the block ends. What is lost stays unheard."""
        news = News()
        self._news.add(news)
        try:
            yield news
        finally:
            self._news.discard(news)

    async def stop(self) -> None:
        """Close the connection and stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _listen(self, database: Where) -> None:
        while True:
            try:
                await self._listen_until_lost(database)
            except Exception as error:  # noqa: BLE001  whatever it is, this process must hear again
                logger.warning("feed: LISTEN connection lost ({}), reopening", error)
            self.is_listening.clear()
            FEED_RECONNECTS.inc()
            await asyncio.sleep(RETRY)

    async def _listen_until_lost(self, database: Where) -> None:
        wake = asyncio.Event()
        with woken(database, wake):
            connection = await self._opened(database, wake)
            try:
                self.is_listening.set()
                await self._look()
                while await _still_there(connection, wake):
                    if is_outdated(database, connection):
                        # The next one hears before this one falls silent, so nothing is missed.
                        connection, old = await self._opened(database, wake), connection
                        old.terminate()
            finally:
                connection.terminate()

    async def _opened(self, database: Where, wake: asyncio.Event) -> asyncpg.Connection:
        settings = {"application_name": "tasktracker feed", "tcp_keepalives_idle": "30"}
        connection = await connect(database, server_settings=settings)
        connection.add_termination_listener(lambda _connection: wake.set())
        try:
            await connection.add_listener(CHANNEL, self._on_notify)
            await connection.add_listener(INBOX_CHANNEL, self._on_inbox)
            if self._presence:
                await connection.add_listener(PRESENCE_CHANNEL, self._on_presence)
                self._presence.ask()
        except BaseException:
            connection.terminate()
            raise
        return connection

    def _on_notify(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            rings = rings_in(str(payload))
        except ValueError:
            logger.warning("feed: somebody else's notification on {}: {}", CHANNEL, payload)
            return
        for log_id, revision in rings:
            self._heard(log_id, revision)
            for news in self._news:
                news.add(log_id)

    def _on_inbox(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            account_ids = inboxes_in(str(payload))
        except ValueError:
            logger.warning("feed: somebody else's notification on {}: {}", INBOX_CHANNEL, payload)
            return
        if self._inboxes:
            self._inboxes.heard(account_ids)

    def _on_presence(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        if self._presence and not self._presence.heard(str(payload)):
            logger.warning("feed: somebody else's notification on {}: {}", PRESENCE_CHANNEL, payload)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                FEED_POLLED_CHANGES.inc(await self._look())
            except Exception as error:  # noqa: BLE001  polling is what makes up for every other loss: it never ends
                logger.warning("feed: could not poll ({}), trying again", error)

    async def _look(self) -> int:
        """Read the revisions of the open logs and the marks of the open inboxes; returns how many were news."""
        logs = list(self._open_logs())
        revisions = await self._revisions_of(logs) if logs else {}
        news = sum(self._heard(log_id, revision) for log_id, revision in revisions.items())
        return news + (await self._inboxes.look() if self._inboxes else 0)


async def _still_there(connection: asyncpg.Connection, wake: asyncio.Event) -> bool:
    """Wait until the connection is closed (False) or its user may have changed; raise when it is silent.

    A pulled cable closes nothing.
    """
    while not wake.is_set():
        try:
            await asyncio.wait_for(wake.wait(), CHECK)
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=CHECK)
    wake.clear()
    return not connection.is_closed()
