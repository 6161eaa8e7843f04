"""A container as production runs it: one volume can be written to, and only what is needed is allowed."""

import asyncio
import json
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from tests.servers import UNLIMITED, free_port
from tools import containers

PROFILE = Path(__file__).resolve().parents[2] / "deploy" / "container" / "seccomp.json"
HARDENED = (
    *("--network", "host", "--read-only", "--read-only-tmpfs=false", "--cap-drop", "ALL"),
    *("--security-opt", "no-new-privileges", "--security-opt", f"seccomp={PROFILE}"),
    # Memory that programs share, which every container gets unless told otherwise, can be written to as well.
    *("--ipc", "none", "--mount", "type=tmpfs,destination=/dev/mqueue,ro=true"),
    *("--memory", "512m", "--pids-limit", "200"),
)
LABEL = "tasktracker-test"
PATIENCE = 60.0
"""Seconds that a start may take before a test gives up; what it should take is a test of its own."""
PYTHON = "/opt/tasktracker/bin/python"


@dataclass(frozen=True)
class Container:
    """`ready_after` is in seconds from the start of its process, `worked` in seconds of a processor until then."""

    name: str
    port: int
    ready_after: float = 0
    worked: float = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def pid(self) -> int:
        """Of its first process, as this machine counts."""
        return int(self.inspect()["State"]["Pid"])

    def inspect(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(containers.said("podman", "inspect", self.name))[0]
        return found

    def is_running(self) -> bool:
        return Path(f"/proc/{self.pid}").exists() if self.pid else False

    def python(self, script: str) -> str:
        """What a script prints that runs inside, as the program's user and with its limits."""
        return containers.said("podman", "exec", self.name, PYTHON, "-c", script)

    def logs(self) -> str:
        done = containers.run("podman", "logs", self.name, capture_output=True)
        return done.stdout + done.stderr

    def stop(self, seconds: int = 60) -> int:
        """Ask it to end as an orchestrator does; returns its exit code (137 if it had to be killed)."""
        containers.said("podman", "stop", "--time", str(seconds), self.name)
        return int(self.inspect()["State"]["ExitCode"])

    def discard(self) -> None:
        containers.run("podman", "rm", "--force", "--time", "0", "--volumes", self.name, capture_output=True)


def arguments(database_url: str, **environment: str) -> list[str]:
    """Of `podman run`, up to the image."""
    variables = {"TASKTRACKER_DATABASE_URL": database_url, **UNLIMITED, **environment}
    settings = [part for name, value in variables.items() for part in ("--env", f"{name}={value}")]
    return [*HARDENED, "--label", LABEL, *settings]


async def migrated(image: str, database_url: str) -> str:
    """What the one-off container says that brings the schema to head, as hardened as the server is."""
    command = ["podman", "run", "--rm", *arguments(database_url), image, "migrate"]
    done = await asyncio.to_thread(containers.run, *command, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def launched(image: str, database_url: str, **environment: str) -> Container:
    """A server that has been started, and that nobody has waited for."""
    port = free_port()
    command = ["podman", "run", "--detach", *arguments(database_url, TASKTRACKER_PORT=str(port), **environment), image]
    return Container(containers.said(*command), port)


async def started(image: str, database_url: str, **environment: str) -> Container:
    """A server that is ready."""
    container = await asyncio.to_thread(launched, image, database_url, **environment)
    deadline = time.monotonic() + PATIENCE
    async with httpx.AsyncClient() as client:
        while not await _is_ready(client, container):
            if time.monotonic() > deadline or not container.is_running():
                said = container.logs()
                container.discard()
                raise AssertionError(f"it did not get ready:\n{said}")
            await asyncio.sleep(0.02)
    return Container(container.name, container.port, *_times(container))


async def _is_ready(client: httpx.AsyncClient, container: Container) -> bool:
    try:
        return (await client.get(f"{container.address}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _times(container: Container) -> tuple[float, float]:
    """Seconds since its process was started, and those that it worked: the kernel counts in hundredths."""
    now = time.clock_gettime(time.CLOCK_BOOTTIME)
    fields = Path(f"/proc/{container.pid}/stat").read_text().rpartition(")")[2].split()
    user, system, started = (int(fields[number]) / 100 for number in (11, 12, 19))
    return now - started, user + system


def end_all() -> None:
    """End and delete whatever these tests have started."""
    found = containers.said("podman", "ps", "--all", "--quiet", "--filter", f"label={LABEL}").split()
    if found:
        containers.run("podman", "rm", "--force", "--time", "0", "--volumes", *found, capture_output=True)
