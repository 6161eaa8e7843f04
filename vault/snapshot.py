"""Save all of Vault to a file, and put it back. The file is encrypted with Vault's own key: it opens nothing by itself.

Putting back replaces everything, tokens and leases too; afterwards the server is sealed if its seal is another one.
"""

import argparse
import hashlib
import os
import sys
import tarfile
from pathlib import Path

import hvac
import requests
from hvac.exceptions import VaultError


def save(client: hvac.Client, file: Path) -> int:
    """Write a snapshot whole, or not at all; returns its bytes. Raises ValueError when it does not hold together."""
    unfinished = file.with_name(f"{file.name}.new")
    answer: requests.Response = client.sys.take_raft_snapshot()
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        for piece in answer.iter_content(1_000_000):
            target.write(piece)
        os.fsync(target.fileno())
    try:
        verify(unfinished)
    except BaseException:
        unfinished.unlink()
        raise
    unfinished.replace(file)
    return file.stat().st_size


def verify(file: Path) -> None:
    """Compare what is in the file with the sums that it carries. Raises ValueError."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            held = {member.name: _read(archive, member) for member in archive.getmembers()}
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ValueError(f"{file} is no snapshot: {error}") from None
    lines = (line.split() for line in held.get("SHA256SUMS", b"").decode().splitlines())
    sums = {name: digest for digest, name in lines}
    if "state.bin" not in sums:
        raise ValueError(f"{file} is no snapshot: it holds no state.bin with a sum")
    for name, expected in sums.items():
        if hashlib.sha256(held.get(name, b"")).hexdigest() != expected:
            raise ValueError(f"{file} is damaged: {name} is not what was saved")


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    content = archive.extractfile(member)
    return content.read() if content else b""


def restore(client: hvac.Client, file: Path, *, force: bool) -> None:
    """Put the snapshot back. `force`: into a server that was made anew, whose own seal the snapshot does not know."""
    verify(file)
    content = file.read_bytes()
    if force:
        client.sys.force_restore_raft_snapshot(content)
    else:
        client.sys.restore_raft_snapshot(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deed", choices=["save", "restore", "verify"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="restore into a server with another seal")
    arguments = parser.parse_args()
    client = hvac.Client(timeout=300)
    try:
        if arguments.deed == "save":
            print(f"{arguments.file}: {save(client, arguments.file):,} bytes, verified")
        elif arguments.deed == "restore":
            restore(client, arguments.file, force=arguments.force)
            print("Restored. It seals itself in some seconds: unseal it with the keys of the server that was saved.")
        else:
            verify(arguments.file)
            print(f"{arguments.file}: whole")
    except (VaultError, ValueError, OSError, requests.RequestException) as error:
        sys.exit(f"vault: {error}")


if __name__ == "__main__":
    main()
