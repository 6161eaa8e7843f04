"""A server that tells what its open pages cost: `python -m tests.bench.measured_server`, with the usual settings.

With `--trace` it counts the bytes of Python's objects, which itself makes the process bigger.

Prints its address, and then, for every line it reads, one line of JSON with what there is at that moment.
"""

import asyncio
import gc
import json
import os
import socket
import sys
import tracemalloc
from pathlib import Path

import uvicorn
import uvloop
from nicegui import Client

from tasktracker.app import create_app
from tasktracker.settings import settings
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
        config = uvicorn.Config(app, log_config=None, access_log=False, ws_per_message_deflate=False, lifespan="on")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        _say(f"http://127.0.0.1:{listener.getsockname()[1]}")
        while await asyncio.to_thread(sys.stdin.readline):
            _say(json.dumps(_figures()))
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


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main())
