"""Tabs without browsers: pages with their sockets, which do what a page's scripts do when its process is about to end.

`python -m tests.release.tabs` reads what to open as JSON from its first line, says “open” when all are, and at the end
of its input what became of them.
"""

import asyncio
import itertools
import json
import random
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
import uvloop
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.ui.raw_socket import COOKIE, Page, RawSocket, page_in, page_socket

REPLICA = re.compile(r"tasktracker_replica=(\w+)")
MOVE = "window.tasktracker.move()"
ANSWER = re.compile(r"(accept|refuse)\W+(\d+)(?:\W+(\d+))?")
EVERY = 1.0
"""Seconds from one move of a card to the next, at the tabs where somebody works."""


@dataclass
class Told:
    """What all of them did. `reconnects`: seconds from a socket's end to the next one that is accepted."""

    requests: int = 0
    failed: list[str] = field(default_factory=list)
    reconnects: list[float] = field(default_factory=list)
    cut: int = 0
    """Sockets that ended although nobody had told the page to move."""
    moves: dict[str, int] = field(default_factory=dict)
    """By the name of a task, how often its card was moved. What was refused, which people are told, is left out."""
    unanswered: int = 0
    """Moves whose page went before it heard what became of them."""


@dataclass
class Plan:
    """`tabs` in all, evenly on the boards of the projects.

    The first tab on each board moves the card of the task with the number `worked` between two columns.
    """

    address: str
    secret: str
    tabs: int
    worked: int
    boards: dict[str, list[str]]
    """The ids of the two columns, by the project's key."""


class Tab:
    """One tab. What it asks for goes through the balancer, with the cookies that it was given."""

    def __init__(self, plan: Plan, client: httpx.AsyncClient, told: Told, key: str, *, works: bool) -> None:
        self._key = key
        self._works = works
        self._name = f"{key}-{plan.worked}"
        self._plan = plan
        self._client = client
        self._told = told
        self._replica = ""
        self._ended: float | None = None
        self._cards: dict[int, dict[str, Any]] = {}
        self._is_told = asyncio.Event()
        self._is_answered = asyncio.Event()
        self.is_open = asyncio.Event()

    async def live(self) -> None:
        while True:
            page = await self._load()
            if page is None:
                await asyncio.sleep(_about(0.5))
                continue
            try:
                async with self._socket(page) as socket:
                    await self._look_at(page, socket)
            except (OSError, InvalidHandshake, ConnectionClosed) as error:
                self._told.failed.append(f"socket: {error!r}")
            self._ended = self._ended or time.monotonic()

    async def _load(self) -> Page | None:
        page = await self._get(f"/{self._key}/board")
        board = await self._get(f"/api/v1/projects/{self._key}/board") if page else None
        if not page or not board:
            return None
        self._cards = {card["number"]: card for card in board.json()["cards"]}
        return page_in(page.text)

    def _socket(self, page: Page) -> Any:
        replica = f"; tasktracker_replica={self._replica}"
        return page_socket(self._plan.address, page.client_id, secret=self._plan.secret + replica)

    async def _look_at(self, page: Page, socket: RawSocket) -> None:
        if not socket.is_accepted:
            self._told.failed.append("socket: refused")
            return
        if self._ended is not None:
            self._told.reconnects.append(time.monotonic() - self._ended)
            self._ended = None
        self.is_open.set()
        self._is_told.clear()
        working = asyncio.create_task(self._work(page, socket))
        try:
            await self._follow(socket)
        finally:
            working.cancel()
            self._ended = time.monotonic()

    async def _follow(self, socket: RawSocket) -> None:
        """Until the page has to go: told so, or cut off. It is alive until it goes."""
        ready: asyncio.Task[None] | None = None
        reading = asyncio.create_task(self._read(socket))
        try:
            await self._is_told.wait()
            ready = asyncio.create_task(self._until_ready())
            await asyncio.wait({ready, reading}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
        await ready

    async def _read(self, socket: RawSocket) -> None:
        try:
            while True:
                self._hear(await socket.next_frame())
        except ConnectionClosed:
            self._told.cut += not self._is_told.is_set()
            self._is_told.set()

    def _hear(self, frame: str) -> None:
        if MOVE in frame:
            self._is_told.set()
        for answer, number, version in ANSWER.findall(frame):
            if self._works and int(number) == self._plan.worked:
                self._told.moves[self._name] -= answer == "refuse"
                card = self._cards[self._plan.worked]
                card["version"] = int(version or card["version"])
                self._is_answered.set()

    async def _until_ready(self) -> None:
        wait, slow = 0.3, 0
        while True:
            began = time.monotonic()
            try:
                answer = await self._client.get(f"{self._plan.address}/readyz", headers=self._cookies())
            except httpx.HTTPError as error:
                self._told.failed.append(f"/readyz: {error!r}")
            else:
                is_slow = time.monotonic() - began > 0.4  # as static/moving.js says
                slow += is_slow
                if answer.status_code == httpx.codes.OK and (not is_slow or slow > 3):
                    return
            await asyncio.sleep(_about(wait))
            wait = min(2 * wait, 8)

    async def _work(self, page: Page, socket: RawSocket) -> None:
        """Move the card, over and over, as soon as it is known what became of the move before."""
        if not self._works:
            return
        card, columns = self._cards[self._plan.worked], self._plan.boards[self._key]
        while True:
            await asyncio.sleep(EVERY)
            card["column_id"] = next(each for each in columns if each != card["column_id"])
            intent = {"number": self._plan.worked, "column_id": card["column_id"], "version": card["version"]}
            self._is_answered.clear()
            self._told.moves[self._name] = self._told.moves.get(self._name, 0) + 1
            self._told.unanswered += 1
            await socket.event(page, "move", {**intent, "after": None, "before": None})
            await self._is_answered.wait()
            self._told.unanswered -= 1

    async def _get(self, path: str) -> httpx.Response | None:
        self._told.requests += 1
        try:
            answer = await self._client.get(f"{self._plan.address}{path}", headers=self._cookies())
        except httpx.HTTPError as error:
            self._told.failed.append(f"{path}: {error!r}")
            return None
        if found := REPLICA.search(answer.headers.get("set-cookie", "")):
            self._replica = found[1]
        if answer.status_code != httpx.codes.OK:
            self._told.failed.append(f"{path}: {answer.status_code}")
            return None
        return answer

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self._plan.secret}; tasktracker_replica={self._replica}"}


def _about(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.5)


async def main() -> None:
    plan = Plan(**json.loads(await asyncio.to_thread(sys.stdin.readline)))
    told = Told()
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=5)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        boards = itertools.cycle(plan.boards)
        tabs = [Tab(plan, client, told, next(boards), works=n < len(plan.boards)) for n in range(plan.tabs)]
        living = []
        for tab in tabs:
            living.append(asyncio.create_task(tab.live()))
            await tab.is_open.wait()
        _say("open")
        told.requests = 0
        await asyncio.to_thread(sys.stdin.read)
        for each in living:
            each.cancel()
        await asyncio.gather(*living, return_exceptions=True)
    _say(json.dumps(asdict(told)))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
