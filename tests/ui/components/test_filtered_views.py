"""Views that show what a filter lets through, in lanes and in groups."""

import asyncio
import json

import pytest
from playwright.async_api import expect

from tasktracker.ui.static_files import STATIC
from tests.ui.components.conftest import Stage
from tests.ui.components.samples import PEOPLE, card, id_of, small_board
from tests.ui.components.test_task_list import GROUPS


async def display(stage: Stage, view: str, **layout: object) -> None:
    """Let the browser remember how tasks are laid out."""
    await stage.open(view)
    name = f"tt-display-{stage.key}-{view}"
    await stage.page.evaluate("([name, layout]) => localStorage.setItem(name, layout)", [name, json.dumps(layout)])


async def test_cards_that_do_not_fit_are_not_drawn_and_counted_apart(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": [2, 4, 5]})
    await stage.open(filter="is:overdue")
    await stage.shows(To_do=[2], In_progress=[4, 5], Done=[])
    await expect(stage.page.locator(".tt-column .tt-count")).to_have_text(["0", "1 of 3", "2", "0 of 1"])


async def test_a_card_that_fits_no_more_leaves_and_one_that_begins_to_fit_comes(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": [2, 4]})
    await stage.open(filter="is:overdue")
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": [3, 4]})
    await stage.patch(10, 11, card(2, "To do", "a1", version=2), card(3, "To do", "a2", version=2))
    await stage.shows(To_do=[3], In_progress=[4])
    assert (await stage.asked())[1:] == [[2, 3]]


async def test_what_depends_on_other_tasks_is_asked_of_all(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:blocked": [2]})
    await stage.open(filter="is:blocked")
    await stage.set_up(small_board(stage.key), fitting={"is:blocked": []})
    await stage.patch(10, 11, card(6, "Done", "a0", version=2))
    await expect(stage.page.locator(".tt-unfit")).to_be_visible()
    assert (await stage.asked())[1:] == [[]]


async def test_a_filter_that_nothing_fits_says_so_and_can_be_cleared(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": []})
    await stage.open("list", filter="is:overdue")
    await expect(stage.page.locator(".tt-unfit")).to_contain_text("None of the 6 tasks here is like that.")
    await stage.page.get_by_role("button", name="Clear the filter").click()
    assert (await stage.page.evaluate(GROUPS))["To do"] == [1, 2, 3]
    assert "filter" not in stage.page.url


@pytest.mark.parametrize("view", ["calendar", "timeline"])
async def test_a_filter_that_nothing_fits_says_so_where_days_are_drawn_too(stage: Stage, view: str) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": []})
    await stage.open(view, filter="is:overdue")
    await stage.page.get_by_role("button", name="Clear the filter").click()
    await expect(stage.page.locator(".tt-unfit")).to_have_count(0)
    assert "filter" not in stage.page.url


async def test_a_project_without_tasks_says_how_to_begin_if_one_may(stage: Stage) -> None:
    await stage.set_up({**small_board(stage.key), "cards": []})
    await stage.open("list")
    await expect(stage.page.locator(".tt-lesson").get_by_role("button", name="New task")).to_be_visible()
    await stage.open("list", edit=0)
    await expect(stage.page.locator(".tt-lesson")).to_contain_text("No tasks yet")
    await expect(stage.page.locator(".tt-lesson button")).to_have_count(0)


async def test_a_wrong_filter_hides_nothing(stage: Stage) -> None:
    await stage.open(filter="is:ovrdue")
    await stage.shows(To_do=[1, 2, 3], In_progress=[4, 5], Done=[6])


async def test_a_filter_that_is_cleared_lets_the_cards_come_back_where_they_were(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": [1, 3]})
    await stage.open(filter="is:overdue")
    await stage.page.locator("[data-number='3']").focus()
    for key in ("m", "ArrowUp", "m"):
        await stage.page.keyboard.press(key)
    await stage.shows(To_do=[3, 1])
    [intent] = await stage.intents()
    assert (intent["move"]["after"], intent["move"]["before"]) == (None, 1)


async def test_a_card_carried_into_another_lane_gets_what_the_lane_stands_for(stage: Stage) -> None:
    board = small_board(stage.key)
    board["cards"][0]["priority"] = "urgent"
    await stage.set_up(board)
    await display(stage, "board", group="priority")
    await stage.open()
    lanes = stage.page.locator(".tt-lane")
    await expect(lanes.locator("h2")).to_contain_text(["Urgent", "No priority"])
    await stage.page.locator("[data-number='1']").focus()
    for key in ("m", "ArrowDown", "Space"):
        await stage.page.keyboard.press(key)
    [intent] = await stage.intents()
    move = {"number": 1, "column_id": id_of("To do"), "after": None, "before": 2, "version": 1}
    assert intent == {"move": {**move, "fields": {"priority": "none"}}}
    await expect(lanes.last.locator("[data-number='1']")).to_be_visible()


async def test_a_card_dropped_on_another_person_is_theirs(stage: Stage) -> None:
    board = small_board(stage.key)
    ana, ben = (id_of(name) for name in PEOPLE[:2])
    board["cards"][0]["assignee_ids"] = [ben]
    board["cards"][3]["assignee_ids"] = [ana]
    await stage.set_up(board)
    await display(stage, "board", group="assignee")
    await stage.open()
    start = await stage.page.locator("[data-number='1']").bounding_box()
    goal = await stage.page.locator("[data-number='4']").bounding_box()
    assert start is not None
    assert goal is not None
    mouse = stage.page.mouse
    await mouse.move(start["x"] + 40, start["y"] + 10)
    await mouse.down()
    await mouse.move(goal["x"] + 40, goal["y"] + 12, steps=5)
    await expect(stage.page.locator(".tt-gap")).to_have_count(1)
    await mouse.up()
    [intent] = await stage.intents()
    assert intent["move"]["fields"] == {"assignee_ids": [ana]}
    assert (intent["move"]["column_id"], intent["move"]["before"]) == (id_of("In progress"), 4)


async def test_columns_and_lanes_stay_shut_after_a_reload(stage: Stage) -> None:
    await display(stage, "board", group="priority")
    await stage.open()
    await stage.page.get_by_role("button", name="Shut the column Done").click()
    await expect(stage.page.locator("[data-number='6']")).to_have_count(0)
    await stage.page.get_by_role("button", name="No priority, 6 tasks").click()
    await stage.open()
    await expect(stage.page.locator(".tt-card")).to_have_count(0)
    await stage.page.get_by_role("button", name="No priority, 6 tasks").click()
    await expect(stage.page.locator(".tt-card")).to_have_count(5)


async def test_a_list_is_grouped_and_sorted_as_somebody_likes_it(stage: Stage) -> None:
    board = small_board(stage.key)
    for number, priority in ((2, "low"), (4, "urgent"), (6, "low")):
        board["cards"][number - 1]["priority"] = priority
    await stage.set_up(board)
    await display(stage, "list", group="priority", sort="-number")
    await stage.open("list")
    assert await stage.page.evaluate(GROUPS) == {"Urgent": [4], "Low": [6, 2], "No priority": [5, 3, 1]}
    await display(stage, "list", group="label", sort="-priority")
    for each in board["cards"]:
        each["label_ids"] = []
    await stage.set_up(board)
    await stage.open("list")
    assert await stage.page.evaluate(GROUPS) == {"No label": [4, 2, 6, 1, 3, 5]}


async def test_a_priority_is_chosen_in_its_row(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.locator("[data-number='2'] .tt-row__priority").click()
    await expect(stage.page.get_by_role("combobox", name="Priority")).to_be_focused()
    await stage.page.keyboard.type("hi")
    await stage.page.keyboard.press("Enter")
    assert await stage.intents() == [{"edit": {"2": {"priority": "high"}}, "versions": {"2": 1}}]
    assert await stage.focused() == 2


async def test_several_labels_are_one_edit(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.locator("[data-number='2'] .tt-row__labels").click()
    await stage.page.get_by_role("option", name="bug").click()
    await stage.page.get_by_role("option", name="design").click()
    assert await stage.intents(0) == []
    await stage.page.keyboard.press("Escape")
    [intent] = await stage.intents()
    assert intent["edit"] == {"2": {"label_ids": [id_of("bug"), id_of("design")]}}


async def test_a_title_is_edited_in_its_row_by_f2_and_by_a_double_click(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.locator("[data-number='2']").focus()
    await stage.page.keyboard.press("F2")
    await stage.page.keyboard.type("Renamed")
    await stage.page.keyboard.press("Escape")
    await stage.page.locator("[data-number='3'] [data-title]").dblclick()
    await stage.page.keyboard.type("Renamed")
    await stage.page.keyboard.press("Enter")
    await asyncio.sleep(0.3)
    assert await stage.intents() == [{"edit": {"3": {"title": "Renamed"}}, "versions": {"3": 1}}]
    assert await stage.focused() == 3


async def test_keys_that_put_letters_together_neither_save_a_title_nor_give_it_up(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.add_script_tag(path=STATIC / "composing.js")
    await stage.page.locator("[data-number='2']").focus()
    await stage.page.keyboard.press("F2")
    cdp = await stage.page.context.new_cdp_session(stage.page)
    for key, typed in (("Enter", "にほ"), ("Escape", "にほん")):
        await cdp.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        await stage.page.keyboard.press(key)
        await expect(stage.page.locator(".tt-title-field")).to_have_value(typed)
    await stage.page.keyboard.insert_text("日本")
    await stage.page.keyboard.press("Enter")
    assert await stage.intents() == [{"edit": {"2": {"title": "日本"}}, "versions": {"2": 1}}]
    await cdp.detach()
