"""podman as compose sees it: a service that speaks Docker's interface, and health checks that run without systemd."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import containers

PAUSE = 1.0
"""Seconds between two rounds of health checks."""


@contextmanager
def podman_service(folder: Path) -> Iterator[str]:
    """Yields the address for DOCKER_HOST; ends the service however the block ends."""
    socket = folder / "podman.sock"
    address = f"unix://{socket}"
    command = ["podman", "system", "service", "--time", "0", address]
    with (folder / "podman.log").open("wb") as log:
        service = subprocess.Popen(command, env=containers.environment(), stdout=log, stderr=log)
    over = threading.Event()
    checks = threading.Thread(target=_check_until, args=(over,), name="health checks")
    checks.start()
    try:
        while not socket.exists():
            assert service.poll() is None, (folder / "podman.log").read_text()
            over.wait(0.05)
        yield address
    finally:
        over.set()
        checks.join()
        service.terminate()
        service.wait(30)


def _check_until(over: threading.Event) -> None:
    """What systemd's timers do elsewhere."""
    while not over.wait(PAUSE):
        for container in containers.said("podman", "ps", "--quiet").split():
            containers.run("podman", "healthcheck", "run", container, capture_output=True)
