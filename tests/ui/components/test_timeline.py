"""The timeline of a project's tasks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import card, small_board

TODAY = datetime.now(UTC).date()
DAY = 12
"""Pixels of a day, as the timeline opens."""


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


async def shown(stage: Stage, *cards: dict[str, Any], **query: object) -> Stage:
    board = small_board(stage.key)
    board["cards"] = list(cards)
    await stage.set_up(board)
    await stage.open("timeline", **query)
    return stage


@pytest.fixture
async def timeline(stage: Stage) -> Stage:
    return await shown(
        stage,
        card(1, "To do", "a", start=day(0), due=day(4)),
        card(2, "To do", "b", start=day(6), due=day(9), blocked_by=[1]),
        card(3, "Done", "c", due=f"{day(2)}T16:30:00Z", blocked_by=[2]),
        card(4, "To do", "d"),
    )


def bar(stage: Stage, number: int) -> Locator:
    return stage.page.locator(f".tt-bar[data-number='{number}']")


async def drag(stage: Stage, what: Locator, days: float) -> None:
    box = await what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await stage.page.mouse.move(x, y)
    await stage.page.mouse.down()
    await stage.page.mouse.move(x + days * DAY, y, steps=5)
    await stage.page.mouse.up()


async def press(stage: Stage, *keys: str) -> None:
    for key in keys:
        await stage.page.keyboard.press(key)


async def test_tasks_with_dates_are_bars_in_the_order_of_their_starts(timeline: Stage) -> None:
    drawn = await timeline.page.evaluate("[...document.querySelectorAll('.tt-bar')].map((bar) => bar.dataset.number)")
    assert drawn == ["1", "3", "2"]
    widths = [await bar(timeline, number).evaluate("(bar) => bar.offsetWidth") for number in (1, 2, 3)]
    assert widths == [5 * DAY, 4 * DAY, DAY]


async def test_a_bar_is_dragged_to_other_days_with_both_its_ends(timeline: Stage) -> None:
    await drag(timeline, bar(timeline, 1), 3)
    assert await timeline.intents() == [{"edit": {"1": {"start": day(3), "due": day(7)}}, "versions": {"1": 1}}]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("part", "by", "fields"),
    [
        ("start", -2, {"start": day(-2)}),
        ("end", 2, {"due": day(6)}),
        ("end", -9, {"due": day(0)}),
        ("start", 9, {"start": day(4)}),
    ],
)
async def test_an_end_of_a_bar_is_dragged_alone(timeline: Stage, part: str, by: int, fields: dict[str, str]) -> None:
    await drag(timeline, bar(timeline, 1).locator(f".tt-bar__{part}"), by)
    assert await timeline.intents() == [{"edit": {"1": fields}, "versions": {"1": 1}}]


@pytest.mark.thorough
async def test_a_task_without_a_start_gets_one_by_the_drag_of_its_front(timeline: Stage) -> None:
    await drag(timeline, bar(timeline, 3).locator(".tt-bar__start"), -2)
    [intent] = await timeline.intents()
    assert intent["edit"] == {"3": {"start": day(0)}}


@pytest.mark.thorough
async def test_a_bar_is_carried_by_keyboard_and_its_end_with_shift(timeline: Stage) -> None:
    await bar(timeline, 1).focus()
    await press(timeline, "m", "ArrowRight", "ArrowRight", "Space")
    await press(timeline, "m", "Shift+ArrowRight", "Enter")
    assert await timeline.intents(2) == [
        {"edit": {"1": {"start": day(2), "due": day(6)}}, "versions": {"1": 1}},
        {"edit": {"1": {"due": day(7)}}, "versions": {"1": 1}},
    ]
    assert await timeline.focused() == 1


async def test_a_bar_that_is_left_off_does_not_lead_the_next_one_astray(timeline: Stage) -> None:
    await bar(timeline, 1).focus()
    await press(timeline, "m", "ArrowRight", "ArrowRight")
    await bar(timeline, 2).focus()
    await press(timeline, "m", "ArrowRight", "Enter")
    assert await timeline.intents() == [{"edit": {"2": {"start": day(7), "due": day(10)}}, "versions": {"2": 1}}]


@pytest.mark.thorough
async def test_escape_leaves_the_bar_where_it_was(timeline: Stage) -> None:
    await bar(timeline, 1).focus()
    await press(timeline, "m", "ArrowRight", "Escape", "ArrowDown")
    await timeline.says("stays where it is")
    assert await timeline.focused() == 3


@pytest.mark.thorough
async def test_lines_lead_from_what_blocks_and_a_line_backwards_is_broken(timeline: Stage) -> None:
    await expect(timeline.page.locator(".tt-line")).to_have_count(2)
    await expect(timeline.page.locator(".tt-line--broken")).to_have_count(1)


@pytest.mark.thorough
async def test_the_names_at_the_side_open_the_tasks(timeline: Stage) -> None:
    await timeline.page.locator(".tt-timeline__name").first.click()
    assert await timeline.intents() == [{"open": 1}]


@pytest.mark.thorough
async def test_a_closer_look_makes_days_wider(timeline: Stage) -> None:
    before = await bar(timeline, 1).evaluate("(bar) => bar.offsetWidth")
    await timeline.page.get_by_role("button", name="Weeks").click()
    await expect(timeline.page.get_by_role("button", name="Weeks")).to_have_attribute("aria-pressed", "true")
    assert await bar(timeline, 1).evaluate("(bar) => bar.offsetWidth") > 2 * before
    await expect(bar(timeline, 1)).to_be_in_viewport()


@pytest.mark.thorough
async def test_of_two_thousand_tasks_only_those_in_sight_are_drawn(stage: Stage) -> None:
    cards = [card(number, "To do", f"a{number:05}", start=day(number // 40)) for number in range(1, 2_001)]
    await shown(stage, *cards)
    assert await stage.page.locator(".tt-bar").count() < 60
    await stage.page.evaluate("document.querySelector('.tt-timeline__scroll').scrollTop = 60_000")
    await stage.page.wait_for_function(
        "[...document.querySelectorAll('.tt-bar')].every((bar) => Number(bar.dataset.number) > 1_600)"
    )
    assert 0 < await stage.page.locator(".tt-bar").count() < 60


@pytest.mark.thorough
async def test_a_project_without_dates_says_what_to_do(stage: Stage) -> None:
    await shown(stage, card(1, "To do", "a"))
    await expect(stage.page.get_by_text("Nothing has a date yet")).to_be_visible()


@pytest.mark.thorough
async def test_a_date_in_another_age_is_no_trouble(stage: Stage) -> None:
    await shown(stage, card(1, "To do", "a", due="9998-12-31"), card(2, "To do", "b", due="0001-01-01"))
    await expect(stage.page.locator(".tt-timeline__name")).to_have_count(2)


@pytest.mark.thorough
async def test_who_may_not_edit_drags_nothing(stage: Stage) -> None:
    await shown(stage, card(1, "To do", "a", start=day(0), due=day(4)), edit=0)
    await drag(stage, bar(stage, 1), 3)
    assert (await stage.harness.get(f"/projects/{stage.key}")).json()["intents"] == []
