"""The activity of a project in the browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage

pytestmark = pytest.mark.thorough

NOW = datetime.now(UTC)


def entry(command: int, days: int, text: str, *refs: str, **fields: object) -> dict[str, Any]:
    """What Ana did so many days ago."""
    deeds = [{"text": text, "tasks": [[ref, f"Title of {ref}"] for ref in refs]}]
    at = (NOW - timedelta(days=days)).isoformat()
    known = {"command": command, "at": at, "who": "Ana Torres", "how": "", "deeds": deeds, "more": 0}
    return {**known, "undone": False, "mayUndo": True, **fields}


ITEMS = [
    entry(9, 0, "set the priority to High", *(f"WEB-{n}" for n in range(1, 9)), more=92),
    entry(7, 0, "archived this task", "WEB-3", undone=True, mayUndo=False),
    entry(5, 1, "changed the settings of the project", how="by a rule"),
    entry(3, 40, "created this task", "WEB-1"),
]


@pytest.fixture
async def activity(stage: Stage) -> Stage:
    await stage.set_up({"items": ITEMS, "has_more": True})
    await stage.page.goto(stage.address("activity"))
    await stage.page.wait_for_selector(".tt-deed")
    return stage


async def test_what_was_done_stands_below_its_day_with_the_tasks_it_was_done_to(activity: Stage) -> None:
    days = activity.page.locator(".tt-activity__date")
    await expect(days).to_have_count(3)
    await expect(days.nth(0)).to_contain_text("Today")
    await expect(days.nth(1)).to_contain_text("Yesterday")
    first, second, third = (activity.page.locator(".tt-deed").nth(n) for n in range(3))
    await expect(first).to_contain_text("Ana Torres")
    await expect(first.get_by_role("link")).to_have_count(5)
    await expect(first).to_contain_text("and 3 more")
    await expect(first).to_contain_text("and 92 changes more")
    await expect(second).to_contain_text("Undone")
    await expect(third).to_contain_text("by a rule")


async def test_what_may_be_undone_has_a_button_for_it(activity: Stage) -> None:
    buttons = activity.page.get_by_role("button", name="Undo: Ana Torres")
    await expect(buttons).to_have_count(3)
    await buttons.nth(0).click()
    assert await activity.intents() == [{"undo": {"command": 9}}]


async def test_it_is_narrowed_by_person_and_kind_and_older_ones_come_when_asked_for(activity: Stage) -> None:
    await activity.page.get_by_label("Who").select_option("Ana Torres")
    await activity.page.get_by_label("What").select_option("Comments")
    await activity.page.get_by_role("button", name="Show older ones").click()
    narrowed, kind, more = await activity.intents(3)
    assert narrowed == {"narrow": {"by": "ana", "kind": "", "project": ""}}
    assert (kind["narrow"]["kind"], more) == ("comments", {"more": None})


async def test_what_is_new_is_told(activity: Stage) -> None:
    items = [entry(11, 0, "renamed this to “Shop”", "WEB-2"), *ITEMS]
    call = {"method": "show", "arguments": [items], "named": {"by": "", "kind": "", "has_more": False}}
    await activity.harness.post(f"/projects/{activity.key}/call", json=call)
    await activity.says("Ana Torres renamed this to “Shop”")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_activity(activity: Stage, theme: str) -> None:
    await activity.page.goto(activity.address("activity", theme=theme))
    await activity.page.wait_for_selector(".tt-deed")
    await require_accessible(activity.page, but="heading-order")  # the frame's heading comes first
