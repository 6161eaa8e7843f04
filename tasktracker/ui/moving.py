"""Sending the open pages of a process that is about to end to another one, each at a moment of its own.

A page that waits for its turn works as before, so nobody notices how many there are; and the process that takes them in
builds them one after another (static/moving.js is the other half).
"""

import asyncio
from random import shuffle

from nicegui import Client

MOVING = "moving"
"""Key in a client's volatile storage: the page was told."""
PACE = 0.15
"""Seconds from one page to the next, if there is time for all."""
SHARE = 0.6
"""Of the time that there is, what may pass until the last page is told."""
IDLE = 0.2
"""Seconds between two looks for pages that were opened meanwhile."""


async def move_pages(seconds: float) -> None:
    """For ever: tell every open page to move, those too that are opened after this begins.

    All that are open now are told within `SHARE` of so many seconds.
    """
    waiting = _not_told()
    pace = min(PACE, seconds * SHARE / max(1, len(waiting)))
    while True:
        shuffle(waiting)
        for client in waiting:
            if _is_open(client):
                client.storage[MOVING] = True
                client.run_javascript("window.tasktracker.move()")
                await asyncio.sleep(pace)
        await asyncio.sleep(IDLE)
        waiting = _not_told()


def _not_told() -> list[Client]:
    return [client for client in Client.instances.values() if _is_open(client) and MOVING not in client.storage]


def _is_open(client: Client) -> bool:
    return client.has_socket_connection and not client.is_deleted
