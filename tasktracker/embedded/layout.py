"""What lies where in a data folder, and whether a folder may become or is one.

folder/
  owner.lock       held (flock) for as long as the program that runs the server lives
  cluster/         PostgreSQL's own files; as root the only part that is given to another account
  *.new-*          something in the making; renamed when whole
  password         of the database role, readable by the owner alone
  access.conf      who may connect (pg_hba), written at each start
  server.log       since the last start; server.log.1 is the run before
  secrets.key      keys that seal stored secrets, where there is no Vault
  attachments/     files that people attached, kept by the storage and not by PostgreSQL
  programs/        a copy of PostgreSQL's programs, only where the installed ones cannot be reached
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from tasktracker.embedded.errors import DataFolderOfAnotherVersion, DataFolderUnusable

UNFINISHED = ".new-"
NOT_OURS_BUT_HARMLESS = {"lost+found", ".DS_Store", "attachments", "secrets.key"}
ROOM_FOR_A_NEW_CLUSTER = 256 * 2**20
ROOM_FOR_A_START = 32 * 2**20


@dataclass(frozen=True)
class Layout:
    root: Path

    @property
    def lock(self) -> Path:
        return self.root / "owner.lock"

    @property
    def cluster(self) -> Path:
        return self.root / "cluster"

    @property
    def password(self) -> Path:
        return self.root / "password"

    @property
    def access(self) -> Path:
        return self.root / "access.conf"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def previous_log(self) -> Path:
        return self.root / "server.log.1"

    @property
    def programs(self) -> Path:
        return self.root / "programs"


@contextmanager
def refusals_of_the_disk(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about files into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        what = f"{error.strerror or error}"
        if error.filename:
            what += f" ({error.filename})"
        raise DataFolderUnusable(
            folder, what, "Choose a folder that this user may write to, on a disk with room, or mend this one."
        ) from error


def refuse_foreign(layout: Layout, major: str) -> None:
    """Look, without touching anything, whether the folder is new, empty or ours.

    Raises:
        DataFolderOfAnotherVersion: PostgreSQL of another major version wrote it.
        DataFolderUnusable: it is a file, or holds something else.
    """
    deepest = next(part for part in (layout.root, *layout.root.parents) if part.exists())
    if not deepest.is_dir():
        raise DataFolderUnusable(layout.root, f"{deepest} is not a folder", "Choose another, or move that file aside.")
    for cluster in (layout.root, layout.cluster):
        if (version := _version_of(cluster)) not in {None, major}:
            raise DataFolderOfAnotherVersion(cluster, str(version), major)
    is_ours = layout.lock.exists() or _version_of(layout.cluster) is not None
    if layout.root.exists() and not is_ours and (others := _contents(layout.root)):
        raise DataFolderUnusable(
            layout.root,
            f"it holds files that this program did not put there ({', '.join(others[:3])})",
            "Choose an empty or a new folder.",
        )


def _version_of(cluster: Path) -> str | None:
    try:
        return (cluster / "PG_VERSION").read_text("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _contents(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in NOT_OURS_BUT_HARMLESS)


def is_complete(cluster: Path) -> bool:
    """Whether there is a cluster. One without a version is nobody's: made by other hands, or damaged.

    Raises:
        DataFolderUnusable: something is in its place.
    """
    if _version_of(cluster) is not None:
        return True
    if cluster.exists() and (not cluster.is_dir() or _contents(cluster)):
        raise DataFolderUnusable(
            cluster,
            "it is no PostgreSQL data folder, for it has no PG_VERSION",
            "Move it aside, or put a backup in its place.",
        )
    return False


def make_folder(folder: Path) -> None:
    """Make the folder and what is missing above it. Folders that exist above it keep their modes.

    A lent account must be able to pass through, so root's are 0711; everybody else's are private.
    """
    mode = 0o711 if os.geteuid() == 0 else 0o700
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        part.chmod(mode)
    if folder not in missing and os.geteuid() == 0:
        folder.chmod(folder.stat().st_mode | 0o011)


def refuse_full_disk(folder: Path, needed: int) -> None:
    """Refuse a disk with fewer than `needed` bytes free.

    Raises:
        DataFolderUnusable: with both figures.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DataFolderUnusable(
            folder,
            f"its disk has {free // 2**20} MB free, and PostgreSQL needs {needed // 2**20} MB",
            "Make room, or choose a folder on another disk.",
        )


def write_whole(path: Path, text: str, mode: int) -> None:
    """Write a file so that it is there whole or not at all, whatever stops us."""
    unfinished = f"{path.name}{UNFINISHED}"
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=unfinished, delete=False) as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
