"""Debian's packages, for the few things that no lock can bring."""

import os
import shutil
import subprocess

QUIET = ["-qq", "-o", "Dpkg::Use-Pty=0"]


def may_install() -> bool:
    """Whether this is a machine with apt whose user may use it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install packages, silently unless that fails; False if it did."""
    return update() and _apt("install", "-y", "--no-install-recommends", *packages)


def update() -> bool:
    """Renew the lists of packages; False if that failed."""
    return _apt("update")


def _apt(verb: str, *arguments: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *QUIET, verb, *arguments]
    apt = subprocess.run(
        command, check=False, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if apt.returncode:
        print(apt.stdout, flush=True)
    return apt.returncode == 0
