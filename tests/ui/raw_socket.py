"""A page's socket spoken by hand, to say what no browser would: Engine.IO 4 and Socket.IO 5 frames."""

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

COOKIE = "tasktracker"


@dataclass(frozen=True)
class Page:
    """What a page's HTML tells its browser."""

    client_id: str
    elements: dict[str, Any]

    def listener(self, event: str) -> tuple[int, str]:
        """The element and the listener that take an event of that type."""
        for element_id, element in self.elements.items():
            for listener in element.get("events", []):
                if listener["type"] == event:
                    return int(element_id), str(listener["listener_id"])
        raise AssertionError(f"the page listens to no {event}")


async def load_page(address: str, path: str, secret: str) -> Page:
    """Fetch a page as its owner's browser does."""
    async with httpx.AsyncClient(cookies={COOKIE: secret}, timeout=60) as client:
        answer = await client.get(f"{address}{path}")
    assert answer.status_code == httpx.codes.OK, answer.text
    return page_in(answer.text)


def page_in(text: str) -> Page:
    """The page that this HTML is."""
    client_id = re.search(r"'client_id': '([0-9a-f-]+)'", text)
    raw = re.search(r"parseElements\(String\.raw`(.*?)`\)", text, re.DOTALL)
    assert client_id
    assert raw
    return Page(client_id[1], json.loads(html.unescape(raw[1])))


@asynccontextmanager
async def page_socket(
    address: str, client_id: str, *, secret: str | None, origin: str | None = None, handshake: bool = True
) -> AsyncIterator["RawSocket"]:
    """Connect for a page. `origin` None is the page's own; `handshake` False leaves the page's handshake out."""
    query = {"EIO": "4", "transport": "websocket", "client_id": client_id, "tab_id": "tab", "document_id": "document"}
    query |= {"next_message_id": "0", "implicit_handshake": "true"} if handshake else {}
    headers = {"Cookie": f"{COOKIE}={secret}"} if secret else {}
    url = f"{address.replace('http', 'ws', 1)}/_nicegui_ws/socket.io/?{urlencode(query)}"
    async with connect(url, origin=origin or address, additional_headers=headers, ping_interval=None) as connection:  # type: ignore[arg-type]
        raw = RawSocket(connection)
        await raw.open()
        yield raw


class RawSocket:
    """One connection. `is_accepted` says whether Socket.IO let it in."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.is_accepted = False
        self.heard: list[str] = []

    async def open(self) -> None:
        await self._connection.recv()
        await self._connection.send("40")
        async with asyncio.timeout(30):
            while not (answer := str(await self._connection.recv())).startswith(("40", "44")):
                self.heard.append(answer)
        self.is_accepted = answer.startswith("40")

    async def emit(self, name: str, message: Any) -> None:
        await self._connection.send("42" + json.dumps([name, message]))

    async def event(self, page: Page, event: str, args: Any) -> None:
        element_id, listener_id = page.listener(event)
        message = {
            "id": element_id,
            "client_id": page.client_id,
            "listener_id": listener_id,
            "args": [json.dumps(args)],
        }
        await self.emit("event", message)

    async def next_frame(self) -> str:
        """What comes next; a ping is answered."""
        frame = str(await self._connection.recv())
        if frame == "2":
            await self._connection.send("3")
        return frame

    async def hears(self, text: str, *, seconds: float) -> bool:
        """Whether a message with this text comes in time; answers pings meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    frame = await self.next_frame()
                    self.heard.append(frame)
                    if text in frame:
                        return True
        except (TimeoutError, ConnectionClosed):
            return False
