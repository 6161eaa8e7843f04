"""What can keep the shipped PostgreSQL from running, as one tree.

    EmbeddedPostgresError
    ├── DataFolderInUse               a living program holds the folder
    ├── DataFolderOfAnotherVersion    its files are another major version's
    ├── DataFolderUnusable            no folder, no room, no permission, or somebody else's files
    ├── PortTaken                     the port that was asked for cannot be had
    ├── ProgramsUnusable              the wheel's programs are missing or do not run here
    └── ServerFailed                  PostgreSQL gave up; carries the last lines it wrote

Each sentence says what happened and what to do, for the person at the command line.
"""

from pathlib import Path


class EmbeddedPostgresError(Exception):
    """Base of all of them. `str(error)` is meant to be shown as it is."""


class DataFolderInUse(EmbeddedPostgresError):
    """Another living process owns the folder. `port` is None while its server is still starting."""

    def __init__(self, folder: Path, pid: int | None, port: int | None) -> None:
        self.pid = pid
        self.port = port
        where = f"on port {port}" if port else "but not on a port yet"
        holder = f"process {pid}" if pid else "another process"
        super().__init__(
            f"PostgreSQL is already running, {where}: {holder} is using {folder}. "
            "Use that one, stop it first, or give this one a data folder of its own."
        )


class DataFolderOfAnotherVersion(EmbeddedPostgresError):
    """The files were written by another major version of PostgreSQL. Nothing was touched."""

    def __init__(self, folder: Path, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(
            f"{folder} holds the data of PostgreSQL {found}, and this program ships PostgreSQL {expected}, which "
            "cannot read it. Nothing was touched. "
            f"Dump it with the tools of PostgreSQL {found} (pg_dump) or with the release of this program that made it, "
            "and restore that into a new folder; or move the folder aside to begin anew."
        )


class DataFolderUnusable(EmbeddedPostgresError):
    """PostgreSQL cannot keep its data there."""

    def __init__(self, folder: Path, what: str, remedy: str) -> None:
        super().__init__(f"The data folder {folder} cannot be used: {what}. {remedy}")


class PortTaken(EmbeddedPostgresError):
    """The port that was asked for cannot be had."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"PostgreSQL cannot listen on 127.0.0.1:{port}: {reason}. "
            "Stop the program that uses the port, choose another one, or leave it open to get a free one."
        )


class ProgramsUnusable(EmbeddedPostgresError):
    """PostgreSQL's programs are missing, or cannot run on this machine or as this user."""


class ServerFailed(EmbeddedPostgresError):
    """PostgreSQL gave up. `lines` are the last ones it wrote."""

    def __init__(self, what: str, remedy: str, lines: str = "") -> None:
        self.lines = lines
        said = f"\nIts last lines:\n{lines}" if lines else ""
        super().__init__(f"{what}. {remedy}{said}")
