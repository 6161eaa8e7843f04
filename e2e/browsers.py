"""Chromium, and the people who sit before it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from e2e.contexts import Contexts, Kind, Scheme
from e2e.people import Person

DESKTOP = ViewportSize(width=1440, height=900)
WIDE = ViewportSize(width=1920, height=1080)
"""Shows all five columns of a usual board."""
PHONE = ViewportSize(width=390, height=844)
PATIENCE = 10_000
"""Milliseconds that a page has for what it must show."""

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-quic"),
)
_EXPECTED = re.compile(r"Failed to load resource|WebSocket connection|ERR_CONNECTION|net::ERR_")
"""Said by the browser itself about an answer that refuses, or a server that is away: no fault of the page."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium if there is one, else Playwright's own. Without any, every journey fails."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_OPTIONS))
        yield browser
        browser.close()


class Reachable(Protocol):
    """What can be visited: a server, or what stands before one."""

    address: str


class Visitors:
    """Everybody who visits in one journey: each in a browser context of their own, watched for faults of the pages."""

    def __init__(self, contexts: Contexts, *, traced: bool = True) -> None:
        self._all = contexts
        self._traced = traced
        self._contexts: list[tuple[Kind, BrowserContext]] = []
        self.faults: list[str] = []

    def come(
        self,
        server: Reachable,
        person: Person | None = None,
        *,
        size: ViewportSize = DESKTOP,
        scheme: Scheme = "light",
        locale: str = "en-GB",
    ) -> Page:
        """A new visitor's page, signed in as the person if there is one; nothing is loaded yet.

        `locale` is what their browser asks for; what their account says counts before it.
        """
        kind = Kind(server.address, size["width"], size["height"], scheme, locale)
        context = self._all.take(kind)
        self._contexts.append((kind, context))
        context.set_default_timeout(PATIENCE)
        if self._traced:
            context.tracing.start()
        if person is not None:
            context.add_cookies(
                [{"name": name, "value": value, "url": server.address} for name, value in person.api.cookies.items()]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{error.name}: {error.message}\n{error.stack}"))
        page.on("console", self._hear)
        return page

    def keep(self, folder: Path, name: str) -> list[Path]:
        """Write down what every visitor sees, and how they got there; returns the files."""
        folder.mkdir(exist_ok=True)
        kept = []
        for number, (_, context) in enumerate(self._contexts, start=1):
            for page in context.pages:
                kept.append(folder / f"{name}-{number}.png")
                page.screenshot(path=kept[-1])
            if self._traced:
                kept.append(folder / f"{name}-{number}.zip")
                context.tracing.stop(path=kept[-1])
        self._traced = False
        return kept

    def leave(self) -> None:
        """Close every page."""
        for kind, context in self._contexts:
            if self._traced:
                context.tracing.stop()
            self._all.give_back(kind, context)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.faults.append(f"console: {message.text}")


class Come(Protocol):
    """A new visitor on the shared server: `come(team.ana)`."""

    def __call__(
        self,
        person: Person | None = None,
        *,
        size: ViewportSize = DESKTOP,
        scheme: Scheme = "light",
        locale: str = "en-GB",
    ) -> Page: ...
