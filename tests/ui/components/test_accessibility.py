"""The rules that a program can check, on boards and lists with a bit of everything, in both themes."""

import pytest
from playwright.async_api import expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage
from tests.ui.components.samples import big_board

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_palette_and_the_sheet(stage: Stage, theme: str) -> None:
    await stage.open_commands(theme=theme)
    await stage.page.locator("[data-number='1']").focus()
    for keys in ("Control+k", "Escape l", "Escape Shift+D", "Escape /", "Escape ?"):
        for key in keys.split():
            await stage.page.keyboard.press(key)
        await expect(stage.page.get_by_role("dialog")).to_have_count(1)
        await require_accessible(stage.page, "dialog[open]")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["board", "list"])
async def test_axe_finds_nothing(stage: Stage, view: str, theme: str) -> None:
    board = big_board(stage.key, 60)
    board["cards"] = [card for card in board["cards"] if card["column_id"] != board["project"]["columns"][0]["id"]]
    await stage.set_up(board)
    await stage.open(view, theme=theme, selected=2)
    await stage.page.wait_for_selector("[data-number='2']")
    await require_accessible(stage.page)
