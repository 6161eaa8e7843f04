"""Real server processes on the tests' database: what tests talk to is what people get."""

import asyncio
import os
import signal
import socket
import sys
from dataclasses import dataclass

import httpx

UNLIMITED = {"TASKTRACKER_RATE_LIMIT_PER_MINUTE": "0", "TASKTRACKER_SIGN_IN_LIMIT_PER_MINUTE": "0"}
"""All tests call from one address, and are quicker than people."""


@dataclass(frozen=True)
class RunningServer:
    """`address` is http://host:port."""

    address: str
    process: asyncio.subprocess.Process

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")


async def start_server(database_url: str, *, program: str = "-mtasktracker", **settings: str) -> RunningServer:
    """Start `tasktracker serve` on a free port, with these variables too, and wait until it is ready.

    `program` is what Python runs: tasktracker, or a script that runs it otherwise.
    """
    port = free_port()
    alone = {"TASKTRACKER_DRAIN_SECONDS": "0"}  # no balancer has to find out that it ends
    own = {"TASKTRACKER_DATABASE_URL": database_url, "TASKTRACKER_LOG_FORMAT": "text", **UNLIMITED, **alone, **settings}
    environment = {**os.environ, **own}
    process = await asyncio.create_subprocess_exec(
        sys.executable, program, "serve", "--port", str(port), env=environment
    )
    running = RunningServer(f"http://127.0.0.1:{port}", process)
    async with asyncio.timeout(30), httpx.AsyncClient() as client:
        while not await _is_ready(client, running):
            await asyncio.sleep(0.1)
    return running


async def stop_server(running: RunningServer) -> int:
    """Ask it to end as an orchestrator does; returns its exit code."""
    running.process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        return await running.process.wait()


async def _is_ready(client: httpx.AsyncClient, running: RunningServer) -> bool:
    assert running.process.returncode is None, "the server ended while it started"
    try:
        return (await client.get(f"{running.address}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
