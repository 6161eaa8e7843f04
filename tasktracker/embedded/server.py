"""The running server, and the guard that ends it with its owner."""

import socket
import subprocess
from pathlib import Path
from typing import Self

from tasktracker.embedded.errors import PortTaken
from tasktracker.embedded.layout import Layout
from tasktracker.embedded.leftovers import MARK, end, happens, server_of
from tasktracker.embedded.programs import ENVIRONMENT, Programs, last_lines

# The guard's standard input is a pipe from its owner. When the owner closes it, or dies of whatever, the guard sends
# SIGINT (a fast shutdown) until the server is gone: at first a server still ignores it. This asks for no thread to live
# on and for no system call of one kernel, as the parent-death signal would.
GUARD = """
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ read -r _ <&3; while kill -INT "$server"; do sleep 1; done; } 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
"""

SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=100",
    "shared_buffers=128MB",
    "max_wal_size=512MB",
    "fsync=on",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_min_messages=warning",
    "log_checkpoints=off",
    "logging_collector=off",
)

# Of the last run's dying processes, or of a port that somebody took in the meantime: gone in a moment.
PASSING_TROUBLE = ("pre-existing shared memory block", "Address already in use")


class Server:
    """A server process. All of its methods may block; call them in a thread."""

    def __init__(self, layout: Layout, process: subprocess.Popen[bytes], log_start: int) -> None:
        self._layout = layout
        self._process = process
        self._log_start = log_start

    @classmethod
    def launch(cls, layout: Layout, programs: Programs, port: int) -> Self:
        """Start a server. It is not ready yet, and may end at once."""
        options = [MARK, f"hba_file={layout.access}", f"port={port}", *SETTINGS]
        command = [str(programs.folder / "postgres"), "-D", str(layout.cluster)]
        command += [word for option in options for word in ("-c", option)]
        with layout.log.open("ab") as log:
            layout.log.chmod(0o600)
            log_start = log.tell()
            process = subprocess.Popen(  # noqa: S603 -- the wheel's own program, with arguments written in this package
                ["/bin/sh", "-c", GUARD, "guard", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                umask=0o077,
                # Ctrl-C is for the owner, which still needs the database while it leaves.
                start_new_session=True,
                **programs.account.switch(),
            )
            return cls(layout, process, log_start)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def last_lines(self) -> str:
        """What it wrote last, since this launch."""
        with self._layout.log.open("rb") as log:
            log.seek(self._log_start)
            return last_lines(log.read().decode("utf-8", "replace"))

    def stop(self) -> None:
        """End it and wait. Committed data is safe in every case.

        Raises:
            ServerFailed: it does not end.
        """
        if self._process.stdin:
            self._process.stdin.close()
        # Before it has written its pid file, only the guard knows it.
        happens(self._is_over, 1)
        if (pid := server_of(self._layout.cluster)) is not None:
            end(pid, self._is_over)
        self._process.wait()

    def _is_over(self) -> bool:
        # The guard may have been killed alone.
        return self.has_ended() and server_of(self._layout.cluster) is None


def usable_port(wanted: int | None) -> int:
    """The port that was asked for, or a free one.

    Raises:
        PortTaken: it cannot be had.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError as error:
            raise PortTaken(wanted or 0, error.strerror or str(error)) from error
        return int(probe.getsockname()[1])


def turn_over(log: Path, previous: Path) -> None:
    """Begin a new log, and keep the one of the run before: it may say why that run ended."""
    if log.exists():
        log.replace(previous)
