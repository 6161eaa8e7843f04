"""Find HAProxy, the balancer of one machine, or install it; where there is none, say what stays unproven."""

import shutil
import sys

from tools import debian


def main() -> None:
    found = shutil.which("haproxy") or _installed_by_debian()
    if found is None:
        sys.exit(
            "==> NO HAPROXY. Not proven without it: that releases roll and roll back, and nobody loses anything.\n"
            "    Debian and Ubuntu: sudo apt-get install haproxy\n"
            "    macOS: brew install haproxy",
        )
    print(f"==> balancer: {found}")


def _installed_by_debian() -> str | None:
    if not debian.may_install():
        return None
    print("==> installing HAProxy from the system's packages…", flush=True)
    return shutil.which("haproxy") if debian.install("haproxy") else None


if __name__ == "__main__":
    main()
