"""Make .venv hold what a lock names, and tasktracker itself.

Called by make as `python -m tools.install run`, `dev` or `containers`, with the Python that people have: it uses
nothing but the standard library.
"""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
PIP = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check"]
LOCKS = {"run": ["build", "run"], "dev": ["dev"], "containers": ["dev", "containers"]}
STAMPS = {"run": ["run"], "dev": ["run", "dev"], "containers": ["run", "dev", "containers"]}
TOOLS = ROOT / "requirements" / "build.txt"
"""uv is in it."""


def main() -> None:
    kind = sys.argv[1]
    started = time.monotonic()
    if not _venv_works():
        _make_venv()
    _install_lock([ROOT / "requirements" / f"{name}.txt" for name in LOCKS[kind]])
    _run([*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    for stamp in STAMPS[kind]:
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
    """Install exactly what the locks name; any other file than the one that was locked is refused by its hash.

    uv does it ten times as fast as pip; where it cannot (a package index that only pip is set up for), pip takes over.
    """
    print(f"==> installing {sum(map(_pins, locks))} packages…", flush=True)
    _run([*PIP, "install", "--quiet", "--require-hashes", "--no-compile", "-r", str(TOOLS)])
    files = [argument for lock in locks for argument in ("-r", str(lock))]
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(VENV_PYTHON)]
    if subprocess.run([*uv, "--require-hashes", *files], check=False, cwd=ROOT, env=_index_of_pip()).returncode:
        print("==> uv could not; pip tries (about half a minute)…", flush=True)
        _run([*PIP, "install", "--require-hashes", "--no-compile", "--progress-bar", "off", *files])


def _index_of_pip() -> dict[str, str]:
    """The environment for uv, which does not read pip's settings, with the index that pip is set up for."""
    asked = subprocess.run([*PIP, "config", "get", "global.index-url"], check=False, capture_output=True, text=True)
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {**({"UV_DEFAULT_INDEX": index} if index else {}), **os.environ}


def _pins(lock: Path) -> int:
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.read_text("utf-8").splitlines())


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        sys.exit(f"==> failed: {' '.join(command)}")


if __name__ == "__main__":
    main()
