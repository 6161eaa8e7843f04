"""What is in the image, read out of the archive that people get."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Entry:
    """`time` is in seconds since 1970; `digest` is empty for what is no file."""

    path: str
    time: int
    digest: str
    content: bytes


class Archive:
    """An OCI archive. Layers are counted from the base's first."""

    def __init__(self, path: Path) -> None:
        self._tar = tarfile.open(path)  # noqa: SIM115  closed by __exit__
        index = json.loads(self._read("index.json"))
        self.manifest: dict[str, Any] = json.loads(self._blob(index["manifests"][0]["digest"]))
        self.configuration: dict[str, Any] = json.loads(self._blob(self.manifest["config"]["digest"]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._tar.close()

    def layers(self) -> int:
        return len(self.manifest["layers"])

    def entries(self, layer: int) -> Iterator[Entry]:
        digest = self.manifest["layers"][layer]["digest"]
        blob = self._tar.extractfile(f"blobs/{digest.replace(':', '/')}")
        assert blob
        with tarfile.open(fileobj=blob, mode="r:*") as files:
            for member in files:
                taken = files.extractfile(member) if member.isfile() else None
                content = taken.read() if taken else b""
                yield Entry(member.name, int(member.mtime), sha256(content).hexdigest() if taken else "", content)

    def _blob(self, digest: str) -> bytes:
        return self._read(f"blobs/{digest.replace(':', '/')}")

    def _read(self, name: str) -> bytes:
        member = self._tar.extractfile(name)
        assert member, name
        return member.read()
