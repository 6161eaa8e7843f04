"""A server that tells what its open pages cost: `python -m tests.bench.measured_server`, with the usual settings.

With `--trace` it counts the bytes of Python's objects, which itself makes the process bigger.

Prints its address, and then, for every line it reads, one line of JSON with what there is at that moment: memory, or,
for the line `loop`, how the event loop has fared since it was asked last.
"""

import asyncio
import gc
import json
import os
import socket
import sys
import time
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn
import uvloop
from nicegui import Client

from tasktracker.app import create_app
from tasktracker.settings import settings
from tasktracker.telemetry.collecting import spare_the_loop
from tasktracker.ui.sockets import OWNER

STATM = Path("/proc/self/statm")


async def main() -> None:
    """Serve until nobody asks any more."""
    named = settings().database_url
    assert named, "set TASKTRACKER_DATABASE_URL"
    if "--trace" in sys.argv:
        tracemalloc.start()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(settings(), named.get_secret_value())
        spare_the_loop()
        config = uvicorn.Config(app, log_config=None, access_log=False, ws_per_message_deflate=False, lifespan="on")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        _say(f"http://127.0.0.1:{listener.getsockname()[1]}")
        watching = asyncio.create_task(_watch())
        while line := await asyncio.to_thread(sys.stdin.readline):
            _say(json.dumps(_loop() if line.strip() == "loop" else _figures()))
        watching.cancel()
        server.should_exit = True
        await serving


def _figures() -> dict[str, object]:
    """Bytes, and the number of elements of each open page."""
    gc.collect()
    pages = [client for client in Client.instances.values() if OWNER in client.storage]
    return {
        "elements": [len(page.elements) for page in pages],
        "python": tracemalloc.get_traced_memory()[0],
        "resident": int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if STATM.exists() else None,
    }


@dataclass
class _Held:
    """Seconds: how late a beat of the loop was, at most, and for how much of that the loop was at work itself.

    The rest it waited for the machine, which others use too.
    """

    up: float = 0.0
    by_itself: float = 0.0
    collecting: float = 0.0
    """Work of the garbage collector at a stretch, which is part of that."""


_held = _Held()
_collecting_since = 0.0
BEAT = 0.005
"""Seconds."""


async def _watch() -> None:
    gc.callbacks.append(_note_collection)
    while True:
        began, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(BEAT)
        late = time.perf_counter() - began - BEAT
        _held.up = max(_held.up, late)
        _held.by_itself = max(_held.by_itself, min(late, time.thread_time() - worked))


def _note_collection(phase: str, _info: object) -> None:
    global _collecting_since  # noqa: PLW0603  the interpreter calls this, and keeps nothing
    if phase == "start":
        _collecting_since = time.thread_time()
    else:
        _held.collecting = max(_held.collecting, time.thread_time() - _collecting_since)


def _loop() -> dict[str, float]:
    told = {**asdict(_held), "cpu": time.process_time()}
    _held.up = _held.by_itself = _held.collecting = 0.0
    return told


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main())
