"""The doorbell: tells the other processes that a log has grown or an inbox has changed, at most 20 times a second.

It says only which log and how far (`log_id:revision`), or whose inbox (`account_id`), never what: listeners read it.
Presence alone is said whole, since nothing of it is kept anywhere (`presence.py`).
It rings on a connection of its own after the commit; a NOTIFY inside the writing transaction would serialise every
commit of the database on PostgreSQL's notification lock.
"""

import asyncio
from collections.abc import Iterable
from uuid import UUID

import asyncpg
from loguru import logger

from tasktracker.secrets.database_credentials import Where, connect, is_outdated, woken
from tasktracker.telemetry.metrics import DOORBELL_RINGS

CHANNEL = "tasktracker_log"
INBOX_CHANNEL = "tasktracker_inbox"
PRESENCE_CHANNEL = "tasktracker_presence"
INTERVAL = 0.05
"""Seconds between two NOTIFYs of one process."""
PAYLOAD_LIMIT = 7_900
"""Bytes; PostgreSQL refuses 8,000 and more."""
TIMEOUT = 10.0
"""Seconds until a connection that does not answer counts as lost."""
RETRY = 1.0
"""Seconds before a lost connection is tried again; meanwhile the others' polling carries the news."""
LAST = 1.0
"""Seconds that what waits at the end may take to be sent."""


class Doorbell:
    """One per process. `ring` never blocks and never fails: a lost ring costs the listeners one poll interval."""

    def __init__(self) -> None:
        self._pending: dict[UUID, int] = {}
        self._inboxes: set[UUID] = set()
        self._sayings: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._is_sending = False
        self._task: asyncio.Task[None] | None = None

    def ring(self, log_id: UUID, revision: int) -> None:
        """Note that the log has reached the revision; the newest revision of a log is the one that is sent."""
        if self._task is not None:
            self._pending[log_id] = max(revision, self._pending.get(log_id, 0))
            self._wake.set()

    def ring_inboxes(self, account_ids: Iterable[UUID]) -> None:
        """Note that something has changed in the inboxes of these people."""
        if self._task is not None:
            self._inboxes.update(account_ids)
            self._wake.set()

    def say(self, about: str, saying: str) -> None:
        """Say something of presence; of what is said about the same before it was sent, the last counts."""
        if self._task is not None:
            self._sayings[about] = saying
            self._wake.set()

    def start(self, database: Where) -> None:
        """Begin to send, on a connection that is opened at once and again whenever it is lost or its user changes."""
        self._task = asyncio.create_task(self._run(database), name="doorbell")

    async def stop(self) -> None:
        """Send what waits, and stop."""
        if self._task is not None:
            await self._sent()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
            self._pending.clear()
            self._inboxes.clear()
            self._sayings.clear()

    async def _sent(self) -> None:
        """Wait until nothing waits to be sent; not for long, since the listeners find out by polling."""
        for _ in range(round(LAST / INTERVAL)):
            if not (self._is_sending or self._pending or self._inboxes or self._sayings):
                return
            await asyncio.sleep(INTERVAL)

    async def _run(self, database: Where) -> None:
        while True:
            try:
                await self._send_until_lost(database)
            except Exception as error:  # noqa: BLE001  a connection killed at the wrong moment raises almost anything
                logger.warning("doorbell: connection lost ({}), trying again", error)
                await asyncio.sleep(RETRY)

    async def _send_until_lost(self, database: Where) -> None:
        """Returns when the connection's user is about to go."""
        settings = {"application_name": "tasktracker doorbell"}
        connection = await connect(database, server_settings=settings, command_timeout=TIMEOUT)
        try:
            with woken(database, self._wake):
                while not is_outdated(database, connection):
                    await self._wake.wait()
                    self._wake.clear()
                    await self._flush(connection)
                    await asyncio.sleep(INTERVAL)
        finally:
            connection.terminate()

    async def _flush(self, connection: asyncpg.Connection) -> None:
        sending, self._pending = self._pending, {}
        inboxes, self._inboxes = self._inboxes, set()
        sayings, self._sayings = self._sayings, {}
        messages = [(CHANNEL, payload) for payload in payloads(sending.items())]
        messages += [(INBOX_CHANNEL, payload) for payload in inbox_payloads(inboxes)]
        messages += [(PRESENCE_CHANNEL, payload) for payload in packed(sayings.values())]
        self._is_sending = True
        try:
            for channel, payload in messages:
                await connection.execute("SELECT pg_notify($1, $2)", channel, payload)
                DOORBELL_RINGS.inc()
        except BaseException:
            for log_id, revision in sending.items():
                self.ring(log_id, revision)
            self.ring_inboxes(inboxes)
            self._sayings = {**sayings, **self._sayings}
            self._wake.set()
            raise
        finally:
            self._is_sending = False


def payloads(rings: Iterable[tuple[UUID, int]]) -> list[str]:
    """`log_id:revision` pairs, packed."""
    return packed(f"{log_id.hex}:{revision}" for log_id, revision in rings)


def rings_in(payload: str) -> list[tuple[UUID, int]]:
    """The inverse of `payloads`, for one payload."""
    pairs = (pair.split(":") for pair in payload.split(","))
    return [(UUID(hex=log_id), int(revision)) for log_id, revision in pairs]


def inbox_payloads(account_ids: Iterable[UUID]) -> list[str]:
    """The ids, packed."""
    return packed(account_id.hex for account_id in account_ids)


def inboxes_in(payload: str) -> list[UUID]:
    """The inverse of `inbox_payloads`, for one payload."""
    return [UUID(hex=account_id) for account_id in payload.split(",")]


def packed(items: Iterable[str]) -> list[str]:
    """The items, comma-separated, in as few payloads as PostgreSQL's limit allows."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) < PAYLOAD_LIMIT:
            lines[-1] += f",{item}"
        else:
            lines.append(item)
    return lines


doorbell = Doorbell()
"""This process's doorbell."""
