"""The trash in the browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage

pytestmark = pytest.mark.thorough


def thrown(number: int, days_left: int) -> dict[str, Any]:
    at = (datetime.now(UTC) - timedelta(days=30 - days_left)).isoformat()
    known = {"number": number, "ref": f"WEB-{number}", "title": f"Title of {number}", "state": "unstarted"}
    return {**known, "at": at, "who": "Ana Torres", "days": days_left}


ITEMS = [thrown(3, 29), thrown(2, 12), thrown(1, 0)]


@pytest.fixture
async def trash(stage: Stage) -> Stage:
    await stage.set_up({"items": ITEMS})
    await stage.page.goto(stage.address("trash"))
    await stage.page.wait_for_selector(".tt-away__row")
    return stage


async def test_a_task_says_who_threw_it_away_and_how_long_it_stays(trash: Stage) -> None:
    rows = trash.page.locator(".tt-away__row")
    await expect(rows.nth(0)).to_contain_text("Ana Torres")
    await expect(rows.nth(1)).to_contain_text("12 days left")
    await expect(rows.nth(2)).to_contain_text("Goes today")


async def test_one_is_restored_by_its_button_and_the_keyboard_goes_on_with_the_next(trash: Stage) -> None:
    button = trash.page.get_by_role("button", name="Restore: WEB-2")
    await button.focus()
    await trash.page.keyboard.press("Enter")
    assert await trash.intents() == [{"bring": [2]}]
    call = {"method": "show", "arguments": [[ITEMS[0], ITEMS[2]]], "named": {"search": "", "has_more": False}}
    await trash.harness.post(f"/projects/{trash.key}/call", json=call)
    await trash.says("1 task has left the list")
    await expect(trash.page.get_by_role("link", name="Title of 1")).to_be_focused()


async def test_many_are_chosen_by_key_and_restored_or_deleted_together(trash: Stage) -> None:
    for key in ("j", "x", "j", "j", "x"):
        await trash.page.keyboard.press(key)
    await expect(trash.page.get_by_text("2 selected")).to_be_visible()
    await trash.page.get_by_role("button", name="Restore", exact=True).click()
    await trash.page.get_by_label("Select all that are shown").check()
    await trash.page.get_by_role("button", name="Delete for good", exact=True).click()
    assert await trash.intents(2) == [{"bring": [3, 1]}, {"purge": [3, 2, 1]}]


async def test_a_search_is_asked_for_once_the_typing_rests(trash: Stage) -> None:
    await trash.page.get_by_role("searchbox").press_sequentially("log in", delay=20)
    assert await trash.intents() == [{"search": "log in"}]
    call = {"method": "show", "arguments": [[]], "named": {"search": "log in", "has_more": False}}
    await trash.harness.post(f"/projects/{trash.key}/call", json=call)
    await expect(trash.page.get_by_text("No title here has “log in” in it.")).to_be_visible()


async def test_who_may_not_delete_for_good_has_no_button_for_it(trash: Stage) -> None:
    await trash.page.goto(trash.address("trash", purge=0))
    await expect(trash.page.get_by_role("button", name="Restore: WEB-1")).to_be_visible()
    await expect(trash.page.get_by_text("Delete for good")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_trash(trash: Stage, theme: str) -> None:
    await trash.page.goto(trash.address("trash", theme=theme))
    await trash.page.wait_for_selector(".tt-away__row")
    for key in ("j", "x"):
        await trash.page.keyboard.press(key)
    await require_accessible(trash.page)
