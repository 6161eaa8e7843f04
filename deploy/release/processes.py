"""Replicas as processes of one machine, which outlive whoever started them."""

import contextlib
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

DRAIN, SOON = "TASKTRACKER_DRAIN_SECONDS", "3"
"""Unless told otherwise: no balancer has to find out that a replica ends, since it is told before the replica is."""
STOP = 60.0
"""Seconds from SIGTERM to SIGKILL, as stopTimeout on AWS."""


def start(release: str, port: int, log: Path) -> int:
    """Start the release's program on that port, in a session of its own; returns its process id."""
    with log.open("ab") as said:
        return os.posix_spawn(
            release,
            [release, "serve", "--host", "127.0.0.1", "--port", str(port)],
            {DRAIN: SOON, **os.environ},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, said.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, said.fileno(), 2),
            ],
            setsid=True,
        )


class Stopping:
    """A process that was asked to end. It is killed if that takes longer than `STOP`."""

    def __init__(self, pid: int, born: str | None) -> None:
        self._pid, self._born = pid, born
        self._began = time.monotonic()
        self.was_polite = True
        """Whether it ended by itself."""
        if is_alive(pid, born):
            _signal(pid, signal.SIGTERM)

    @property
    def seconds(self) -> float:
        """Since it was asked."""
        return time.monotonic() - self._began

    def is_over(self) -> bool:
        """Look whether it has ended."""
        if is_alive(self._pid, self._born) and self.seconds > STOP:
            self.was_polite = False
            _signal(self._pid, signal.SIGKILL)
        return not is_alive(self._pid, self._born)


def birth(pid: int) -> str | None:
    """When the process began, as Linux counts it; None where that is not known. Numbers are used again."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return None


def is_alive(pid: int, born: str | None) -> bool:
    """Whether the process runs that was born then. One that has ended and that we started is taken leave of here."""
    with contextlib.suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return born is None or birth(pid) == born


def _signal(pid: int, which: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, which)


def is_ready(port: int) -> bool:
    """Whether what listens there says that it may be sent people."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  OK
    except (OSError, urllib.error.URLError):
        return False


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
