"""People at work while users of the database change: calls, a stream of events, and somebody who counts sessions."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

import httpx

from tests.api.event_source import EventSource
from tests.vault.programs import Place

LATE = 1.0
"""Seconds after which an event counts as found by polling, not heard."""


@dataclass
class Load:
    """Figures of a run. Delays are seconds."""

    calls: int = 0
    failed: list[str] = field(default_factory=list)
    edits: dict[str, float] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    longest_call: float = 0.0
    users: set[str] = field(default_factory=set)
    lingering: float = 0.0
    """How long a user had sessions after a newer one had some."""

    async def call(self, client: httpx.AsyncClient, method: str, url: str, **options: object) -> httpx.Response | None:
        began = time.monotonic()
        self.calls += 1
        try:
            answer = await client.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            self.failed.append(f"{method} {url}: {type(error).__name__}")
            return None
        self.longest_call = max(self.longest_call, time.monotonic() - began)
        if answer.is_error:
            self.failed.append(f"{method} {url}: {answer.status_code} {answer.text[:300]}")
        return answer

    async def work(self, client: httpx.AsyncClient, key: str, name: str) -> None:
        """Add a task, read the list, change the task, over and over."""
        for number in itertools.count():
            title = f"{name} {number}"
            self.edits[title] = time.monotonic()
            made = await self.call(client, "POST", f"/api/v1/projects/{key}/tasks", json={"title": title})
            await self.call(client, "GET", f"/api/v1/projects/{key}/tasks?limit=5")
            if made is not None and not made.is_error:
                await self.call(client, "PATCH", f"/api/v1/tasks/{made.json()['ref']}", json={"priority": "high"})
            await asyncio.sleep(0.05)

    async def listen(self, client: httpx.AsyncClient, key: str) -> None:
        """Note when each new task is told of, by streams that follow each other without a gap."""
        last = 0
        while True:
            async with EventSource.open(client, f"/api/v1/projects/{key}/events", last) as source:
                assert source.answer.status_code == httpx.codes.OK
                async for event in source.events():
                    last = event.id
                    self.hear(str(event.data))

    def hear(self, event: str) -> None:
        """An event, as it came."""
        for known in [each for each in self.edits if f"'{each}'" in event]:
            self.delays.append(time.monotonic() - self.edits.pop(known))

    async def count_sessions(self, place: Place) -> None:
        """See twice a second who has sessions, and for how long after a newer user had some."""
        since: dict[str, float] = {}
        while True:
            sessions = await place.sessions()
            self.users |= set(sessions)
            newest = max(map(age, sessions), default=0)
            for user in sessions:
                if age(user) < newest:
                    since.setdefault(user, time.monotonic())
                    self.lingering = max(self.lingering, time.monotonic() - since[user])
            await asyncio.sleep(0.5)


def age(user: str) -> int:
    """When Vault made the user (seconds since 1970), which its name ends with."""
    return int(user.rpartition("-")[2])
