"""The views in a real browser, on a harness that serves boards from memory."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Error, Page, ViewportSize, async_playwright

from tests.ui.components.samples import Board, small_board
from tests.ui.held_back import HOLD, LET_GO

HARNESS = Path(__file__).with_name("harness.py")
ROOT = Path(__file__).parents[3]
CONNECTION = ROOT / "tasktracker/ui/static/connection.js"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZE = ViewportSize(width=1280, height=800)

ORDER = """() => Object.fromEntries([...document.querySelectorAll('[data-column]')].map((column) => [
    column.querySelector('h2').textContent,
    [...column.querySelectorAll('.tt-slot:not(.tt-slot--lifted)')].map((slot) => Number(slot.dataset.slot)),
]))"""


@pytest.fixture
def _pool() -> None:
    """These tests need no database."""


@dataclass(frozen=True)
class Stage:
    """One test's project in the harness, and its page."""

    key: str
    harness: httpx.AsyncClient
    page: Page
    stopped: list[Page] = field(default_factory=list)
    """Whose clock was stopped."""

    async def set_up(self, board: Board, **more: object) -> None:
        """What the board's address answers from now on; `status` and `delay` (seconds) may be given."""
        await self.harness.put(f"/projects/{self.key}", json={"board": board, **more})

    async def open(self, view: str = "board", **query: object) -> None:
        """Go to the view and wait until it is usable."""
        await self.page.goto(self.address(view, **query))
        await self.page.wait_for_selector(f".tt-{view}[aria-busy=false]")

    async def open_palette(self, **query: object) -> None:
        """Go to the page of palette_page.py, and open its palette."""
        await self.open_commands(**query)
        await self.page.keyboard.press("Control+k")
        await self.page.get_by_role("combobox").wait_for()

    async def open_commands(self, **query: object) -> None:
        """Go to that page, where keys are commands."""
        await self.page.goto(self.address("palette", **query))
        await self.page.wait_for_selector(".tt-list[aria-busy=false]")

    async def options(self) -> list[str]:
        """The names of what the palette offers."""
        return await self.page.locator(".tt-finder .tt-option__name").all_text_contents()

    def address(self, view: str, **query: object) -> str:
        return f"{self.harness.base_url}/{self.key}/{view}?{httpx.QueryParams({k: str(v) for k, v in query.items()})}"

    async def call(self, method: str, *arguments: object) -> None:
        """Call a method of the view in Python."""
        response = await self.harness.post(
            f"/projects/{self.key}/call", json={"method": method, "arguments": arguments}
        )
        response.raise_for_status()

    async def patch(self, since: int, revision: int, *cards: dict[str, Any], **more: object) -> None:
        """Hand the view a patch."""
        patch = {"since": since, "revision": revision, "cards": cards, "gone": [], "project": None, **more}
        await self.call("patch", patch)

    async def intents(self, count: int = 1) -> list[dict[str, Any]]:
        """What the page has wanted so far, once it is that much."""
        async with asyncio.timeout(5):
            while len(intents := (await self._seen())["intents"]) < count:
                await asyncio.sleep(0.02)
        return list(intents)

    async def loads(self) -> int:
        """How often the page has fetched the board."""
        return int((await self._seen())["loads"])

    async def asked(self) -> list[list[int]]:
        """The numbers that the page has asked of, whether they fit its filter; none: all of them."""
        return list((await self._seen())["asked"])

    async def order(self) -> dict[str, list[int]]:
        """The numbers of the cards as drawn, by column."""
        order: dict[str, list[int]] = await self.page.evaluate(ORDER)
        return order

    async def shows(self, **columns: list[int]) -> None:
        """Wait until the named columns (To_do is “To do”) show exactly these cards."""
        wanted = {name.replace("_", " "): numbers for name, numbers in columns.items()}
        try:
            async with asyncio.timeout(5):
                while not wanted.items() <= (await self.order()).items():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            assert await self.order() == wanted

    async def says(self, text: str) -> None:
        """Wait until the live region says something with that text in it."""
        await self.page.wait_for_function(
            "(text) => document.querySelector('[role=status].tt-sr-only').textContent.includes(text)", arg=text
        )

    async def focused(self) -> int | None:
        """The number of the card that has the focus."""
        number: str | None = await self.page.evaluate("document.activeElement.dataset.number ?? null")
        return int(number) if number else None

    async def _seen(self) -> dict[str, Any]:
        seen: dict[str, Any] = (await self.harness.get(f"/projects/{self.key}")).json()
        return seen


async def stop_clock(stage: Stage) -> None:
    """Until the end of the test the page's time passes only as it says, however slow the machine is."""
    await stage.page.clock.install()
    await stage.page.clock.pause_at(await stage.page.evaluate("Date.now() / 1000 + 1"))
    stage.stopped.append(stage.page)


async def lose_connection(stage: Stage) -> None:
    """Let the page know that its connection is away, and have its clock in the test's hands."""
    await stage.page.wait_for_function("window.did_handshake === true")  # what never was there does not go
    await stop_clock(stage)
    await stage.page.add_script_tag(path=CONNECTION)
    await stage.page.evaluate("window.socket.disconnect()")


async def hold(stage: Stage) -> None:
    """From now on whatever the page tells the server is on its way, until `let_go`. It still hears the server."""
    await stage.page.evaluate(HOLD)


async def let_go(stage: Stage) -> None:
    await stage.page.evaluate(LET_GO)


@pytest.fixture(scope="session")
async def harness() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the harness, which runs as long as the tests of this process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(HARNESS), stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(base_url=address) as client:
        yield client
    process.terminate()
    await process.wait()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium: the system's, else the one that Playwright brings."""
    async with async_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = await playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        await browser.close()


@dataclass
class Screen:
    """A wide screen with a mouse. The tests share it, since what it has cached opens the next page much faster."""

    browser: Browser
    _page: Page | None = None

    async def open(self) -> Page:
        """As large as ever, whatever the test before has made of it."""
        if self._page is None:
            context = await self.browser.new_context(locale="en-GB")
            self._page = await context.new_page()
            self._page.set_default_timeout(8_000)
        await self._page.set_viewport_size(SIZE)
        return self._page

    async def close(self) -> None:
        """The next test gets a new one."""
        if self._page is not None:
            await self._page.context.close()
            self._page = None


@pytest.fixture(scope="session")
async def screen(browser: Browser) -> AsyncIterator[Screen]:
    screen = Screen(browser)
    yield screen
    await screen.close()


@pytest.fixture
async def stage(screen: Screen, harness: httpx.AsyncClient, new_key: str) -> AsyncIterator[Stage]:
    """A small board that is ready to be opened. Whatever the page complains about fails the test."""
    complaints: list[Error] = []

    def complain(error: Error) -> None:
        complaints.append(error)

    page = await screen.open()
    page.on("pageerror", complain)
    stage = Stage(new_key, harness, page)
    await stage.set_up(small_board(new_key))
    yield stage
    page.remove_listener("pageerror", complain)
    if stage.stopped:
        await screen.close()  # Playwright cannot take its clock out of a context again
    assert complaints == []


@pytest.fixture(scope="session")
def _keys() -> Callable[[], str]:
    numbers = iter(range(1, 1_000_000))
    return lambda: f"K{next(numbers)}"


@pytest.fixture
def new_key(_keys: Callable[[], str]) -> str:
    """The key of a project that no other test has."""
    return _keys()
