"""A page that is sent to another process: when it goes, and what it waits for. Its scripts are the real ones."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route

pytestmark = pytest.mark.thorough

STATIC = Path(__file__).parents[3] / "tasktracker/ui/static"
ADDRESS = "http://moving.example/"
HTML = """<!doctype html><html lang="en"><body><textarea></textarea>
<script>window.told = []; window.Quasar = { Notify: { create: ({ message }) => window.told.push(message) } };</script>
<script src="/language.js"></script><script src="/moving.js"></script></body></html>"""


class World:
    """What is behind the page's address: `ready` says whether another process is there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_ready = True
        self.takes = 0.0
        self.loads: list[float] = []
        self.asked = 0
        self.upload = asyncio.Event()

    async def open(self) -> None:
        await self.page.route(f"{ADDRESS}**", self._answer)
        await self.page.goto(ADDRESS)

    async def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "readyz":
            self.asked += 1
            await asyncio.sleep(self.takes)
            await route.fulfill(status=200 if self.is_ready else 503)
        elif path == "upload":
            await self.upload.wait()
            await route.fulfill(status=204)
        elif path.endswith(".js"):
            await route.fulfill(path=STATIC / path, content_type="text/javascript")
        else:
            self.loads.append(time.monotonic())
            await route.fulfill(body=HTML, content_type="text/html")

    async def has_loaded(self, times: int, within: float) -> bool:
        try:
            async with asyncio.timeout(within):
                while len(self.loads) < times:
                    await asyncio.sleep(0.02)
        except TimeoutError:
            return False
        return True


@pytest.fixture
async def world(browser: Browser) -> AsyncIterator[World]:
    context = await browser.new_context()
    world = World(await context.new_page())
    await world.open()
    yield world
    await context.close()


async def test_it_tells_and_goes(world: World) -> None:
    told = await world.page.evaluate("() => { window.tasktracker.move(); return window.told; }")
    assert told == ["tasktracker is being renewed. This page loads anew in a moment; what you type is kept."]
    assert await world.has_loaded(2, within=2)


async def test_it_stays_until_another_process_is_ready(world: World) -> None:
    world.is_ready = False
    await world.page.evaluate("window.tasktracker.move()")
    assert not await world.has_loaded(2, within=3)
    assert 2 <= world.asked <= 8, "it asks again and again, and less and less often"
    world.is_ready = True
    assert await world.has_loaded(2, within=8)


async def test_it_stays_while_the_other_process_has_much_to_do(world: World) -> None:
    world.takes = 0.6
    await world.page.evaluate("window.tasktracker.move()")
    assert not await world.has_loaded(2, within=1.5)
    world.takes = 0
    assert await world.has_loaded(2, within=4)


async def test_nobody_is_interrupted_in_the_middle_of_a_word(world: World) -> None:
    await world.page.focus("textarea")
    await world.page.keyboard.press("a")
    await world.page.evaluate("window.tasktracker.move()")
    for letter in "bcdefghijk":
        await world.page.keyboard.press(letter)
        await asyncio.sleep(0.2)
    assert len(world.loads) == 1
    assert await world.has_loaded(2, within=4), "a pause is enough"


async def test_a_file_on_its_way_is_not_cut_off(world: World) -> None:
    await world.page.evaluate("void fetch('/upload', { method: 'POST', body: 'x' })")
    await world.page.evaluate("window.tasktracker.move()")
    assert not await world.has_loaded(2, within=2)
    world.upload.set()
    assert await world.has_loaded(2, within=3)


async def test_a_page_that_has_just_loaded_anew_waits_longer_each_time(world: World) -> None:
    await world.page.add_init_script("Math.random = () => 0")  # no wait is longer than it has to be
    waits = []
    for times in (2, 3, 4):
        began = time.monotonic()
        await world.page.evaluate("() => { window.isOld = true; window.tasktracker.moveNow(); }")
        assert await world.has_loaded(times, within=10)
        waits.append(world.loads[-1] - began)
        await world.page.wait_for_function("() => !window.isOld && Boolean(window.tasktracker?.moveNow)")
    first, second, third = waits
    assert first < 0.5 <= second
    assert third >= 1
