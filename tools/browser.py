"""Find a Chromium, or install one; end with an error that tells what stays unproven when there is none."""

import fcntl
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCK = Path(sys.prefix) / ".browser-lock"
PLAYWRIGHT = str(Path(sys.executable).with_name("playwright"))


def main() -> None:
    with LOCK.open("w") as lock:  # several targets that run side by side may each ask for it
        fcntl.flock(lock, fcntl.LOCK_EX)
        browser = _find() or _installed_by_debian() or _installed_by_playwright()
    if browser is None:
        sys.exit(
            "==> NO BROWSER. Not proven without one: pages, live boards, keyboard, accessibility, the socket's guard.\n"
            "    Debian: sudo apt-get install chromium-headless-shell\n"
            "    anywhere else: .venv/bin/playwright install chromium\n"
            "    Everything else still runs: make test WITHOUT='components journeys'",
        )
    print(f"==> browser: {browser}")


def _find() -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    script = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    path = Path(answer.stdout.strip())
    return str(path) if path.is_file() else None


def _installed_by_debian() -> str | None:
    if not (debian.may_install() and _is_debian()):
        return None
    print("==> installing Chromium's headless shell from the system's packages…", flush=True)
    return _find() if debian.install("chromium-headless-shell", "fonts-noto-core") else None


def _installed_by_playwright() -> str | None:
    print("==> letting Playwright download its Chromium…", flush=True)
    system_too = ["--with-deps"] if os.geteuid() == 0 and platform.system() == "Linux" else []
    subprocess.run([PLAYWRIGHT, "install", *system_too, "chromium"], check=False)
    return _find()


def _is_debian() -> bool:
    """Ubuntu does not count: its package of that name is a snap, which no container can start."""
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


if __name__ == "__main__":
    main()
