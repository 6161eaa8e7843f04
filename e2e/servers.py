"""Real servers: started by the command that people use, on a free port and in a folder of their own, ended by pid."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

import httpx

from tests.servers import UNLIMITED, free_port

START = 60.0
"""Seconds that a start may take: a new data folder, on a machine with other work to do."""
FILL = 240.0
"""The same where the demo's workspace is made at the start."""
STOP = 30.0
"""Seconds that an orderly end may take."""


class Server:
    """One `tasktracker` process. `address` is http://127.0.0.1:port."""

    def __init__(self, command: list[str], environment: Mapping[str, str], folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._command = [sys.executable, "-m", "tasktracker", *command, "--port", str(self.port)]
        self._environment = environment
        self._log = folder / f"{command[0]}-{self.port}.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = START) -> Self:
        """Start and return once every check of its readiness passes, within so many seconds."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=clean_environment(self._environment), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + within
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{' '.join(self._command)} did not get ready. It said:\n{self.log()}")
            time.sleep(0.05)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.discard()

    def stop(self) -> None:
        """Ask it to end, as a terminal or an orchestrator does."""
        self._end(signal.SIGTERM)

    def discard(self) -> None:
        """End it, and delete what it kept."""
        self.stop()
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """End it as a crash does: it cannot say goodbye to anybody."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        """What it has printed."""
        return self._log.read_text("utf-8", errors="replace")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


class Elsewhere(Server):
    """A server that somebody else has started, and will end. `command` is what runs the program's commands there."""

    def __init__(self, address: str, command: list[str]) -> None:
        self.address = address
        self.command = command

    def stop(self) -> None:
        """Leave it alone."""

    discard = kill = stop


def elsewhere() -> Elsewhere | None:
    """The server that TASKTRACKER_E2E_ADDRESS names, if it does; TASKTRACKER_E2E_COMMAND is tasktracker's there."""
    address = os.environ.get("TASKTRACKER_E2E_ADDRESS")
    return Elsewhere(address, shlex.split(os.environ.get("TASKTRACKER_E2E_COMMAND", ""))) if address else None


def up(*options: str) -> Server:
    """`tasktracker up` in a new, empty folder: a PostgreSQL of its own, and nobody in it."""
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-e2e-"))
    folder.chmod(0o755)  # started by root, PostgreSQL runs as another user, who has to get in
    environment = {"TASKTRACKER_DATA_FOLDER": str(folder / "postgres")}
    server = Server(["up", "--no-browser", *options], environment, folder)
    return server.start(FILL if "--demo" in options else START)


def serve_beside(first: Server) -> Server:
    """A second process on the database of the first."""
    alone = {"TASKTRACKER_DATABASE_URL": database_url(first), "TASKTRACKER_DRAIN_SECONDS": "0"}  # without a balancer
    return Server(["serve"], alone, first.folder).start()


@cache
def database_url(server: Server) -> str:
    """The address of the database that `tasktracker up` runs. It holds a password."""
    return run_command(server, "database-url").strip()


def run_command(server: Server, *arguments: str, **environment: str) -> str:
    """Another command of the program, on the same data folder; returns what it printed."""
    if isinstance(server, Elsewhere):
        variables, command = environment, [*server.command, *arguments]
    else:
        variables = {"TASKTRACKER_DATA_FOLDER": str(server.folder / "postgres"), **environment}
        command = [sys.executable, "-m", "tasktracker", *arguments]
    done = subprocess.run(command, env=clean_environment(variables), check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without anybody's own settings of the program, and without limits of calls."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TASKTRACKER_")}
    return {**kept, **UNLIMITED, **extra}
