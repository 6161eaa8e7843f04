"""What is noted between two runs: which replicas there are, and what served before. One JSON file in a folder."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.release.place import ReleaseTrouble


@dataclass
class Replica:
    """A process in a slot of the balancer: `roll` is the number of the roll that brought it, `born` tells it from one
    that has got its number since.
    """  # noqa: D205  one sentence

    release: str
    pid: int
    port: int
    roll: int
    born: str | None = None


@dataclass
class Notes:
    """`release` is the one whose roll came to its end last."""

    folder: Path
    release: str | None = None
    before: str | None = None
    roll: int = 0
    replicas: dict[str, Replica] = field(default_factory=dict)

    @property
    def _file(self) -> Path:
        return self.folder / "release.json"

    @classmethod
    def read(cls, folder: Path) -> "Notes":
        """As they were written last; empty if they never were."""
        notes = cls(folder)
        if notes._file.exists():
            known = json.loads(notes._file.read_text("utf-8"))
            known["replicas"] = {slot: Replica(**each) for slot, each in known["replicas"].items()}
            notes = cls(folder, **known)
        return notes

    def write(self) -> None:
        """Whole or not at all."""
        told = {name: value for name, value in asdict(self).items() if name != "folder"}
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(told, indent=1), "utf-8")
        new.replace(self._file)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else rolls there meanwhile. Raises ReleaseTrouble."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ReleaseTrouble(f"Another roll is under way in {folder}. Wait until it is over.") from None
        yield
