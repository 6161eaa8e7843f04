"""buildah and podman: installed where they are missing, with a store of their own in the folder for temporary files.

`python -m tools.containers` deletes that store.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools import debian

PROGRAMS = ("buildah", "podman", "runc")
PACKAGES = (*PROGRAMS, "netavark", "aardvark-dns", "iptables")
"""Debian's names: the others are networks between containers."""
FOLDER = Path(tempfile.gettempdir()) / f"tasktracker-containers-{os.geteuid()}"
SYSTEMD = Path("/run/systemd/system")
WITHOUT_SYSTEMD = """
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
CONTAINERS = """\
[containers]
default_ulimits = ["nofile=16384:16384", "nproc=30000:30000"]

[engine]
runtime = "runc"
{machine}
[network]
network_config_dir = "{folder}/networks"
"""
STORAGE = """\
[storage]
driver = "overlay"
graphroot = "{folder}/storage"
runroot = "{folder}/run"
"""


class NotHere(SystemExit):
    """Something that the work needs cannot be had on this machine; anything else that ends the work is a failure."""


def missing() -> str:
    """Install what is missing; returns what cannot be had, in a sentence, or nothing."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not lacking:
        return ""
    if debian.may_install():
        print(f"==> installing {', '.join(lacking)} from the system's packages…", flush=True)
        if debian.install(*PACKAGES) and all(map(shutil.which, PROGRAMS)):
            return ""
    return f"{', '.join(lacking)} are missing here (Debian: sudo apt-get install {' '.join(PACKAGES)})"


def apparmor_parser() -> str | None:
    """What reads an AppArmor profile, installed if it is missing; None where it cannot be had."""
    name = "apparmor_parser"
    return shutil.which(name) or (shutil.which(name) if debian.may_install() and debian.install("apparmor") else None)


def environment() -> dict[str, str]:
    """The environment in which both programs use the store of this project, and no other."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    machine = "" if SYSTEMD.exists() else WITHOUT_SYSTEMD
    files = {"CONTAINERS_CONF": CONTAINERS.format(machine=machine, folder=FOLDER),
             "CONTAINERS_STORAGE_CONF": STORAGE.format(folder=FOLDER)}  # fmt: skip
    paths = {} if SYSTEMD.exists() else {"DISABLE_HC_SYSTEMD": "true"}  # it would complain of missing timers
    for variable, text in files.items():
        path = FOLDER / f"{variable.lower()}.toml"
        path.write_text(text)
        paths[variable] = str(path)
    return {**os.environ, **paths}


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """One of the programs, to its end. What it says is for whoever watches, unless `options` say otherwise."""
    return subprocess.run(command, check=False, text=True, env=environment(), **options)


def said(*command: str) -> str:
    """What one of the programs prints. Raises SystemExit when it fails."""
    done = run(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"==> failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def has_image(name: str) -> bool:
    return run("podman", "image", "exists", name).returncode == 0


def discard() -> None:
    """End every container of this store, and delete it with all images. Other stores of this machine stay."""
    if FOLDER.exists() and shutil.which("podman"):
        run("podman", "rm", "--all", "--force", "--time", "0", stdout=subprocess.DEVNULL)
        run("podman", "image", "rm", "--all", "--force", stdout=subprocess.DEVNULL)
    shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    discard()
