"""The title of a task that somebody else renames meanwhile."""

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.conftest import Stage, hold, let_go


async def open_title(stage: Stage, **query: object) -> Locator:
    await stage.page.goto(stage.address("title", **query))
    await stage.page.wait_for_function("window.did_handshake === true")
    return stage.page.get_by_role("textbox", name="Title")


@pytest.fixture
async def title(stage: Stage) -> Locator:
    return await open_title(stage)


async def rename(stage: Stage, *names: str) -> None:
    """Somebody else does, one name after the other, and the page hears of it."""
    for name in names:
        await stage.call("rename", name)
    await expect(stage.page).to_have_title(names[-1])


async def has_draft(stage: Stage) -> bool:
    found: bool = await stage.page.evaluate("(name) => tasktracker.hasDraft(name)", f"{stage.key}-7:title")
    return found


async def test_keys_that_are_on_their_way_stay_and_are_based_on_what_was_there_before(
    stage: Stage, title: Locator
) -> None:
    await hold(stage)
    await title.press("End")
    await title.press_sequentially(" today")
    await rename(stage, "Fix the till", "Fix the door")
    await let_go(stage)
    await title.press("Enter")
    assert await stage.intents() == [{"save": "Fix the login today", "version": 3}]
    await expect(title).to_have_value("Fix the login today")


async def test_a_field_in_which_nobody_types_shows_the_newest_name_and_typing_is_based_on_it(
    stage: Stage, title: Locator
) -> None:
    await hold(stage)  # the second name comes before the page has told of the first
    await rename(stage, "Fix the till", "Fix the door")
    await expect(title).to_have_value("Fix the door")
    await let_go(stage)
    assert not await has_draft(stage)
    await title.press("End")
    await title.press_sequentially(" today")
    await stage.page.reload()
    await expect(title).to_have_value("Fix the door today")
    await title.press("Enter")
    assert await stage.intents() == [{"save": "Fix the door today", "version": 5}]
    await rename(stage, "Fix the sign")
    await expect(title).to_have_value("Fix the sign")


async def test_a_field_that_is_left_untouched_while_a_name_is_on_its_way_saves_nothing(
    stage: Stage, title: Locator
) -> None:
    await hold(stage)
    await title.press("Enter")
    await rename(stage, "Fix the till")
    await expect(title).to_have_value("Fix the till")
    await let_go(stage)
    await title.fill("Fix the door")
    await title.press("Enter")
    assert await stage.intents() == [{"save": "Fix the door", "version": 4}]


async def test_who_takes_back_what_they_typed_sees_the_newest_name_again(stage: Stage, title: Locator) -> None:
    await title.press("End")
    await title.press_sequentially("!")
    await rename(stage, "Fix the till")
    await expect(title).to_have_value("Fix the login!")
    await title.press("Backspace")
    await rename(stage, "Fix the door")
    await expect(title).to_have_value("Fix the door")
    assert not await has_draft(stage)


async def test_a_field_that_was_emptied_waits_for_what_is_typed_next(stage: Stage, title: Locator) -> None:
    await title.fill("")
    await rename(stage, "Fix the till")
    await title.press_sequentially("Fix the door")
    await title.press("Enter")
    assert await stage.intents() == [{"save": "Fix the door", "version": 3}]


async def test_who_may_only_read_sees_the_newest_name(stage: Stage) -> None:
    title = await open_title(stage, edit=0)
    await rename(stage, "Fix the till")
    await expect(title).to_have_value("Fix the till")
