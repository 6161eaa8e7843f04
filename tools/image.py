"""Build the container image with buildah, write it to build/image/, and say what it weighs.

BASE_IMAGE names another base than the Dockerfile's. Where no registry can be reached, a stand-in for the base is made
of Debian's packages, and said to be one; `--pinned` refuses it.
"""

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools import base_image, containers
from tools.pip_settings import build_secrets

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "image"
LOADABLE = "tasktracker.tar"
"""For `docker load` and `podman load`."""
ARCHIVE = "tasktracker.oci.tar"
"""As registries keep it, compressed: for scanners, signatures and skopeo. This format knows no health check."""
NAME = "localhost/tasktracker"
LIMIT = 90_000_000
"""Bytes, compressed, of the whole image."""
MADE_OF = ("Dockerfile", ".dockerignore", "tasktracker", "requirements", "pyproject.toml", "deploy/container")


@dataclass(frozen=True)
class Image:
    """Sizes are bytes as they are sent, compressed."""

    name: str
    base: str
    is_on_stand_in: bool
    base_bytes: int
    own_bytes: tuple[int, ...]
    archive_bytes: int

    def __str__(self) -> str:
        own = " + ".join(f"{size / 1e6:.1f}" for size in self.own_bytes)
        return (f"==> {self.name}, compressed: base {self.base_bytes / 1e6:.1f} MB, own layers {own} MB, "
                f"the archive {self.archive_bytes / 1e6:.1f} MB (at most {LIMIT / 1e6:.0f})")  # fmt: skip


@dataclass(frozen=True)
class Source:
    """What is built. `time` is in seconds since 1970: the commit's, or now if something is not committed yet."""

    version: str
    revision: str
    time: int

    @classmethod
    def of_this_folder(cls) -> "Source":
        version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        changed = _git("status", "--porcelain", "--", *MADE_OF)
        revision = _git("rev-parse", "HEAD") or "unknown"
        committed = _git("log", "-1", "--format=%ct")
        own = int(time.time()) if changed or not committed else int(committed)
        epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or own)
        return cls(version, f"{revision}-changed" if changed else revision, epoch)

    def arguments(self) -> dict[str, str]:
        """For the Dockerfile."""
        created = datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"SOURCE_DATE_EPOCH": str(self.time), "VERSION": self.version, "REVISION": self.revision,
                "CREATED": created}  # fmt: skip


def build(*, may_stand_in: bool = True, options: tuple[str, ...] = (), tag: str = "") -> Image:
    """Build the image and its archive.

    Raises:
        NotHere: what is missing cannot be had here.
        SystemExit: with what went wrong.
    """
    if lacking := containers.missing():
        raise containers.NotHere(f"==> NO IMAGE: {lacking}")
    base = _base(may_stand_in=may_stand_in)
    source = Source.of_this_folder()
    name = f"{NAME}:{tag or source.version}"
    _build(name, base, source, options)
    FOLDER.mkdir(parents=True, exist_ok=True)
    _save("docker-archive", LOADABLE, name, f"{NAME}:latest")
    _save("oci-archive", ARCHIVE, name)
    return _weighed(name, base)


def _base(*, may_stand_in: bool) -> str:
    wanted = os.environ.get("BASE_IMAGE") or base_image.pinned()
    if base_image.pulled(wanted):
        return wanted
    stand_in = base_image.stand_in() if may_stand_in else None
    if stand_in is None:
        raise containers.NotHere(
            f"==> NO IMAGE: {wanted} cannot be had here. Name a base that can: make image BASE_IMAGE=…"
        )
    print(f"==> STAND-IN: {wanted} cannot be had here, so the image is built on a base made of Debian's packages.\n"
          "    Not proven by it: what the real base weighs and holds. Do not publish it.", flush=True)  # fmt: skip
    return stand_in


def _build(name: str, base: str, source: Source, options: tuple[str, ...]) -> None:
    arguments = {"BASE_IMAGE": base, **source.arguments()}
    with tempfile.TemporaryDirectory(prefix="tasktracker-image-") as folder:
        command = [
            *("buildah", "bud", "--runtime", "runc", "--format", "docker", "--layers", "--network", "host"),
            *(part for key, value in arguments.items() for part in ("--build-arg", f"{key}={value}")),
            *build_secrets(Path(folder)),
            *options,
            *("--tag", name, str(ROOT)),
        ]
        if containers.run(*command).returncode:
            sys.exit("==> NO IMAGE: the lines above say why")


def _save(kind: str, file: str, *names: str) -> None:
    """Write one image under these names."""
    (FOLDER / file).unlink(missing_ok=True)
    containers.said("podman", "save", "--quiet", "--format", kind, "--output", str(FOLDER / file), *names)


def _weighed(name: str, base: str) -> Image:
    layers = _layers_of_archive()
    of_base = len(json.loads(containers.said("podman", "image", "inspect", base))[0]["RootFS"]["Layers"])
    return Image(name, base, base == base_image.STAND_IN, sum(layers[:of_base]), tuple(layers[of_base:]),
                 (FOLDER / ARCHIVE).stat().st_size)  # fmt: skip


def _layers_of_archive() -> list[int]:
    with tarfile.open(FOLDER / ARCHIVE) as archive:
        manifest = _json(archive, _json(archive, "index.json")["manifests"][0]["digest"])
    return [layer["size"] for layer in manifest["layers"]]


def _json(archive: tarfile.TarFile, name: str) -> dict[str, Any]:
    member = archive.extractfile(name if name == "index.json" else f"blobs/{name.replace(':', '/')}")
    read: dict[str, Any] = json.loads(member.read() if member else b"{}")
    return read


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pinned", action="store_true", help="refuse a stand-in for the base")
    image = build(may_stand_in=not parser.parse_args().pinned)
    print(image)
    print(f"    in {FOLDER.relative_to(ROOT)}: {LOADABLE} to be loaded, {ARCHIVE} to be scanned and sent", flush=True)


if __name__ == "__main__":
    main()
