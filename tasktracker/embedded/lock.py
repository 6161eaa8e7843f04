"""Who owns a data folder. The kernel drops the lock with the process that holds it, however that ends."""

import fcntl
import os
from pathlib import Path

from tasktracker.embedded.errors import DataFolderInUse


class FolderLock:
    """An flock on a file, which also tells the next one the owner's pid and the server's port."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            DataFolderInUse: another process (or another object of this one) holds it.
        """
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, port = self._read()
            os.close(self._file)
            raise DataFolderInUse(path.parent, pid, port) from None
        self._write(f"{os.getpid()}\n")

    def note(self, port: int) -> None:
        """Say where the server listens."""
        self._write(f"{os.getpid()} {port}\n")

    def release(self) -> None:
        """Let go. The file stays: to delete it would let two owners lock two files of one name."""
        os.ftruncate(self._file, 0)
        os.close(self._file)

    def _read(self) -> tuple[int | None, int | None]:
        words = os.pread(self._file, 100, 0).split()
        pid, port, *_ = *(int(word) for word in words), None, None
        return pid, port

    def _write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)
