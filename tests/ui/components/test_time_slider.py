"""The slider over what was, in the browser."""

from typing import Any

from playwright.async_api import expect

from tests.ui.components.conftest import Stage, stop_clock


def step(index: int) -> dict[str, Any]:
    """One of five, each of them one entry of the log."""
    return {"index": index, "count": 5, "first": index, "last": index, "at": f"2026-11-2{index}T09:00:00Z", "text": ""}


async def test_an_answer_that_comes_late_does_not_take_back_where_somebody_wants_to_go(stage: Stage) -> None:
    await stage.set_up(step(4))
    await stage.page.goto(stage.address("past"))
    slider = stage.page.get_by_role("slider")
    await expect(slider).to_be_focused()
    symbols = stage.page.locator(".tt-travel .material-icons")
    assert await symbols.count() == await stage.page.locator(".tt-travel .notranslate").count() == 3, (
        "else a browser translates them"
    )
    await stop_clock(stage)
    await stage.page.keyboard.press("ArrowLeft")
    await stage.page.clock.run_for(200)
    assert await stage.intents() == [{"go": 3}]
    await stage.page.keyboard.press("ArrowLeft")
    await stage.call("show", step(3))
    await expect(stage.page.locator(".tt-travel__when")).to_contain_text("23 Nov")
    await expect(slider).to_have_value("2")
    await stage.page.clock.run_for(200)
    assert await stage.intents(2) == [{"go": 3}, {"go": 2}]
    await stage.call("show", step(1))
    await expect(slider).to_have_value("1")
