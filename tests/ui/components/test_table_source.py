"""The rows of a table while the server does not answer, in a real browser: the tests answer for it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Route

from tests.ui.components.conftest import Stage

ADDRESS = "/api/v1/tasks-of-a-table"
BEGIN = """async (url) => {
    const { TableSource } = await import("tasktracker-live-project/table_source.js");
    const filter = { text: { value: "" }, fits: { value: null }, ready: null, board: `${url}/board`, changed() {} };
    const [frame, wanted] = [{ labels: [], people: [] }, { sort: "number", fields: ["title"] }];
    window.source = new TableSource({ url, frame, filter, wanted: () => wanted });
    await window.source.load();
}"""
SHOWS = """([state, numbers]) =>
    source.state.value === state && String(source.rows.map((row) => row.number)) === numbers"""
PATCH = "{ since: 0, revision: 1, cards: [{ number: 1 }], gone: [] }"


@dataclass
class Rows:
    """What the server answers: the numbers of a part, and whether there is one behind it; or a refusal."""

    stage: Stage
    numbers: tuple[int, ...] = (1,)
    has_more: bool = False
    status: int = 200
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)

    async def answer(self, route: Route) -> None:
        if "board" in route.request.url:
            await route.fulfill(json={"numbers": [1, 2]})
            return
        self.asked.append(route.request.url)
        await self.goes_on.wait()
        headers = {"Link": f'<{ADDRESS}?part=2>; rel="next"'} if self.has_more else {}
        await route.fulfill(status=self.status, headers=headers, json=[{"number": each} for each in self.numbers])

    async def do(self, what: str) -> None:
        """Without waiting for what comes of it."""
        await self.stage.page.evaluate(f"() => void window.source.{what}")

    async def shows(self, *numbers: int, state: str = "ready") -> None:
        await self.stage.page.wait_for_function(SHOWS, arg=[state, ",".join(map(str, numbers))])

    async def has_asked(self, times: int) -> None:
        async with asyncio.timeout(5):
            while len(self.asked) < times:
                await asyncio.sleep(0.01)


@pytest.fixture
async def rows(stage: Stage) -> AsyncIterator[Rows]:
    """A table that shows one row."""
    rows = Rows(stage)
    rows.goes_on.set()
    await stage.page.route(f"**{ADDRESS}**", rows.answer)
    await stage.open("list")
    await stage.page.evaluate(BEGIN, ADDRESS)
    await rows.shows(1)
    yield rows
    await rows.do("close()")
    await stage.page.unroute(f"**{ADDRESS}**")


async def test_a_part_that_does_not_come_is_asked_for_again_after_a_while(rows: Rows) -> None:
    rows.has_more = True
    await rows.do("load()")
    await rows.has_asked(2)
    await rows.stage.page.wait_for_function("source.isWhole === false")
    rows.status = 503
    await rows.do("need(2)")
    await rows.has_asked(3)
    await asyncio.sleep(0.2)
    assert len(rows.asked) == 3
    rows.status, rows.numbers, rows.has_more = 200, (2,), False
    await rows.shows(1, 2)


async def test_rows_in_another_order_come_once_the_server_answers_again(rows: Rows) -> None:
    rows.status = 503
    await rows.do("load()")
    await rows.has_asked(2)
    rows.status, rows.numbers = 200, (2, 1)
    await rows.shows(2, 1)


async def test_what_one_may_not_see_any_more_is_asked_for_no_more(rows: Rows) -> None:
    rows.status = 403
    await rows.do(f"patch({PATCH})")
    await rows.shows(1, state="failed")
    asked = len(rows.asked)
    await asyncio.sleep(0.8)
    assert len(rows.asked) == asked


async def test_a_table_that_is_closed_asks_for_nothing(rows: Rows) -> None:
    rows.status = 503
    rows.goes_on.clear()
    await rows.do(f"patch({PATCH})")
    await rows.has_asked(2)
    await rows.do("close()")
    rows.goes_on.set()
    await asyncio.sleep(0.8)
    assert len(rows.asked) == 2
