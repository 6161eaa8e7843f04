"""Dragging cards by mouse and by finger."""

from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import card, id_of, small_board


async def grip(page: Page, number: int) -> tuple[float, float]:
    """A point in the upper part of the card."""
    box = await page.locator(f"[data-number='{number}']").bounding_box()
    assert box is not None
    return box["x"] + 60, box["y"] + 12


async def lift(stage: Stage, number: int, over: int, *, below: int = 0) -> None:
    """Take the card of that number over another one, so that it would land before it, or with `below` (px) after."""
    x, y = await grip(stage.page, number)
    goal_x, goal_y = await grip(stage.page, over)
    await stage.page.mouse.move(x, y)
    await stage.page.mouse.down()
    await stage.page.mouse.move(x + 8, y + 8)
    await stage.page.mouse.move(goal_x, goal_y + below, steps=4)
    await expect(stage.page.locator(".tt-gap")).to_have_count(1)


async def test_a_card_dropped_before_another_asks_to_go_there(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.page.mouse.up()
    await stage.shows(To_do=[2, 3], In_progress=[4, 1, 5])
    move = {"number": 1, "column_id": id_of("In progress"), "after": 4, "before": 5, "version": 1}
    assert await stage.intents() == [{"move": move}]
    await expect(stage.page.locator(".tt-card--ghost")).to_have_count(0)


async def test_a_card_dropped_at_the_end_of_its_own_column(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=3, below=60)
    await stage.page.mouse.up()
    await stage.shows(To_do=[2, 3, 1])
    [intent] = await stage.intents()
    assert (intent["move"]["after"], intent["move"]["before"]) == (3, None)


async def test_a_card_dropped_where_it_was_asks_for_nothing(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 2, over=2)
    await stage.page.mouse.up()
    await stage.shows(To_do=[1, 2, 3])
    assert await stage.intents(0) == []


async def test_a_drag_opens_nothing(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.page.mouse.up()
    assert [list(intent) for intent in await stage.intents()] == [["move"]]


async def test_escape_puts_a_dragged_card_back(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.page.keyboard.press("Escape")
    await stage.shows(To_do=[1, 2, 3], In_progress=[4, 5])
    await stage.page.mouse.up()
    await expect(stage.page.locator(".tt-card--ghost, .tt-gap")).to_have_count(0)
    assert await stage.intents(0) == []


async def test_a_drag_goes_on_while_somebody_changes_other_cards(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.patch(10, 11, card(2, "In progress", "Zz", version=2), card(9, "In progress", "a0V"), gone=[3])
    await stage.shows(To_do=[], In_progress=[2, 4, 9, 5])
    await expect(stage.page.locator(".tt-card--ghost")).to_have_count(1)
    await stage.page.mouse.up()
    await stage.shows(In_progress=[2, 1, 4, 9, 5])
    [intent] = await stage.intents()
    assert (intent["move"]["after"], intent["move"]["before"]) == (2, 4)


async def test_a_dragged_card_that_vanishes_leaves_the_hand(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.patch(10, 11, gone=[1])
    await expect(stage.page.locator(".tt-card--ghost, .tt-gap")).to_have_count(0)
    await stage.page.mouse.up()
    assert await stage.intents(0) == []


async def test_a_refused_drop_goes_back(stage: Stage) -> None:
    await stage.open()
    await lift(stage, 1, over=5)
    await stage.page.mouse.up()
    await stage.intents()
    await stage.call("refuse", 1)
    await stage.shows(To_do=[1, 2, 3], In_progress=[4, 5])


async def test_a_view_near_whose_edge_a_card_is_held_scrolls(stage: Stage) -> None:
    board = small_board(stage.key)
    board["cards"] += [card(number, "In progress", f"b{number:02}") for number in range(10, 40)]
    await stage.set_up(board)
    await stage.open()
    await lift(stage, 1, over=5)
    x, _ = await grip(stage.page, 5)
    await stage.page.mouse.move(x, 780)
    column = stage.page.locator(".tt-column__cards").nth(2)
    await stage.page.wait_for_function("(list) => list.scrollTop > 300", arg=await column.element_handle())
    await stage.page.mouse.up()
    [intent] = await stage.intents()
    assert intent["move"]["after"] >= 10


async def test_who_may_not_edit_cannot_drag(stage: Stage) -> None:
    await stage.open(edit=0)
    x, y = await grip(stage.page, 1)
    await stage.page.mouse.move(x, y)
    await stage.page.mouse.down()
    await stage.page.mouse.move(x + 300, y + 50, steps=3)
    await expect(stage.page.locator(".tt-card--ghost")).to_have_count(0)
    await stage.page.mouse.up()


@pytest.fixture
async def phone(browser: Browser, harness: httpx.AsyncClient, new_key: str) -> AsyncIterator[Stage]:
    """The small board on a phone."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = await context.new_page()
    page.set_default_timeout(8_000)
    stage = Stage(new_key, harness, page)
    board = small_board(new_key)
    board["cards"] += [card(number, "To do", f"b{number:02}") for number in range(10, 30)]
    await stage.set_up(board)
    await stage.open()
    await stage.page.evaluate("document.querySelector('.tt-board__strip').scrollLeft = 340")
    yield stage
    await context.close()


async def touch(cdp: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """A finger comes down, moves, or leaves."""
    at = [{"x": x, "y": y} for x, y in points]
    await cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})


async def test_a_finger_that_rests_on_a_card_lifts_it(phone: Stage) -> None:
    cdp = await phone.page.context.new_cdp_session(phone.page)
    x, y = await grip(phone.page, 1)
    _, goal_y = await grip(phone.page, 2)
    await touch(cdp, "touchStart", (x, y))
    await expect(phone.page.locator(".tt-card--ghost")).to_have_count(1)
    for part in (0.3, 0.6, 1.0):
        await touch(cdp, "touchMove", (x, y + (goal_y - y) * part))
    await expect(phone.page.locator("[data-slot='2'] + .tt-gap")).to_have_count(1)
    await touch(cdp, "touchEnd")
    [intent] = await phone.intents()
    assert (intent["move"]["number"], intent["move"]["after"], intent["move"]["before"]) == (1, 2, 3)


async def test_a_finger_that_moves_on_scrolls(phone: Stage) -> None:
    cdp = await phone.page.context.new_cdp_session(phone.page)
    x, y = await grip(phone.page, 3)
    await touch(cdp, "touchStart", (x, y))
    for step in range(1, 12):
        await touch(cdp, "touchMove", (x, y - 15 * step))
    await phone.page.wait_for_timeout(300)
    await touch(cdp, "touchEnd")
    assert await phone.page.evaluate("document.querySelectorAll('.tt-column__cards')[1].scrollTop") > 50
    await expect(phone.page.locator(".tt-card--ghost")).to_have_count(0)
    assert await phone.intents(0) == []


async def test_a_tap_opens_the_task(phone: Stage) -> None:
    await phone.page.locator("[data-number='2']").tap()
    assert await phone.intents() == [{"open": 2}]


async def test_a_card_lifted_and_put_back_by_a_finger_is_not_opened(phone: Stage) -> None:
    cdp = await phone.page.context.new_cdp_session(phone.page)
    await touch(cdp, "touchStart", await grip(phone.page, 2))
    await expect(phone.page.locator(".tt-card--ghost")).to_have_count(1)
    await touch(cdp, "touchEnd")
    await expect(phone.page.locator(".tt-card--ghost")).to_have_count(0)
    await phone.page.wait_for_timeout(100)
    assert await phone.intents(0) == []
