"""A glance at a task without leaving the list."""

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage

pytestmark = pytest.mark.thorough


class Glance:
    """A list with the focus on its second task, at which somebody looks."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def panel(self) -> Locator:
        return self.stage.page.get_by_role("region", name="Preview", exact=True)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.stage.page.keyboard.press(key)

    async def shows(self, number: int) -> None:
        await expect(self.panel.get_by_role("heading")).to_have_text(f"Task number {number}")

    async def looked(self) -> list[str]:
        """The tasks that were fetched, in order."""
        return [each["look"] for each in await self.stage.intents(0) if "look" in each]


@pytest.fixture
async def glance(stage: Stage) -> Glance:
    return await opened(stage)


async def opened(stage: Stage, **query: object) -> Glance:
    await stage.open_commands(**query)
    await stage.page.locator("[data-number='2']").focus()
    glance = Glance(stage)
    await glance.press("Space")
    await glance.shows(2)
    return glance


async def test_space_shows_the_task_that_has_the_focus_and_closes_it_again(glance: Glance) -> None:
    await expect(glance.panel).to_contain_text("In progress")
    await expect(glance.panel.locator("em")).to_have_text("came")
    assert await glance.stage.focused() == 2
    await glance.press("Space")
    await expect(glance.panel).to_have_count(0)
    assert await glance.stage.focused() == 2


async def test_it_goes_along_with_the_focus_and_fetches_where_that_rests(glance: Glance) -> None:
    await glance.press("j", "j", "ArrowDown")
    await glance.shows(5)
    assert await glance.looked() == [f"{glance.stage.key}-2", f"{glance.stage.key}-5"]
    await glance.press("k")
    await glance.shows(4)


async def test_escape_closes_it_and_leaves_the_selection_alone(glance: Glance) -> None:
    await glance.press("x", "Escape")
    await expect(glance.panel).to_have_count(0)
    await expect(glance.stage.page.get_by_role("toolbar", name="Selected tasks")).to_be_visible()


async def test_it_is_gone_when_something_else_has_the_focus(glance: Glance) -> None:
    await glance.press("f")
    await expect(glance.panel).to_have_count(0)
    glance = await opened(glance.stage)
    await glance.press("Enter")
    assert {"open": 2} in await glance.stage.intents(3)


async def test_the_palette_offers_it_where_a_task_has_the_focus(glance: Glance) -> None:
    await glance.press("Space", "Control+k")
    await glance.stage.page.keyboard.type("glance")
    await glance.press("Enter")
    await glance.shows(2)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_it(glance: Glance, theme: str) -> None:
    await opened(glance.stage, theme=theme)
    await require_accessible(glance.stage.page, ".tt-peek")
