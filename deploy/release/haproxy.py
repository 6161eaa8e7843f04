"""HAProxy's runtime interface: who serves, who does not any more, and what came of it.

https://docs.haproxy.org/2.6/management.html#9.3
"""

import csv
import io
import socket
from dataclasses import dataclass
from pathlib import Path

from deploy.release.place import ReleaseTrouble
from deploy.release.watching import Traffic

BACKEND = "app"
TIMEOUT = 5.0
"""Seconds."""


@dataclass(frozen=True)
class Balancer:
    """By its socket. Slots are the servers of the backend in deploy/balancer/haproxy.cfg."""

    path: Path

    def slots(self) -> list[str]:
        """The names of all of them."""
        return list(self._lines())

    def register(self, slot: str, port: int) -> None:
        """From now on what listens there gets its share of what is new. It has to be ready."""
        self._tell(f"set server {BACKEND}/{slot} addr 127.0.0.1 port {port}")
        self._tell(f"set server {BACKEND}/{slot} state ready")

    def deregister(self, slot: str) -> None:
        """Nothing new comes in, not even from those whose cookie names it; open connections stay."""
        self._tell(f"set server {BACKEND}/{slot} state maint")

    def is_up(self, slot: str) -> bool:
        """Whether it is sent people."""
        return self._lines()[slot]["status"].startswith("UP")

    def traffic(self, slot: str) -> Traffic:
        """What came of the slot's requests, ever since HAProxy was started."""
        line = self._lines()[slot]
        failed = sum(int(line[name] or 0) for name in ("hrsp_5xx", "econ", "eresp"))
        return Traffic(int(line["stot"] or 0), failed)

    def _lines(self) -> dict[str, dict[str, str]]:
        text = self._ask("show stat").lstrip("# ")
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row["pxname"] == BACKEND]
        return {row["svname"]: row for row in rows if row["svname"] != "BACKEND"}

    def _tell(self, command: str) -> None:
        """A command that says nothing, or what it did, unless something is wrong."""
        said = self._ask(command).strip()
        if said and "changed" not in said and "no need to change" not in said:
            raise ReleaseTrouble(f"HAProxy, told “{command}”, says: {said}")

    def _ask(self, command: str) -> str:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(TIMEOUT)
                line.connect(str(self.path))
                line.sendall(f"{command}\n".encode())
                return b"".join(iter(lambda: line.recv(65536), b"")).decode()
        except OSError as error:
            raise ReleaseTrouble(f"HAProxy does not answer at {self.path} ({error}). Is it running?") from error
