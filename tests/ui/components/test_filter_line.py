"""The line of a filter, while the server says what could be written next."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Locator, Route, expect

from tests.ui.components.conftest import Stage, stop_clock
from tests.ui.components.samples import small_board

FIELDS = ("priority", "project", "parent")
PAUSE = 60  # ms, before the server is asked
MARK = """(node) => {
    window.drawn = 0;
    new MutationObserver((changes) => (window.drawn += changes.length)).observe(node, { subtree: true, attributes: true,
        childList: true, characterData: true });
}"""


@dataclass
class Answers:
    """What the server completes: the fields that begin with the text, one of `held` once it is let go."""

    stage: Stage
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def answer(self, route: Route) -> None:
        [text] = parse_qs(urlsplit(route.request.url).query).get("text", [""])
        self.asked.append(text)
        if text in self.held:
            await self.held[text].wait()
        options = [{"text": f"{name}:", "label": name, "kind": "field"} for name in FIELDS if name.startswith(text)]
        await route.fulfill(json={"start": 0, "end": len(text), "options": options})

    async def has_asked(self, text: str) -> None:
        async with asyncio.timeout(5):
            while text not in self.asked:
                await asyncio.sleep(0.01)

    @property
    def line(self) -> Locator:
        return self.stage.page.get_by_role("combobox", name="Filter", exact=True)

    def option(self, name: str) -> Locator:
        return self.stage.page.get_by_role("option", name=name)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.stage.page.keyboard.press(key)


@pytest.fixture
async def answers(stage: Stage) -> AsyncIterator[Answers]:
    """The line, with the focus in it and everything that it could begin with below."""
    answers = Answers(stage)
    pattern = "**/api/v1/filter:complete?*"
    await stage.page.route(pattern, answers.answer)
    await stage.page.goto(stage.address("tools"))
    await answers.line.focus()
    await expect(answers.option("priority")).to_be_visible()
    yield answers
    for each in answers.held.values():
        each.set()
    await stage.page.unroute(pattern)


async def test_a_marked_option_stays_marked_when_the_list_is_renewed_and_enter_takes_it(answers: Answers) -> None:
    answers.held["pa"] = asyncio.Event()
    await answers.press("p", "a", *["ArrowDown"] * 3)
    await expect(answers.option("parent")).to_have_attribute("aria-selected", "true")
    await answers.has_asked("pa")
    answers.held["pa"].set()
    await expect(answers.option("priority")).to_have_count(0)
    await expect(answers.option("parent")).to_have_attribute("aria-selected", "true")
    await answers.press("Enter")
    await expect(answers.line).to_have_value("parent:")


async def test_who_goes_down_faster_than_the_list_comes_is_at_its_first_option(answers: Answers) -> None:
    answers.held.update({text: asyncio.Event() for text in ("p", "pa")})
    await answers.press("p", "a", "ArrowDown")
    await answers.has_asked("pa")
    answers.held["pa"].set()
    await expect(answers.option("priority")).to_have_count(0)
    await expect(answers.option("parent")).to_have_attribute("aria-selected", "true")


async def test_an_answer_that_changes_nothing_draws_nothing(answers: Answers) -> None:
    page = answers.stage.page
    answers.held["p"] = asyncio.Event()
    await answers.press("p", "ArrowDown")
    await expect(answers.option("priority")).to_have_attribute("aria-selected", "true")
    await answers.has_asked("p")
    await page.locator("[role=listbox]").evaluate(MARK)
    answers.held["p"].set()
    await page.wait_for_load_state("networkidle")
    await page.evaluate("() => new Promise(requestAnimationFrame)")
    assert await page.evaluate("window.drawn") == 0


async def test_on_a_phone_a_filter_at_rest_is_its_picture_alone(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), fitting={"is:overdue": [2]})
    await stage.page.set_viewport_size({"width": 390, "height": 844})
    await stage.page.goto(stage.address("tools", filter="is:overdue"))
    clear = stage.page.get_by_role("button", name="Clear the filter")
    await expect(stage.page.locator(".tt-filter--on")).to_be_visible()
    await expect(clear).to_be_hidden()
    await stage.page.get_by_role("combobox", name="Filter", exact=True).focus()
    await clear.click()
    await expect(stage.page.locator(".tt-filter--on")).to_have_count(0)


async def test_an_answer_for_less_text_does_not_end_the_waiting_of_who_went_down_faster(answers: Answers) -> None:
    answers.held["pr"] = asyncio.Event()
    await stop_clock(answers.stage)
    await answers.press("p", "r")
    await answers.stage.page.clock.run_for(PAUSE)
    await answers.has_asked("pr")
    await answers.press("o")
    answers.held["pr"].set()
    await expect(answers.option("parent")).to_have_count(0)
    await answers.press("ArrowDown")
    await answers.stage.page.clock.run_for(PAUSE)
    await expect(answers.option("priority")).to_have_count(0)
    await expect(answers.option("project")).to_have_attribute("aria-selected", "true")
