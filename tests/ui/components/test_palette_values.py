"""The palette's second step: values for all tasks that are selected, in one intent."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import PEOPLE, id_of, small_board

pytestmark = pytest.mark.thorough

ANA, BEN = id_of(PEOPLE[0]), id_of(PEOPLE[1])
BUG, DESIGN = id_of("bug"), id_of("design")


async def two(stage: Stage, **fields: Any) -> None:
    """Select tasks 1 and 2; the fields are those of task 1."""
    board = small_board(stage.key)
    board["cards"][0] |= fields
    await stage.set_up(board)
    await stage.open_commands()
    await stage.page.locator("[data-number='1']").focus()
    await stage.page.keyboard.press("x")
    await stage.page.keyboard.press("Shift+ArrowDown")


async def edits(stage: Stage) -> dict[str, Any]:
    """What the one intent gives to each task."""
    [intent] = await stage.intents()
    assert set(intent["edit"]["edits"]) <= set(intent["edit"]["versions"])
    changes: dict[str, Any] = intent["edit"]["edits"]
    return changes


async def test_a_state_is_set_for_the_whole_selection(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("s")
    await expect(stage.page.get_by_role("dialog", name="Set state of 2 tasks")).to_be_visible()
    await expect(stage.page.get_by_role("option", name="To do")).to_have_attribute("aria-checked", "true")
    await stage.page.keyboard.type("prog")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {str(number): {"column_id": id_of("In progress")} for number in (1, 2)}
    assert await stage.focused() == 2


async def test_one_task_is_named_by_its_reference(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.locator("[data-number='4']").focus()
    await stage.page.keyboard.press("s")
    await expect(stage.page.get_by_role("dialog", name=f"Set state of {stage.key}-4")).to_be_visible()
    await expect(stage.page.locator(".tt-finder__subject")).to_have_text(f"{stage.key}-4 Task number 4")


async def test_a_priority_is_two_keystrokes(stage: Stage) -> None:
    await two(stage, priority="urgent")
    await stage.page.keyboard.press("p")
    await stage.page.keyboard.press("1")
    assert await edits(stage) == {"2": {"priority": "urgent"}}


async def test_one_keystroke_assigns_to_me_who_is_not_assigned_yet(stage: Stage) -> None:
    await two(stage, assignee_ids=[ANA])
    await stage.page.keyboard.press("i")
    assert await edits(stage) == {"2": {"assignee_ids": [ANA]}}


async def test_a_label_joins_the_others_of_each_task(stage: Stage) -> None:
    await two(stage, label_ids=[BUG, DESIGN])
    await stage.page.keyboard.press("l")
    bug = stage.page.get_by_role("option", name="bug")
    await expect(bug).to_have_attribute("aria-checked", "mixed")
    await stage.page.keyboard.type("bug")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {"2": {"label_ids": [BUG]}}


async def test_several_people_are_chosen_before_they_are_applied_together(stage: Stage) -> None:
    await two(stage, assignee_ids=[BEN])
    await stage.page.keyboard.press("a")
    await stage.page.keyboard.type("benedikt")
    await stage.page.keyboard.press("Shift+Enter")
    option = stage.page.get_by_role("option", name="Benedikt Großmann benedikt", exact=True)  # no initials before it
    await expect(option).to_have_attribute("aria-checked", "true")
    assert await stage.intents(0) == []
    await stage.page.get_by_role("combobox").fill("ana")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {"1": {"assignee_ids": [BEN, ANA]}, "2": {"assignee_ids": [BEN, ANA]}}


async def test_nobody_takes_everybody_off(stage: Stage) -> None:
    await two(stage, assignee_ids=[BEN, ANA])
    await stage.page.keyboard.press("a")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {"1": {"assignee_ids": []}}


async def test_a_due_date_is_typed_in_words(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("Shift+D")
    await stage.page.keyboard.type("next friday 17:00")
    await stage.page.keyboard.press("Enter")  # before anybody has read it
    assert await edits(stage) == {number: {"due": "2026-11-27T17:00:00Z"} for number in "12"}


async def test_usual_due_dates_are_offered_with_their_days_and_none(stage: Stage) -> None:
    await two(stage, due="2026-11-20")
    await stage.page.keyboard.press("Shift+D")
    await expect(stage.page.get_by_role("option", name="Tomorrow")).to_contain_text("19")
    await stage.page.get_by_role("option", name="No due date").click()
    assert await edits(stage) == {"1": {"due": None}, "2": {"due": None}}


async def test_what_is_no_date_is_told_and_changes_nothing(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("Shift+D")
    await stage.page.keyboard.type("soonish")
    await stage.page.keyboard.press("Enter")
    await expect(stage.page.locator(".tt-finder__empty")).to_contain_text("“soonish” is no date.")
    assert await stage.intents(0) == []


async def test_an_estimate_is_typed_with_a_point_or_a_comma(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("Shift+E")
    await stage.page.keyboard.type("2,5")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {"1": {"estimate": 2.5}, "2": {"estimate": 2.5}}


async def test_a_value_is_found_without_its_command(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("Control+k")
    await stage.page.keyboard.type("urgent")
    await expect(stage.page.locator(".tt-option--active")).to_contain_text("Set priority")
    await stage.page.keyboard.press("Enter")
    assert await edits(stage) == {"1": {"priority": "urgent"}, "2": {"priority": "urgent"}}


async def test_the_second_step_leads_back_to_the_first(stage: Stage) -> None:
    await two(stage)
    for key in ("Escape", "Backspace"):
        await stage.page.keyboard.press("Control+k")
        await stage.page.keyboard.type("set state")
        await stage.page.keyboard.press("Enter")
        await expect(stage.page.get_by_role("dialog", name="Set state of 2 tasks")).to_be_visible()
        await stage.page.keyboard.press(key)
        await expect(stage.page.get_by_role("dialog", name="Commands")).to_be_visible()
        await stage.page.keyboard.press("Escape")
        await expect(stage.page.get_by_role("dialog")).to_have_count(0)


async def test_the_bar_of_the_selection_opens_the_second_step(stage: Stage) -> None:
    await two(stage)
    await stage.page.get_by_role("toolbar").get_by_role("button", name="Labels").click()
    await stage.page.get_by_role("option", name="design").click()
    assert await edits(stage) == {number: {"label_ids": [DESIGN]} for number in "12"}


async def test_the_selection_is_thrown_away_by_its_command(stage: Stage) -> None:
    await two(stage)
    await stage.page.keyboard.press("Control+k")
    await stage.page.keyboard.type("move to trash")
    await stage.page.keyboard.press("Enter")
    assert await stage.intents() == [{"act": {"numbers": [1, 2], "act": "trash"}}]


async def test_who_may_not_change_tasks_is_offered_no_change(stage: Stage) -> None:
    await stage.open_commands(edit=0)
    await stage.page.locator("[data-number='1']").focus()
    for key in ("s", "i", "c"):
        await stage.page.keyboard.press(key)
    await expect(stage.page.get_by_role("dialog")).to_have_count(0)
    await stage.page.keyboard.press("Control+k")
    assert not {"Set state", "New task", "Undo", "Archive"} & set(await stage.options())
    assert "Copy link" in await stage.options()
    assert await stage.intents(0) == []
