"""What a killed owner leaves behind: a pid file, and perhaps for a moment the server itself."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from loguru import logger

from tasktracker.embedded.errors import DataFolderInUse, ServerFailed

# How our servers are told from one that somebody started by hand on the same files.
MARK = "cluster_name=tasktracker"
# Fast shutdown; then without a checkpoint; then as a power cut would. All three keep what was committed.
WAYS_TO_END = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))


def clear_the_way(cluster: Path) -> None:
    """Make sure that no server runs on the cluster and no pid file says so. The caller holds the folder's lock.

    Raises:
        DataFolderInUse: a server runs there that this program did not start.
        ServerFailed: an orphaned one does not end.
    """
    if (pid := server_of(cluster)) is not None:
        if f"postgres -D {cluster} -c {MARK} " not in _command_line(pid):
            raise DataFolderInUse(cluster.parent, pid, _port_of(cluster))
        logger.warning("Stopping the PostgreSQL (process {}) that a killed program left behind", pid)
        end(pid, lambda: not _serves(pid, cluster))
    # PostgreSQL trusts a pid that lives, whoever has it by now; we have just looked.
    _pid_file(cluster).unlink(missing_ok=True)


def server_of(cluster: Path) -> int | None:
    """The pid of the living server of these files, or None."""
    pid = _recorded(cluster, 0)
    return pid if pid is not None and _serves(pid, cluster) else None


def _port_of(cluster: Path) -> int | None:
    return _recorded(cluster, 3)


def _recorded(cluster: Path, line: int) -> int | None:
    """A number of the pid file (its format is in PostgreSQL's pidfile.h). A single-user server's pid is negative."""
    try:
        return abs(int(_pid_file(cluster).read_text("utf-8", "replace").splitlines()[line]))
    except (FileNotFoundError, IndexError, ValueError):
        return None


def end(pid: int, is_over: Callable[[], bool]) -> None:
    """End a server as gently as it lets us.

    Raises:
        ServerFailed: not even SIGKILL did.
    """
    for sign, seconds in WAYS_TO_END:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        if happens(is_over, seconds):
            return
    raise ServerFailed(f"PostgreSQL (process {pid}) does not end", "Its disk may hang; restart the machine.")


def happens(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until it is so, for at most that long; return whether it is. Blocks."""
    deadline = time.monotonic() + seconds
    while not (so := condition()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return so


def _pid_file(cluster: Path) -> Path:
    return cluster / "postmaster.pid"


def _serves(pid: int, cluster: Path) -> bool:
    words = _command_line(pid)
    if f"postgres -D {cluster} " in words:
        return True
    return words.partition(" ")[0].endswith("postgres") and _works_in(pid, cluster)


def _works_in(pid: int, cluster: Path) -> bool:
    # Under another name for the folder, or none on the command line, it still works there.
    try:
        return Path(f"/proc/{pid}/cwd").samefile(cluster)
    except OSError:
        return False


def _command_line(pid: int) -> str:
    """Its words, each followed by a space; empty for a process that is gone or a zombie."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").replace("\0", " ")
        except OSError:
            return ""
    asked = subprocess.run(  # noqa: S603 -- the system's own, with a number
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() + " "
