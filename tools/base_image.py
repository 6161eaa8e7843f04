"""The image that ours is built on: the pinned one or, where no registry can be reached, one of Debian's packages."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.containers import has_image, run

DOCKERFILE = Path(__file__).resolve().parent.parent / "Dockerfile"
PATIENCE = 300
"""Seconds that a registry has."""
STAND_IN = "localhost/tasktracker-stand-in:trixie"
SUITE = "trixie"
"""Has the minor version of Python that the pinned base has."""
PACKAGES = ("ca-certificates", "netbase", "python3", "python3-venv", "tzdata")
# As Debian's own slim images: no pages for people, no translations, no lists, and no address of a mirror.
SLIM = (
    *("--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*"),
    *("--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-include=/usr/share/doc/*/copyright"),
    "--customize-hook=rm -rf $1/etc/apt/sources.list $1/etc/apt/sources.list.d/* $1/etc/dpkg/dpkg.cfg.d/99mmdebstrap",
)


def pinned() -> str:
    """The base that the Dockerfile names."""
    found = re.search(r"^ARG BASE_IMAGE=(\S+)$", DOCKERFILE.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else sys.exit("==> the Dockerfile names no base")


def pulled(name: str) -> bool:
    """Whether the image is here, fetched now if it was not."""
    if has_image(name):
        return True
    print(f"==> fetching {name}…", flush=True)
    try:
        return run("podman", "pull", "--quiet", name, timeout=PATIENCE, capture_output=True).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def stand_in() -> str | None:
    """A stand-in for the base, made once; None where there is no Debian to make it of."""
    return STAND_IN if has_image(STAND_IN) or bootstrapped(STAND_IN, PACKAGES) else None


def bootstrapped(name: str, packages: tuple[str, ...]) -> bool:
    """Make an image of Debian's packages; False where there are none. Raises SystemExit if it fails all the same."""
    mirror = _mirror()
    if mirror is None or not (shutil.which("mmdebstrap") or debian.install("mmdebstrap")):
        return False
    print(f"==> making {name} of Debian's packages…", flush=True)
    command = [
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        f"--include={','.join(packages)}",
        *SLIM,
        SUITE,
        "-",
        mirror,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as debootstrap:
        imported = run("podman", "import", "--quiet", "-", name, stdin=debootstrap.stdout, stdout=subprocess.DEVNULL)
    if imported.returncode or debootstrap.returncode:
        sys.exit(f"==> failed: {name} could not be made of Debian's packages; the lines above say why")
    return True


def _mirror() -> str | None:
    """Where this machine gets its own packages from."""
    if not debian.may_install() or not debian.update():
        return None
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(COMPONENT) $(LABEL)", "Created-By: Packages"]
    lines = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    return next((line.split()[0] for line in lines if line.split()[1:] == ["main", "Debian"]), None)
