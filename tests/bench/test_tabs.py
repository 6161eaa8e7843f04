"""Two hundred people look at one board, on one process, while it changes ten times a second."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.bench.conftest import Note
from tests.bench.measured import Measured, measured_server, open_tabs
from tests.factories import Team, make_session
from tests.ui.raw_socket import RawSocket

TABS = 200
RATE = 10
"""Changes a second."""
SECONDS = 20
LATEST = 0.5
"""Seconds from the moment of a change to its arrival at the last tab."""
LONGEST_BLOCK = 0.1
"""Seconds that the server's event loop may be held up."""

pytestmark = pytest.mark.bench

_TITLE = re.compile(r"Change (\d+) of many")


@dataclass
class Watcher:
    """One tab; `arrived` says at which moment (seconds of the epoch) it was told of which change."""

    socket: RawSocket
    arrived: dict[int, float] = field(default_factory=dict)

    async def watch(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                frame = await self.socket.next_frame()
                now = time.time()
                for change in _TITLE.findall(frame):
                    self.arrived.setdefault(int(change), now)


@pytest.fixture
async def server(database_url: str) -> AsyncIterator[Measured]:
    async with measured_server(database_url) as server:
        yield server


async def test_every_change_is_at_200_tabs_of_one_process_within_half_a_second_and_its_loop_is_never_held_up(
    server: Measured, big_team: Team, note: Note
) -> None:
    secret, _ = await make_session(big_team.owner)
    tabs: list[Watcher] = []
    async with asyncio.TaskGroup() as watching:

        def opened(socket: RawSocket) -> None:
            tabs.append(Watcher(socket))
            watches.append(watching.create_task(tabs[-1].watch()))

        watches: list[asyncio.Task[None]] = []
        async with open_tabs(server.address, f"/{big_team.key}/board", secret, TABS, opened):
            before = await server.loop()  # what it took to open the pages is another matter
            made = await _change(server.address, secret, big_team)
            await asyncio.sleep(2 * LATEST)
            after = await server.loop()
            for watch in watches:
                watch.cancel()
    delays = sorted(tab.arrived.get(change, float("inf")) - at for tab in tabs for change, at in made.items())
    p50, p95 = (delays[int(len(delays) * part)] * 1000 for part in (0.5, 0.95))
    what = f"from a change to {TABS} tabs, {RATE} changes a second"
    note(what, f"p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   max {delays[-1] * 1000:6.1f} ms")
    held_up, by_itself = (after[name] * 1000 for name in ("up", "by_itself"))
    note(
        "  the server's loop was held up",
        f"by its own work at most {by_itself:.1f} ms, by all at most {held_up:.1f} ms",
    )
    note("  of that, by the garbage collector", f"at most {after['collecting'] * 1000:.1f} ms")
    note("  its work, of one core", f"{(after['cpu'] - before['cpu']) / SECONDS:6.0%}")
    assert len(delays) == TABS * RATE * SECONDS
    assert delays[-1] <= LATEST
    assert after["by_itself"] <= LONGEST_BLOCK


async def _change(address: str, secret: str, team: Team) -> dict[int, float]:
    """Edit tasks over the API, each another one, at a steady pace; returns when each change was made."""
    made: dict[int, float] = {}

    async def edit(client: httpx.AsyncClient, change: int) -> None:
        fields = {"title": f"Change {change} of many"}
        answer = await client.patch(f"/api/v1/tasks/{team.ref(change)}", json=fields)
        made[change] = datetime.fromisoformat(answer.raise_for_status().json()["updated_at"]).timestamp()

    headers = {"Origin": address}
    async with httpx.AsyncClient(
        base_url=address, cookies={"tasktracker": secret}, headers=headers, timeout=60
    ) as client:
        began = time.monotonic()
        async with asyncio.TaskGroup() as edits:
            for change in range(1, RATE * SECONDS + 1):
                edits.create_task(edit(client, change))
                await asyncio.sleep(max(0.0, began + change / RATE - time.monotonic()))
    return made
