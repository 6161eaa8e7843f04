"""Both places, real: a folder, and a server that speaks S3 in a process of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tasktracker.settings import Settings
from tasktracker.storage import Storage, open_storage
from tests import patience
from tests.servers import free_port

__all__ = ["patience"]

BUCKET = "team-files"
LIMIT = 12 * 2**20
"""Bytes: more than two parts of a large object."""

# Nobody's keys, and nobody is asked for others.
KEYS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_REGION": "us-east-1",
}


@pytest.fixture(autouse=True)
def nobodys_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("AWS_", "TASKTRACKER_"))]:
        monkeypatch.delenv(name)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running moto server, ended by its process id."""
    port = free_port()
    log = tmp_path_factory.mktemp("moto") / "log"
    program = Path(sys.executable).with_name("moto_server")
    with (
        log.open("w") as lines,
        subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=lines, stderr=lines) as server,
    ):
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


class Shelf(ABC):
    """What lies in a place, seen from beside the program: whole objects, and what is left of unfinished ones."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    @abstractmethod
    def keys(self) -> list[str]: ...

    @abstractmethod
    def leftovers(self) -> list[str]: ...


class FolderShelf(Shelf):
    def __init__(self, folder: Path) -> None:
        url = f"file://{folder}"
        super().__init__(open_storage(Settings(storage_url=url, attachment_limit_bytes=LIMIT)))
        self.folder = folder

    def keys(self) -> list[str]:
        return [name for name in self._files() if "#" not in name]

    def leftovers(self) -> list[str]:
        return [name for name in self._files() if "#" in name]

    def _files(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in files)


class BucketShelf(Shelf):
    def __init__(self, endpoint: str, bucket: str, prefix: str) -> None:
        url = f"s3://{bucket}/{prefix}"
        settings = Settings(storage_url=url, storage_s3_endpoint=endpoint, attachment_limit_bytes=LIMIT)
        super().__init__(open_storage(settings))
        self.address, self.prefix = f"{endpoint}/{bucket}", f"{prefix}/"

    def keys(self) -> list[str]:
        return self._listed("list-type")

    def leftovers(self) -> list[str]:
        return self._listed("uploads")

    def _listed(self, what: str) -> list[str]:
        answer = httpx.get(self.address, params={what: "2", "prefix": self.prefix}).raise_for_status()
        return sorted(key.removeprefix(self.prefix) for key in re.findall(r"<Key>(.*?)</Key>", answer.text))


@pytest.fixture(scope="session")
def bucket(s3_endpoint: str) -> str:
    """The name of a bucket that is there."""
    httpx.put(f"{s3_endpoint}/{BUCKET}").raise_for_status()
    return BUCKET


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.thorough)])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """An empty place of each kind."""
    if request.param == "folder":
        return FolderShelf(tmp_path / "files of the team")
    endpoint = request.getfixturevalue("s3_endpoint")
    return BucketShelf(endpoint, request.getfixturevalue("bucket"), f"{tmp_path.name}")


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the S3 server did not start: {log.read_text()}")
