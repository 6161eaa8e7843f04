"""As whom to connect to the database: as its address says, or as a user that Vault lends and that changes.

A lent user lives for an hour at most. The next one is taken when two fifths of that are over, so that Vault may be away
for half an hour at any moment. Whoever holds connections is told, and moves over; then the old user is given back.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import asyncpg
from loguru import logger

from tasktracker.secrets.errors import VaultTrouble
from tasktracker.telemetry.metrics import DATABASE_USERS, VAULT_LEASE_SECONDS

if TYPE_CHECKING:
    from tasktracker.secrets.vault import Vault

ROTATE_AT = (0.36, 0.44)
"""When to take the next user, as parts of a lease's life: by chance in between, so that replicas differ."""
RENEW_TOKEN_AT = 0.33
"""When to renew Vault's token, as a part of its life."""
LINGER = 60.0
"""Seconds that work under way has to end on connections of an old user, unless it is given longer."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
"""Seconds before another try while Vault is away; each is twice as long as the one before."""
REMINDER = 60.0
"""Seconds between two lines in the log about the same trouble."""

Moved = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Lease:
    """A database user, lent under Vault's login of that number. Times are of the monotonic clock, in seconds."""

    id: str
    user: str
    password: str
    taken: float
    ends: float
    rotate: float
    login: int


class LeasedDatabase:
    """A database whose users Vault lends, one after another. One a process; `open` it, and `keep` it in a task."""

    def __init__(self, url: str, vault: "Vault", role: str) -> None:
        """`url` names no user."""
        self.url = url
        self.linger = LINGER
        """Seconds that work under way has to end on connections of an old user. The lease's end is the other limit."""
        self._vault = vault
        self._role = role
        self._lease: Lease | None = None
        self._watchers: set[Moved] = set()
        self._connections: dict[str, WeakSet[asyncpg.Connection]] = {}
        self._giving_back: set[asyncio.Task[None]] = set()
        self._refused = asyncio.Event()
        self._pause = 0.0
        self._reminded = 0.0

    @property
    def user(self) -> str:
        """The present user."""
        return self._held.user

    @property
    def seconds_left(self) -> float:
        """Until the present user can make no new connection."""
        return self._held.ends - time.monotonic()

    @property
    def _held(self) -> Lease:
        if self._lease is None:
            raise RuntimeError("the database has not been opened")
        return self._lease

    async def open(self) -> None:
        """Take the first user. Raises VaultTrouble, SecretsUnavailable."""
        self._lease = await self._taken()
        VAULT_LEASE_SECONDS.labels("database_user").set_function(lambda: self.seconds_left)

    async def connect(self, **options: Any) -> asyncpg.Connection:
        """Connect as the present user; `options` are asyncpg's."""
        while True:
            lease = self._held
            own = {**options, "user": lease.user, "password": lease.password}
            try:
                connection: asyncpg.Connection = await asyncpg.connect(self.url, **own)
            except asyncpg.InvalidAuthorizationSpecificationError:
                self._was_refused(lease)
                raise
            self._connections.setdefault(lease.user, WeakSet()).add(connection)
            if lease.user == self.user:
                return connection
            connection.terminate()  # the user has changed meanwhile

    def is_outdated(self, connection: asyncpg.Connection) -> bool:
        """Whether a connection is of a user that is about to go."""
        return connection not in self._connections.get(self.user, ())

    def watch(self, moved: Moved) -> None:
        """Have `moved` called whenever the user has changed: it moves what it holds over to the new one."""
        self._watchers.add(moved)

    def unwatch(self, moved: Moved) -> None:
        """Take back `watch`."""
        self._watchers.discard(moved)

    async def keep(self) -> None:
        """Renew the token and change the user in time, for ever; never fails, since what there is still serves."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._refused.wait(), self._until_due())
            self._refused.clear()
            try:
                await self._tend()
            except VaultTrouble as trouble:
                self._note(str(trouble))
            except Exception as error:  # noqa: BLE001  a file that is gone, a pool that is closing: the next try tells
                self._note(f"{type(error).__name__}: {error}")
            else:
                self._recovered()

    async def rotate(self) -> None:
        """Take the next user now, and move everything over. Raises as `open`."""
        old, self._lease = self._held, await self._taken()
        for moved in list(self._watchers):
            try:
                await moved()
            except Exception as error:  # noqa: BLE001  a pool that is just closed: the others move all the same
                logger.warning("database user {}: not everything moved over ({!r})", self.user, error)
        logger.info("database user {} takes over from {}", self.user, old.user)
        task = asyncio.create_task(self._give_back(old), name="database user: give back")
        self._giving_back.add(task)
        task.add_done_callback(self._giving_back.discard)

    async def close(self) -> None:
        """Stop giving back; what was lent ends with Vault's token."""
        for task in self._giving_back:
            task.cancel()
        await asyncio.gather(*self._giving_back, return_exceptions=True)

    def _was_refused(self, lease: Lease) -> None:
        """Somebody has taken the user back, or its time is over: the next one is due now, unless it is being tried."""
        if self._lease is not None and lease.user == self._lease.user:
            self._lease = replace(self._lease, rotate=0.0)
            if not self._pause:
                self._refused.set()

    def _until_due(self) -> float:
        if self._pause:
            return self._pause * random.uniform(0.5, 1)  # noqa: S311  no secret
        return max(0.0, min(self._held.rotate, self._token_due()) - time.monotonic())

    def _token_due(self) -> float:
        return self._vault.token_ends - self._vault.token_seconds * (1 - RENEW_TOKEN_AT)

    async def _tend(self) -> None:
        if time.monotonic() >= self._token_due():
            await asyncio.to_thread(self._vault.renew_token)
        if time.monotonic() >= self._held.rotate or self._held.login != self._vault.logins:
            try:
                await self.rotate()
            except VaultTrouble as trouble:
                # Vault answers, and has no new user to give: the old one's time can be stretched, within its limit.
                if trouble.reason in {"refuses", "failing"}:
                    await self._stretch()
                raise

    async def _taken(self) -> Lease:
        began = time.monotonic()
        answer = await self._vault.asked(lambda client: client.read(f"database/creds/{self._role}"))
        if answer is None:
            raise VaultTrouble("refuses", f"Vault knows no database user “{self._role}”")
        seconds = float(answer["lease_duration"])
        DATABASE_USERS.inc()
        return Lease(
            id=answer["lease_id"],
            user=answer["data"]["username"],
            password=answer["data"]["password"],
            taken=began,
            ends=began + seconds,
            rotate=began + seconds * random.uniform(*ROTATE_AT),  # noqa: S311  no secret
            login=self._vault.logins,
        )

    async def _stretch(self) -> None:
        lease, began = self._held, time.monotonic()
        answer = await self._vault.asked(lambda client: client.write_data(f"sys/leases/renew/{lease.id}"), tries=1)
        ends = began + float(answer["lease_duration"])
        if ends > lease.ends:
            self._lease = replace(lease, ends=ends)

    async def _give_back(self, old: Lease) -> None:
        """Wait until its last connection is closed, and have Vault drop the user, which ends what is left of it."""
        end = min(time.monotonic() + self.linger, old.ends - 1)
        open_ones = self._connections.get(old.user, WeakSet())
        while time.monotonic() < end and any(not each.is_closed() for each in open_ones):  # noqa: ASYNC110  they end without a word
            await asyncio.sleep(0.1)
        self._connections.pop(old.user, None)
        try:
            await self._vault.asked(lambda client: client.write_data(f"sys/leases/revoke/{old.id}"))
        except VaultTrouble as trouble:
            logger.warning("database user {} could not be given back, and ends with its lease: {}", old.user, trouble)

    def _note(self, trouble: str) -> None:
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
        if time.monotonic() >= self._reminded + REMINDER:
            self._reminded = time.monotonic()
            logger.warning("vault: {}; going on as database user {}, which lasts for another {:.0f} s", trouble,
                           self.user, self.seconds_left)  # fmt: skip

    def _recovered(self) -> None:
        if self._pause:
            logger.info("vault: is there again; database user {} lasts for {:.0f} s", self.user, self.seconds_left)
        self._pause = self._reminded = 0.0


Where = str | LeasedDatabase
"""Where the database is: an address with a user and a password, or one whose users Vault lends."""


def address_of(database: Where) -> str:
    """The address; without a user where Vault lends them."""
    return database if isinstance(database, str) else database.url


async def connect(database: Where, **options: Any) -> asyncpg.Connection:
    """A connection of one's own, beside the pool; `options` are asyncpg's."""
    if isinstance(database, str):
        return await asyncpg.connect(database, **options)
    return await database.connect(**options)


def is_outdated(database: Where, connection: asyncpg.Connection) -> bool:
    """Whether it is of a user that is about to go."""
    return not isinstance(database, str) and database.is_outdated(connection)


@contextmanager
def woken(database: Where, event: asyncio.Event) -> Iterator[None]:
    """Until the block ends, `event` is set whenever the user has changed."""

    async def moved() -> None:
        event.set()

    if isinstance(database, str):
        yield
        return
    database.watch(moved)
    try:
        yield
    finally:
        database.unwatch(moved)
