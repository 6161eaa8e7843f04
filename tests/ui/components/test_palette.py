"""The palette: what it finds, and what becomes of a choice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, Route, expect

from tests.ui.components.conftest import Stage, stop_clock

pytestmark = pytest.mark.thorough

ACTIVE = ".tt-option--active"


@asynccontextmanager
async def leaving(page: Page, address: str) -> AsyncIterator[None]:
    """Within, the page goes to that address, which is not the harness's."""
    await page.route("**/*", _arrive)
    try:
        yield
        await page.wait_for_url(lambda url: url.endswith(address))
    finally:
        await page.unroute("**/*")


async def _arrive(route: Route) -> None:
    if route.request.is_navigation_request():
        await route.fulfill(body="There", content_type="text/html")
    else:
        await route.continue_()


async def test_it_opens_by_its_keys_and_by_a_button_and_gives_the_focus_back(stage: Stage) -> None:
    await stage.open_commands()
    palette = stage.page.get_by_role("dialog", name="Commands")
    await stage.page.locator("[data-number='2']").focus()
    await stage.page.keyboard.press("Control+k")
    await expect(stage.page.get_by_role("combobox")).to_be_focused()
    await stage.page.keyboard.press("Escape")
    await expect(palette).to_have_count(0)
    assert await stage.focused() == 2
    await stage.page.get_by_role("button", name="Search").click()
    await expect(palette).to_be_visible()
    await stage.page.mouse.click(5, 5)
    await expect(palette).to_have_count(0)


async def test_letters_find_a_command_and_are_marked_in_its_name(stage: Stage) -> None:
    await stage.open_palette()
    await stage.page.keyboard.type("ntsk")
    assert (await stage.options())[0] == "New task"
    assert await stage.page.locator(f"{ACTIVE} mark").all_text_contents() == ["N", "t", "sk"]
    await stage.page.keyboard.press("Enter")
    assert await stage.intents() == [{"pressed": "new-task"}]


@pytest.mark.parametrize(
    ("typed", "name", "marked"),
    [
        ("brd", "Board", "B|rd"),
        ("sdd", "Set due date", "S|d|d"),
        ("set pri", "Set priority", "Set|pri"),
        ("ubung", "Übung", "Übung"),
        ("ÉTAT", "etat", "etat"),
        ("lbl", "Set labels", "l|b|l"),
        ("auth", "Sign in by OAuth", "Auth"),
        ("o", "Board", None),
        ("new", "Settings of the workspace", None),
        ("rt", "Set priority", None),
        ("drb", "Board", None),
    ],
)
async def test_letters_fit_a_name_if_they_are_more_than_strays(
    stage: Stage, typed: str, name: str, marked: str | None
) -> None:
    await stage.open_commands()
    found = await stage.page.evaluate(
        """async ([typed, name]) => {
            const { match, pieces } = await import("tasktracker-commands/match.js");
            const found = match(typed, name);
            return found && pieces(name, found.at).filter(([, isMarked]) => isMarked).map(([text]) => text).join("|");
        }""",
        [typed, name],
    )
    assert found == marked


async def test_what_was_used_last_comes_first(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.evaluate("localStorage.removeItem('tasktracker:recent')")
    await stage.page.locator("[data-number='1']").focus()
    await stage.page.keyboard.press("Control+k")
    await stage.page.keyboard.type("set labels")
    await stage.page.keyboard.press("Enter")
    await stage.page.keyboard.press("Escape")
    await stage.page.keyboard.press("Escape")
    await stage.page.keyboard.press("Control+k")
    await expect(stage.page.locator(".tt-finder__heading").first).to_have_text("Recent")
    assert (await stage.options())[:2] == ["Set labels", "Set state"]
    assert (await stage.options()).count("Set labels") == 1


async def test_tasks_are_searched_once_typing_pauses_and_opened(stage: Stage) -> None:
    await stage.open_palette()
    await stop_clock(stage)
    await stage.page.keyboard.type(f"{stage.key.lower()} number 3")
    await stage.page.clock.run_for(1_000)
    await expect(stage.page.locator(".tt-option mark", has_text="number 3")).to_be_visible()
    [search] = await stage.intents()
    assert search == {"search": f"{stage.key.lower()} number 3"}
    await stage.page.keyboard.press("Enter")
    assert (await stage.intents(2))[1] == {"open": 3}


async def test_a_late_answer_to_what_was_typed_before_is_not_shown(stage: Stage) -> None:
    await stage.open_palette()
    await stage.page.keyboard.type(f"{stage.key} slow")
    await stage.intents()
    await stage.page.get_by_role("combobox").fill(f"{stage.key} number 2")
    await expect(stage.page.locator(".tt-option mark", has_text="number 2")).to_be_visible()
    await stage.page.wait_for_timeout(600)
    assert await stage.options() == ["Task number 2"]


async def test_a_reference_leads_to_its_task_before_anything_is_found(stage: Stage) -> None:
    await stage.open_palette()
    await stage.page.keyboard.type(f"{stage.key.lower()}-4")
    assert (await stage.options())[0] == f"Go to {stage.key}-4"
    await stage.page.keyboard.press("Enter")
    assert {"open": 4} in await stage.intents()
    await stage.page.keyboard.press("Control+k")
    await stage.page.keyboard.type("shop-9")
    async with leaving(stage.page, "/t/SHOP-9"):
        await stage.page.keyboard.press("Enter")


async def test_a_project_is_found_by_its_name_and_by_its_key(stage: Stage) -> None:
    await stage.open_palette()
    await stage.page.keyboard.type("corner")
    assert await stage.options() == ["Corner shop"]
    await stage.page.get_by_role("combobox").fill("sho")
    assert "Corner shop" in await stage.options()
    async with leaving(stage.page, "/SHOP/board"):
        await stage.page.locator(".tt-option", has_text="Corner shop").click()


async def test_search_lists_tasks_and_leads_to_all_results(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.keyboard.press("/")
    await expect(stage.page.get_by_text("in quotes")).to_have_count(2)  # one of them for screen readers
    await stage.page.keyboard.type(f"{stage.key} number 6")
    await expect(stage.page.locator(".tt-option mark", has_text="number 6")).to_be_visible()
    assert await stage.options() == ["Task number 6", f"All results for “{stage.key} number 6”"]
    await stage.page.keyboard.press("ArrowUp")  # round to the last one
    async with leaving(stage.page, f"/search?q={stage.key}%20number%206"):
        await stage.page.keyboard.press("Enter")


async def test_a_screen_reader_hears_which_option_is_meant_and_how_many_there_are(stage: Stage) -> None:
    await stage.open_palette()
    field = stage.page.get_by_role("combobox", name="Commands")
    await expect(field).to_have_attribute("aria-expanded", "true")
    for key, name in (("ArrowDown", "Keyboard shortcuts"), ("ArrowUp", "Search")):
        await stage.page.keyboard.press(key)
        assert await _active(stage.page) == name
    await stage.page.keyboard.type("theme")
    await expect(stage.page.locator(".tt-finder [role=status]")).to_have_text("Nothing fits.")
    await expect(field).to_have_attribute("aria-expanded", "false")
    await field.fill("new")
    await expect(stage.page.locator(".tt-finder [role=status]")).to_have_text("1 result")


async def _active(page: Page) -> str | None:
    """The name of the option that `aria-activedescendant` names."""
    name: str | None = await page.evaluate(
        """() => {
            const option = document.getElementById(document.activeElement.getAttribute("aria-activedescendant"));
            const name = option.querySelector(".tt-option__name").textContent;
            return option.getAttribute("aria-selected") === "true" ? name : null;
        }"""
    )
    return name
