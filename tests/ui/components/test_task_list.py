"""The list of a project's tasks."""

from playwright.async_api import expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import big_board, card, id_of

GROUPS = """() => Object.fromEntries([...document.querySelectorAll('.tt-group')].map((group) => [
    group.querySelector('.tt-group__title').textContent,
    [...group.querySelectorAll('.tt-row')].map((row) => Number(row.dataset.number)),
]))"""


async def test_tasks_stand_in_the_groups_of_their_columns(stage: Stage) -> None:
    await stage.open("list")
    groups = await stage.page.evaluate(GROUPS)
    assert groups == {"Backlog": [], "To do": [1, 2, 3], "In progress": [4, 5], "Done": [6]}


async def test_a_group_stays_shut_after_a_reload(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.get_by_role("button", name="To do, 3 tasks").click()
    await expect(stage.page.locator("[data-number='1']")).to_have_count(0)
    await stage.open("list")
    await expect(stage.page.get_by_role("button", name="To do, 3 tasks")).to_have_attribute("aria-expanded", "false")
    await expect(stage.page.locator("[data-number='1']")).to_have_count(0)


async def test_the_head_of_a_group_stays_in_sight(stage: Stage) -> None:
    await stage.set_up(big_board(stage.key, 200))
    await stage.open("list")
    await stage.page.evaluate("document.querySelector('.tt-list').scrollTop = 400")
    await expect(stage.page.get_by_role("button", name="Backlog, 50 tasks")).to_be_in_viewport()


async def test_keys_walk_over_the_rows_of_all_open_groups(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.get_by_role("button", name="In progress, 2 tasks").click()
    await stage.page.locator("[data-number='2']").focus()
    for key in ("j", "ArrowDown"):
        await stage.page.keyboard.press(key)
    assert await stage.focused() == 6
    await stage.page.keyboard.press("Home")
    assert await stage.focused() == 1
    await stage.page.keyboard.press("Enter")
    assert await stage.intents() == [{"open": 1}]


async def test_somebody_elses_move_is_drawn_and_the_focus_follows(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.locator("[data-number='2']").focus()
    await stage.patch(10, 11, card(2, "Done", "Zz", version=2))
    await stage.says(f"{stage.key}-2 was moved to Done, position 1 of 2.")
    assert await stage.page.evaluate(GROUPS) == {"Backlog": [], "To do": [1, 3], "In progress": [4, 5], "Done": [2, 6]}
    assert await stage.focused() == 2


async def test_a_click_opens_the_task_and_the_plus_asks_for_a_new_one(stage: Stage) -> None:
    await stage.open("list")
    await stage.page.locator("[data-number='5']").click()
    await stage.page.get_by_role("button", name="New task in Done").click()
    assert await stage.intents(2) == [{"open": 5}, {"create": id_of("Done")}]


async def test_a_list_of_a_thousand_rows_draws_those_in_sight(stage: Stage) -> None:
    await stage.set_up(big_board(stage.key, 1_000))
    await stage.open("list")
    assert await stage.page.locator(".tt-row").count() < 150
    await stage.page.locator("[data-number='1']").focus()
    await stage.page.keyboard.press("End")
    assert await stage.focused() == 1_000
    await expect(stage.page.locator("[data-number='1000']")).to_be_in_viewport()
    await expect(stage.page.get_by_role("button", name="Done, 250 tasks")).to_be_in_viewport()
