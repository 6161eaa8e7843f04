"""Make .venv hold what a lock names, and tasktracker itself.

Called by make as `python -m tools.install run` or `dev`, with the Python that people have: it uses nothing
but the standard library.
"""

import importlib.util
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
PIP = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check"]
LOCKS = {"run": ["build", "run"], "dev": ["dev"]}
SECONDS_PER_PACKAGE = 0.3

_NEXT_PACKAGE = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)|Processing (?:\S*/)?(\w+)")


def main() -> None:
    kind = sys.argv[1]
    started = time.monotonic()
    if not _venv_works():
        _make_venv()
    _install_lock([ROOT / "requirements" / f"{name}.txt" for name in LOCKS[kind]])
    _run([*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    for stamp in ["run", "dev"] if kind == "dev" else ["run"]:
        (VENV / f".installed-{stamp}").touch()
    print(f"==> .venv is ready ({time.monotonic() - started:.0f} s)", flush=True)


def _venv_works() -> bool:
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return VENV_PYTHON.exists() and subprocess.run([VENV_PYTHON, "-c", probe], check=False).returncode == 0


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _add_ensurepip()
    print(f"==> making .venv with Python {sys.version.split()[0]}", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _add_ensurepip() -> None:
    """Debian and Ubuntu split this piece off the standard library."""
    package = f"python3.{sys.version_info.minor}-venv"
    if debian.may_install():
        print(f"==> installing {package} from the system's packages…", flush=True)
        if debian.install(package):
            return
    sys.exit(
        f"{sys.executable} cannot make virtual environments: its ensurepip is missing.\n"
        f"On Debian and Ubuntu: sudo apt-get install {package}\nThen run make again.",
    )


def _install_lock(locks: list[Path]) -> None:
    """Install exactly what the locks name; any other file than the one that was locked is refused by its hash."""
    total = sum(_pins(lock) for lock in locks)
    print(f"==> installing {total} packages (about {total * SECONDS_PER_PACKAGE:.0f} s)…", flush=True)
    files = [argument for lock in locks for argument in ("-r", str(lock))]
    command = [*PIP, "install", "--require-hashes", "--no-compile", "--progress-bar", "off", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        said = _show_progress(pip.stdout or [], total)
    if pip.returncode:
        sys.exit("\n".join([*said[-25:], "", "==> installing failed; pip's last words are above"]))


def _pins(lock: Path) -> int:
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.read_text("utf-8").splitlines())


def _show_progress(lines: Iterable[str], total: int) -> list[str]:
    """Count on the terminal the lines that tell of the next package, and keep them all."""
    said, done = [], 0
    for line in lines:
        said.append(line.rstrip())
        if package := _NEXT_PACKAGE.match(line):
            done = min(done + 1, total)
            _show(f"    {done:3}/{total} {package[1] or package[2]}", always=done % 20 == 0)
        elif line.startswith("Installing collected packages"):
            _show("    unpacking…", always=True)
    _show("", always=False)
    return said


def _show(text: str, *, always: bool) -> None:
    """On a terminal one line that changes; in a log only the steps that matter."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
    elif always:
        print(text, flush=True)


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        sys.exit(f"==> failed: {' '.join(command)}")


if __name__ == "__main__":
    main()
