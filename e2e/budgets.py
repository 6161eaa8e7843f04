"""What a page may cost, and how that is measured in the browser and at the server."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
from playwright.sync_api import Page, Route

from e2e.people import Person
from e2e.servers import Server, clean_environment, database_url
from tests.bench.limits import KILOBYTES

ROOT = Path(__file__).resolve().parent.parent

SHIFT = 0.05
"""How much of the window may jump while the page loads; a good page of the Web Vitals has up to 0.1."""
SLOW = 0.1
"""Seconds that every answer of the API is held back, so that what stands there meanwhile is seen."""

NOTE_SHIFTS = """() => {
    window.shift = 0;
    const add = (list) => list.getEntries().forEach((entry) => {
        if (!entry.hadRecentInput) window.shift += entry.value;
    });
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}"""
IS_STILL = "() => window.did_handshake === true && !document.querySelector('[aria-busy=true]')"
# Lets `window[name]` be the milliseconds from the next such event until what it brings has been painted.
_NOTE_PAINT = """([name, selector, event]) => {
    window[name] = 0;
    const once = new AbortController();
    addEventListener(event, ({ timeStamp }) => {
        once.abort();
        const look = () => {
            if (!document.querySelector(selector)) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => (window[name] = performance.now() - timeStamp)));
        };
        const watch = new MutationObserver(look);
        watch.observe(document, { subtree: true, childList: true, attributes: true });
        look();
    }, { capture: true, signal: once.signal });
}"""
TABS = 8
"""Tabs that are measured together."""


@dataclass
class Cost:
    """Of one page; `shift` is the worse of a desk's and a phone's. None is not measured in this run."""

    path: str
    elements: int | None = None
    kilobytes: float | None = None
    shift: float | None = None

    @property
    def is_too_heavy(self) -> bool:
        """Whether a tab with the page takes more than it may."""
        return (self.kilobytes or 0) > KILOBYTES

    def __str__(self) -> str:
        tab = "" if self.kilobytes is None else f"{self.kilobytes:.0f} KB"
        shift = "" if self.shift is None else f"{self.shift:.3f}"
        return f"{self.path:<28} {self.elements or '':>8} {tab:>12} {shift:>13}"


def shift_of(page: Page, path: str) -> float:
    """How much the page jumps while it loads and its data is late."""
    page.goto(path)
    page.wait_for_function(IS_STILL)
    page.wait_for_timeout(200)
    shift: float = page.evaluate("() => window.shift")
    return shift


def held_back(page: Page) -> None:
    """From here on, the API answers late."""
    page.add_init_script(f"({NOTE_SHIFTS})()")
    page.route("**/api/v1/**", _later)


def _later(route: Route) -> None:
    time.sleep(SLOW)
    route.continue_()


class Scales:
    """A server that counts the bytes of its objects, on the database of another one."""

    def __init__(self, server: Server) -> None:
        command = [sys.executable, "-m", "tests.bench.measured_server", "--trace"]
        environment = clean_environment({"TASKTRACKER_DATABASE_URL": database_url(server)})
        self._process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._address = self._said()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.communicate("")

    def weigh(self, person: Person, cost: Cost) -> None:
        """Note the elements of the page, and the bytes that each tab with it takes."""
        with httpx.Client(base_url=self._address, cookies=person.api.cookies, timeout=30) as client:
            _open_tabs(client, cost.path, 1)  # what is made once, and kept for all
            while True:
                before = self._weigh()
                _open_tabs(client, cost.path, TABS)
                after = self._weigh()
                # Tabs that never connect are forgotten after a minute: none should be, meanwhile.
                if len(after["elements"]) - len(before["elements"]) == TABS:
                    break
        cost.elements = after["elements"][-1]
        cost.kilobytes = (after["python"] - before["python"]) / TABS / 1000

    def _weigh(self) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        figures: dict[str, Any] = json.loads(self._said())
        return figures

    def _said(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


def _open_tabs(client: httpx.Client, path: str, count: int) -> None:
    for _ in range(count):
        client.get(path).raise_for_status()


def note_paint(page: Page, name: str, selector: str, event: str) -> None:
    """Let `window[name]` be the milliseconds from that event until what it brings has been painted."""
    page.evaluate(_NOTE_PAINT, [name, selector, event])


def painted_after(page: Page, name: str) -> float:
    """Those milliseconds, once it has been."""
    page.wait_for_function("(name) => window[name]", arg=name)
    milliseconds: float = page.evaluate("(name) => window[name]", name)
    return milliseconds


def is_busy() -> str:
    """How much else the machine does, for whoever reads the figures."""
    return f"{os.getloadavg()[0]:.1f} processes want to run on {os.cpu_count()} cores"
