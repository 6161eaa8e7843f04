"""Processes as the tests see them, read from /proc: what runs, what is left, and what must die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tasktracker.embedded.privileges import Account

SCRIPT = Path(__file__).with_name("owner.py")
REPOSITORY = Path(__file__).parents[2]


@contextmanager
def owner(folder: Path, *, uid: int | None = None, packages: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the folder; `packages` is a folder to import from before the installed one."""
    path = os.pathsep.join(str(part) for part in (packages, REPOSITORY, os.environ.get("PYTHONPATH")) if part)
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), *([str(uid)] if uid is not None else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        yield process
    finally:
        process.terminate()
        _collect(process)


def _collect(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@contextmanager
def other_program(account: Account, *command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that somebody runs by hand; ended with SIGINT."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd="/", **account.switch())
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def address_of(process: subprocess.Popen[str]) -> str:
    """Wait for what the owner prints once its server answers."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"the owner gave up: {process.communicate()[1]}"
    return line


def refusal_of(process: subprocess.Popen[str]) -> str:
    """Wait for an owner that ends by itself, and return what it says."""
    said, complaint = process.communicate(timeout=30)
    assert process.returncode == 1, said
    assert "Traceback" not in complaint, complaint
    return complaint


def servers_on(folder: Path) -> list[int]:
    """The pids of the servers (not of their children) that run on the folder."""
    cluster = f"{folder}/cluster".encode()
    found = [pid for pid, words in _processes() if words[0].endswith(b"postgres") and cluster in words]
    # A child has its parent's words until it has changed them.
    return [pid for pid in found if _parent(pid) not in found]


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return None


def guards_of(server: int) -> list[int]:
    """The other members of a server's process group: the guard and its watcher."""
    group = os.getpgid(server)
    assert group != os.getpgid(0), "Ctrl-C for the owner would end the server too"
    return [pid for pid, _ in _processes() if pid != server and _group(pid) == group]


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def _processes() -> Iterator[tuple[int, list[bytes]]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        yield int(entry.name), words


def unfinished_in(folder: Path) -> list[Path]:
    """What a start is making, or has left half made."""
    return list(folder.glob("*.new-*"))


def becomes_true(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not (so := condition()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return so


def kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
