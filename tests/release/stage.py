"""HAProxy with this repository's configuration, and releases that are rolled behind it as people roll them."""

import asyncio
import os
import shutil
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy.release.haproxy import Balancer
from deploy.release.notes import Notes
from deploy.release.processes import is_alive
from tests.servers import UNLIMITED, free_port

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "deploy" / "balancer" / "haproxy.cfg"
UNPROVEN = "NOT PROVEN: HAProxy is missing here (make balancer), so no release was rolled"


@dataclass
class Stage:
    """`folder` is its own. `address` is where people come in."""

    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    proxies: str = ""
    """Whom the balancer trusts."""
    _haproxy: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def balancer(self) -> Balancer:
        return Balancer(self.folder / "haproxy.sock")

    @property
    def notes(self) -> Notes:
        return Notes.read(self.folder / "release")

    async def open(self) -> None:
        """Start HAProxy; nothing is behind it yet. Skips the test, loudly, where there is none."""
        if (program := shutil.which("haproxy")) is None:
            pytest.skip(UNPROVEN)
        told = {
            "BALANCER_BIND": f"127.0.0.1:{self.port}",
            "BALANCER_FIGURES": f"127.0.0.1:{free_port()}",
            "BALANCER_SOCKET": str(self.balancer.path),
            "BALANCER_TRUSTS": self.proxies,
            "APP_A": "127.0.0.1:1",
            "APP_B": "127.0.0.1:1",
        }
        with (self.folder / "haproxy.log").open("ab") as log:
            self._haproxy = await asyncio.create_subprocess_exec(
                program, "-f", str(CONFIGURATION), env={**os.environ, **told}, stdout=log, stderr=log
            )
        async with asyncio.timeout(10):
            while not self.balancer.path.exists():
                assert self._haproxy.returncode is None, (self.folder / "haproxy.log").read_text()
                await asyncio.sleep(0.05)

    def release(self, name: str, *command: str, **environment: str) -> str:
        """A release's program: `tasktracker` of this repository, unless another command is to run."""
        path = self.folder / name / "bin" / "tasktracker"
        path.parent.mkdir(parents=True, exist_ok=True)
        settings = "".join(f"export {key}='{value}'\n" for key, value in environment.items())
        words = " ".join(f"'{word}'" for word in command or (sys.executable, "-m", "tasktracker"))
        path.write_text(f'#!/bin/sh\n{settings}cd {ROOT}\nexec {words} "$@"\n')
        path.chmod(0o755)
        return str(path)

    async def run(self, *arguments: str, watch: float = 3) -> tuple[int, str]:
        """`python -m deploy.release` here; returns its exit code, and what it said."""
        own = {
            "RELEASE_ON": f"local:{self.folder / 'release'}",
            "RELEASE_WATCH": str(watch),
            "BALANCER_SOCKET": str(self.balancer.path),
            "TASKTRACKER_DATABASE_URL": self.database_url,
            "TASKTRACKER_DATA_FOLDER": str(self.folder / "data"),
            **UNLIMITED,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.release", *arguments),
            env={**os.environ, **own},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    async def kill_replicas(self) -> None:
        """As a careless roll does: nobody was deregistered, nothing is drained."""
        for replica in self.notes.replicas.values():
            os.kill(replica.pid, signal.SIGKILL)

    def complaints(self) -> list[str]:
        """What replicas and the balancer have written that is more than information."""
        lines = (self.folder / "haproxy.log").read_text().splitlines()
        lines += [line for log in sorted(self.folder.glob("release/*.log")) for line in log.read_text().splitlines()]
        usual = ('"level": "INFO"', "Server app/", "backend app", "backend 'app'", "haproxy version", "executable is")
        return [line for line in lines if not any(each in line for each in usual)]

    async def close(self) -> None:
        """End everything that was started here, by its process id."""
        for replica in self.notes.replicas.values():
            if is_alive(replica.pid, replica.born):
                with suppress(ProcessLookupError):
                    os.kill(replica.pid, signal.SIGKILL)
        if self._haproxy and self._haproxy.returncode is None:
            self._haproxy.kill()
            await self._haproxy.wait()
