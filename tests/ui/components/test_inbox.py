"""The inbox in the browser."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage, stop_clock
from tests.ui.components.samples import id_of

NOW = datetime.now(UTC)
WIDE = ViewportSize(width=1280, height=800)


def notice(name: str, ref: str, minutes: int, **fields: object) -> dict[str, Any]:
    """Something that Ben did so many minutes ago."""
    return {
        "id": id_of(name),
        "ref": ref,
        "title": f"Title of {ref}",
        "at": (NOW - timedelta(minutes=minutes)).isoformat(),
        "who": "Ben Okafor",
        "text": "assigned you",
        "excerpt": "",
        "unread": True,
        "snoozed": None,
        **fields,
    }


ITEMS = [
    notice("one", "WEB-1", 65, text="commented", excerpt="Looks good"),
    notice("two", "WEB-2", 130, who=None, text="This is due"),
    notice("three", "WEB-1", 200, unread=False),
    notice("four", "WEB-3", 3000, unread=False),
    notice("five", "WEB-4", 3000, snoozed="2099-01-01T09:00:00+00:00"),
]


@pytest.fixture
async def inbox(stage: Stage) -> Stage:
    """Three tasks, the first of them with two notifications, and one that is put off."""
    await stage.set_up({"items": ITEMS})
    await stage.page.set_viewport_size(WIDE)
    await open_inbox(stage)
    return stage


async def open_inbox(stage: Stage, **query: object) -> None:
    await stage.page.goto(stage.address("inbox", **query))
    await stage.page.wait_for_selector(".tt-inbox")


async def told(inbox: Stage, *names: str) -> list[Any]:
    """What the page has wanted, of these names, once there is as much."""
    found: list[Any] = []
    for count in range(1, 50):
        found = [intent for intent in await inbox.intents(count) if next(iter(intent)) in names]
        if found:
            return found
    raise AssertionError(names)


def row(inbox: Stage, ref: str) -> Locator:
    return inbox.page.locator(f"[data-ref='{ref}']")


async def test_what_happened_to_one_task_is_one_row_with_the_newest_first(inbox: Stage) -> None:
    rows = inbox.page.locator(".tt-news__link")
    await expect(rows).to_have_count(3)
    await expect(rows.nth(0)).to_have_accessible_name(
        re.compile("^WEB-1 Title of WEB-1, unread, Ben Okafor commented, 1 ?h")
    )
    await expect(rows.nth(0)).to_contain_text("commented: Looks good")
    await expect(rows.nth(0)).to_contain_text("+1")
    await expect(rows.nth(1)).to_have_accessible_name(re.compile("^WEB-2 Title of WEB-2, unread, This is due, 2 ?h"))
    await expect(rows.nth(2)).to_have_accessible_name(
        re.compile("^WEB-3 Title of WEB-3, Ben Okafor assigned you, 2 ?d")
    )


async def test_what_is_put_off_is_among_what_is_snoozed_until_then(inbox: Stage) -> None:
    await open_inbox(inbox, state="snoozed")
    await expect(inbox.page.locator(".tt-news__link")).to_have_count(1)
    await expect(row(inbox, "WEB-4")).to_contain_text("until Thu")


async def test_keys_walk_read_and_unread_a_task_with_all_that_happened_to_it(inbox: Stage) -> None:
    keys = inbox.page.keyboard
    await keys.press("j")
    await expect(row(inbox, "WEB-1")).to_be_focused()
    await keys.press("u")
    assert await told(inbox, "read") == [{"read": [id_of("one"), id_of("three")]}]
    await inbox.says("WEB-1 is read")
    await keys.press("u")
    assert await told(inbox, "unread") == [{"unread": [id_of("one"), id_of("three")]}]
    for key, ref in (("j", "WEB-2"), ("ArrowDown", "WEB-3"), ("j", "WEB-3"), ("k", "WEB-2")):
        await keys.press(key)
        await expect(row(inbox, ref)).to_be_focused()


async def test_h_puts_a_task_off_and_the_keyboard_goes_on_with_the_next(inbox: Stage) -> None:
    keys = inbox.page.keyboard
    await keys.press("j")
    await keys.press("h")
    items = inbox.page.get_by_role("menu", name="Put off until").get_by_role("menuitem")
    await expect(items).to_have_count(3)
    await expect(items.nth(0)).to_be_focused()
    await keys.press("Escape")
    await expect(row(inbox, "WEB-1")).to_be_focused()
    await keys.press("h")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    (intent,) = await told(inbox, "snooze")
    until = datetime.fromisoformat(intent["snooze"]["until"]).astimezone()
    assert (until.hour, until.date()) == (9, (datetime.now().astimezone() + timedelta(days=1)).date())
    assert intent["snooze"]["ids"] == [id_of("one"), id_of("three")]
    await expect(row(inbox, "WEB-1")).to_have_count(0)
    await expect(row(inbox, "WEB-2")).to_be_focused()


async def test_news_is_drawn_and_told_and_the_keyboard_stays_where_it_is(inbox: Stage) -> None:
    await row(inbox, "WEB-2").focus()
    fresh = [notice("six", "WEB-9", 0), *ITEMS]
    await inbox.harness.post(
        f"/projects/{inbox.key}/call",
        json={"method": "show", "arguments": [fresh], "named": {"state": "all", "has_more": True}},
    )
    await expect(row(inbox, "WEB-9")).to_be_visible()
    await inbox.says("1 new notification")
    await expect(row(inbox, "WEB-2")).to_be_focused()
    await inbox.page.get_by_role("button", name="Show older ones").click()
    assert await told(inbox, "more") == [{"more": None}]


async def test_the_task_beside_the_list_is_that_of_the_row_one_rests_on(inbox: Stage) -> None:
    assert await told(inbox, "look") == [{"look": "WEB-1"}]
    await stop_clock(inbox)
    for _ in range(3):
        await inbox.page.keyboard.press("j")
    await inbox.page.clock.run_for(1_000)
    assert [each["look"] for each in (await inbox.intents(2))] == ["WEB-1", "WEB-3"], "those passed by are not fetched"


async def test_space_goes_to_the_task_beside_the_list_and_back(inbox: Stage) -> None:
    keys, beside = inbox.page.keyboard, inbox.page.get_by_role("complementary", name="Preview")
    await keys.press("j")
    await keys.press("Space")
    await expect(beside).to_be_focused()
    await keys.press("Space")
    await expect(row(inbox, "WEB-1")).to_be_focused()
    await inbox.page.set_viewport_size(ViewportSize(width=800, height=800))
    await expect(beside).to_have_count(0)
    await keys.press("Space")
    await expect(inbox.page.get_by_role("region", name="Preview").get_by_role("heading")).to_have_text("Task number 1")


async def test_an_inbox_with_nothing_in_it_says_what_will_be(stage: Stage) -> None:
    await stage.set_up({"items": []})
    for state, title in {
        "all": "Nothing has come in yet",
        "unread": "You have read everything",
        "snoozed": "Nothing is put off",
    }.items():
        await open_inbox(stage, state=state)
        await expect(stage.page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_inbox(inbox: Stage, theme: str) -> None:
    await open_inbox(inbox, theme=theme)
    await inbox.page.keyboard.press("j")
    await inbox.page.keyboard.press("h")
    await require_accessible(inbox.page)
