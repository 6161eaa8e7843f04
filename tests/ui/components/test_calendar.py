"""The calendar of a project’s tasks: the tenth of this month, and the days after it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import card, small_board

TODAY = datetime.now(UTC).date().replace(day=10)
"""A day of the month that the calendar opens with, in the middle of a week or not."""


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


@pytest.fixture
async def calendar(stage: Stage) -> Stage:
    board = small_board(stage.key)
    board["cards"] = [
        card(1, "To do", "a", due=day(0)),
        card(2, "To do", "b", due=day(0)),
        card(3, "Done", "c", due=f"{day(2)}T16:30:00Z"),
        card(4, "To do", "d"),
    ]
    await stage.set_up(board)
    await stage.open("calendar")
    return stage


async def days_of(stage: Stage) -> dict[str, list[int]]:
    """The numbers of the tasks on each day that has some."""
    drawn: dict[str, list[int]] = await stage.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-day]')].map((day) => [
            day.dataset.day, [...day.querySelectorAll('[data-number]')].map((each) => Number(each.dataset.number)),
        ]).filter(([, numbers]) => numbers.length))"""
    )
    return drawn


def on(stage: Stage, offset: int) -> Locator:
    return stage.page.locator(f"[data-day='{day(offset)}']")


async def carry(stage: Stage, number: int, to: Locator) -> None:
    source, target = await stage.page.locator(f"[data-number='{number}']").bounding_box(), await to.bounding_box()
    assert source
    assert target
    await stage.page.mouse.move(source["x"] + 20, source["y"] + 8)
    await stage.page.mouse.down()
    await stage.page.mouse.move(target["x"] + 30, target["y"] + 50, steps=4)
    await stage.page.mouse.up()


async def test_tasks_stand_on_the_days_that_they_are_due(calendar: Stage) -> None:
    assert await days_of(calendar) == {day(0): [1, 2], day(2): [3]}
    await expect(calendar.page.get_by_role("heading", level=2)).to_have_text(f"{TODAY:%B %Y}")


async def test_a_task_is_dragged_to_another_day_and_drawn_there_at_once(calendar: Stage) -> None:
    await carry(calendar, 1, on(calendar, 4))
    assert await calendar.intents() == [{"edit": {"1": {"due": day(4)}}, "versions": {"1": 1}}]
    assert await days_of(calendar) == {day(0): [2], day(2): [3], day(4): [1]}


async def test_a_moment_keeps_its_time_of_day(calendar: Stage) -> None:
    await carry(calendar, 3, on(calendar, 5))
    [intent] = await calendar.intents()
    assert intent["edit"] == {"3": {"due": f"{day(5)}T16:30:00Z"}}


async def test_a_task_that_is_dropped_where_it_was_stays_there(calendar: Stage) -> None:
    await carry(calendar, 1, on(calendar, 0))
    await calendar.page.locator("[data-number='2']").click()
    assert await calendar.intents() == [{"open": 2}]


async def test_a_task_is_carried_by_keyboard(calendar: Stage) -> None:
    await calendar.page.locator("[data-number='2']").focus()
    for key in ("m", "ArrowRight", "ArrowDown"):
        await calendar.page.keyboard.press(key)
    await calendar.page.keyboard.press("Space")
    assert await calendar.intents() == [{"edit": {"2": {"due": day(8)}}, "versions": {"2": 1}}]
    await calendar.says("is due on")
    assert await calendar.focused() == 2


async def test_a_task_that_is_left_off_does_not_lead_the_next_one_astray(calendar: Stage) -> None:
    for number, keys in ((2, ("m", "ArrowRight", "ArrowRight")), (1, ("m", "ArrowDown", "Enter"))):
        await calendar.page.locator(f"[data-number='{number}']").focus()
        for key in keys:
            await calendar.page.keyboard.press(key)
    assert await calendar.intents() == [{"edit": {"1": {"due": day(7)}}, "versions": {"1": 1}}]


async def test_escape_leaves_the_task_where_it_was(calendar: Stage) -> None:
    await calendar.page.locator("[data-number='2']").focus()
    for key in ("m", "ArrowRight", "Escape"):
        await calendar.page.keyboard.press(key)
    await calendar.says("stays where it is")
    assert await days_of(calendar) == {day(0): [1, 2], day(2): [3]}


async def test_a_task_that_loses_its_day_while_it_is_carried_is_left_alone(calendar: Stage) -> None:
    source, target = calendar.page.locator("[data-number='1']"), on(calendar, 4)
    await source.hover()
    await calendar.page.mouse.down()
    await target.hover(position={"x": 30, "y": 50}, force=True)
    await calendar.patch(10, 11, card(1, "To do", "a", version=2))
    await expect(source).to_have_count(0)
    await calendar.page.mouse.up()
    await expect(calendar.page.locator(".tt-day--target")).to_have_count(0)

    await calendar.page.locator("[data-number='2']").focus()
    for key in ("m", "ArrowRight"):
        await calendar.page.keyboard.press(key)
    await expect(calendar.page.locator(".tt-day--target")).to_have_count(1)
    await calendar.patch(11, 12, card(2, "To do", "b", version=2))
    await expect(calendar.page.locator(".tt-day--target")).to_have_count(0)
    assert await calendar.intents(0) == []


async def test_the_arrow_keys_walk_over_the_days_that_have_tasks(calendar: Stage) -> None:
    await calendar.page.locator("[data-number='1']").focus()
    walked = []
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "Enter"):
        await calendar.page.keyboard.press(key)
        walked.append(await calendar.focused())
    assert walked == [2, 3, 2, 2]
    assert await calendar.intents() == [{"open": 2}]


async def test_what_the_server_never_grants_goes_back(calendar: Stage) -> None:
    await carry(calendar, 1, on(calendar, 4))
    await calendar.patch(10, 11, card(1, "To do", "a", due=day(6), version=2))
    await expect(on(calendar, 6).locator("[data-number='1']")).to_be_visible()


async def test_a_full_day_shows_how_much_more_there_is_and_leads_to_its_week(stage: Stage) -> None:
    board = small_board(stage.key)
    board["cards"] = [card(number, "To do", f"a{number}", due=day(0)) for number in range(1, 10)]
    await stage.set_up(board)
    await stage.open("calendar")
    assert len((await days_of(stage))[day(0)]) == 3
    await stage.page.get_by_role("button", name="6 more").click()
    assert len((await days_of(stage))[day(0)]) == 9
    await expect(stage.page.get_by_role("button", name="Week")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("Back", lambda first: first - timedelta(days=1)),
        ("Forward", lambda first: first + timedelta(days=32)),
    ],
)
async def test_the_arrows_turn_the_pages(calendar: Stage, button: str, shown: Callable[[date], date]) -> None:
    await calendar.page.get_by_role("button", name=button).click()
    month = shown(TODAY.replace(day=1))
    await expect(calendar.page.get_by_role("heading", level=2)).to_have_text(f"{month:%B %Y}")
    await calendar.page.get_by_role("button", name="Today").click()
    await expect(calendar.page.get_by_role("heading", level=2)).to_have_text(f"{TODAY:%B %Y}")


async def test_the_plus_of_a_day_asks_for_a_task_due_then(calendar: Stage) -> None:
    await on(calendar, 3).hover()
    await on(calendar, 3).get_by_role("button").click()
    assert await calendar.intents() == [{"create": day(3)}]


async def test_who_may_not_edit_carries_nothing(stage: Stage) -> None:
    board: dict[str, Any] = small_board(stage.key)
    board["cards"] = [card(1, "To do", "a", due=day(0))]
    await stage.set_up(board)
    await stage.open("calendar", edit=0)
    await carry(stage, 1, on(stage, 3))
    assert await days_of(stage) == {day(0): [1]}
    assert (await stage.harness.get(f"/projects/{stage.key}")).json()["intents"] == []
