"""A board without a mouse."""

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import card, id_of, small_board

WALKS = [
    ("ArrowDown", 2),
    ("j j k", 2),
    ("End", 3),
    ("End Home", 1),
    ("ArrowRight", 4),
    ("j j ArrowRight", 5),
    ("ArrowRight ArrowRight ArrowLeft", 4),
    ("ArrowLeft", 1),  # the backlog is empty
    ("ArrowUp", 1),
]


async def test_keys_walk_over_the_cards(stage: Stage) -> None:
    await stage.open()
    for keys, number in WALKS:
        await stage.page.locator("[data-number='1']").focus()
        for key in keys.split():
            await stage.page.keyboard.press(key)
        assert await stage.focused() == number, keys
        await expect(stage.page.locator(".tt-card[tabindex='0']")).to_have_count(3)  # one in each column that has any


@pytest.mark.parametrize("key", ["Enter", "o"])
async def test_a_key_opens_the_card(stage: Stage, key: str) -> None:
    await stage.open()
    await stage.page.locator("[data-number='2']").press(key)
    assert await stage.intents() == [{"open": 2}]


async def test_a_card_is_carried_to_another_column(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='2']").press("m")
    await stage.says(f"{stage.key}-2 picked up. To do, position 2 of 3.")
    await stage.page.keyboard.press("ArrowRight")
    await stage.says("In progress, position 2 of 3.")
    await stage.page.keyboard.press("ArrowDown")
    await stage.says("In progress, position 3 of 3.")
    await stage.page.keyboard.press("Space")
    await stage.says(f"{stage.key}-2 put down in In progress, position 3 of 3.")
    assert await stage.focused() == 2
    move = {"number": 2, "column_id": id_of("In progress"), "after": 5, "before": None, "version": 1}
    assert await stage.intents() == [{"move": move}]


async def test_a_card_is_carried_into_an_empty_column(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='3']").press("m")
    await stage.page.keyboard.press("ArrowLeft")
    await stage.page.keyboard.press("Enter")
    await stage.shows(Backlog=[3], To_do=[1, 2])
    move = {"number": 3, "column_id": id_of("Backlog"), "after": None, "before": None, "version": 1}
    assert await stage.intents() == [{"move": move}]


async def test_escape_takes_a_carried_card_back(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowRight")
    await stage.shows(To_do=[2, 3])
    await stage.page.keyboard.press("Escape")
    await stage.shows(To_do=[1, 2, 3], In_progress=[4, 5])
    await stage.says(f"{stage.key}-1 stays in To do, position 1 of 3.")
    assert await stage.focused() == 1
    assert await stage.intents(0) == []


async def test_a_card_put_down_where_it_was_asks_for_nothing(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowDown")
    await stage.page.keyboard.press("ArrowUp")
    await stage.page.keyboard.press("Space")
    await stage.says("stays in To do")
    assert await stage.intents(0) == []


async def test_whoever_goes_elsewhere_has_let_go(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowRight")
    await stage.page.locator("[data-number='6']").focus()
    await stage.shows(To_do=[1, 2, 3])
    assert await stage.focused() == 6


async def test_a_refused_move_goes_back_and_says_why(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowRight")
    await stage.page.keyboard.press("Space")
    await stage.intents()
    await stage.call("refuse", 1, "“In progress” is full.")
    await stage.shows(To_do=[1, 2, 3], In_progress=[4, 5])
    await stage.says(f"{stage.key}-1 moved back to To do, position 1 of 3. “In progress” is full.")
    assert await stage.focused() == 1


async def test_a_second_move_waits_for_the_answer_to_the_first(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    for key in ("ArrowRight", "Space", "m", "ArrowRight", "m"):
        await stage.page.keyboard.press(key)
    await stage.shows(To_do=[2, 3], In_progress=[4, 5], Done=[1, 6])
    assert len(await stage.intents()) == 1
    await stage.patch(10, 11, card(1, "In progress", "Zz", version=2))
    [_, second] = await stage.intents(2)
    assert second == {"move": {"number": 1, "column_id": id_of("Done"), "after": None, "before": 6, "version": 2}}
    await stage.shows(In_progress=[4, 5], Done=[1, 6])


async def test_an_edit_by_somebody_else_does_not_undo_a_move_under_way(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowRight")
    await stage.page.keyboard.press("Space")
    await stage.intents()
    await stage.patch(10, 11, card(1, "To do", "a0", version=2, title="Renamed meanwhile"))
    await expect(stage.page.locator("[data-number='1']")).to_contain_text("Renamed meanwhile")
    await stage.shows(In_progress=[1, 4, 5])


async def test_an_accepted_move_to_the_same_place_is_settled(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.page.keyboard.press("ArrowRight")
    await stage.page.keyboard.press("Space")
    await stage.intents()
    await stage.call("accept", 1, 2)
    await stage.patch(10, 11, card(1, "In progress", "a2", version=2))
    await stage.shows(In_progress=[4, 5, 1])


async def test_keys_typed_into_a_field_are_left_alone(stage: Stage) -> None:
    await stage.open()
    await stage.page.evaluate("document.querySelector('.tt-board').append(document.createElement('input'))")
    await stage.page.locator(".tt-board > input").press_sequentially("jo h")
    assert await stage.page.locator(".tt-board > input").input_value() == "jo h"
    assert await stage.intents(0) == []


async def test_in_a_right_to_left_page_the_arrows_go_where_they_point(stage: Stage) -> None:
    await stage.open()
    await stage.page.evaluate("document.documentElement.dir = 'rtl'")
    await stage.page.locator("[data-number='1']").press("ArrowLeft")
    assert await stage.focused() == 4


async def test_a_carried_card_that_vanishes_leaves_the_hand(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key))
    await stage.open()
    await stage.page.locator("[data-number='1']").press("m")
    await stage.patch(10, 11, gone=[1])
    await stage.shows(To_do=[2, 3])
    await expect(stage.page.locator(".tt-card--grabbed")).to_have_count(0)


async def test_where_nothing_has_the_focus_j_begins_at_the_first_card(stage: Stage) -> None:
    await stage.open()
    await stage.page.keyboard.press("j")
    assert await stage.focused() == 1


async def test_a_move_that_nobody_answers_is_taken_back(browser: Browser, stage: Stage) -> None:
    page = await browser.new_page()
    await page.clock.install()
    alone = replace(stage, page=page)
    await alone.open()
    await page.locator("[data-number='1']").press("m")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Space")
    await alone.shows(In_progress=[1, 4, 5])
    await page.clock.fast_forward(10_000)
    await alone.shows(To_do=[1, 2, 3], In_progress=[4, 5])
    await alone.says("The server did not answer.")
    await page.close()
