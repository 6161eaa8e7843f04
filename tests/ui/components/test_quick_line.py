"""The form for new tasks, in a real browser: the tests answer for the server."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage, lose_connection
from tests.ui.components.samples import COLUMNS, LABELS, PEOPLE

NAMES = {
    "people": [{"handle": name.split()[0].lower(), "name": name} for name in PEOPLE],
    "labels": [{"name": name, "color": color} for name, color in (*LABELS, ("needs review", "#888888"))],
    "columns": [{"name": name, "category": category} for name, category in COLUMNS],
    "projects": [{"key": "WEB", "name": "Website", "color": "#5155c5"}],
}
PASTED = "- Fix login !high\n- [ ] Write the manual\n- Call Ana"
PASTE = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))) {
        document.execCommand("insertText", false, text);
    }
}"""


def said(text: str, *chips: dict[str, Any]) -> dict[str, Any]:
    """A line as the server tells it: its title is what no chip takes."""
    title = text
    for chip in chips:
        title = title.replace(chip["text"], "")
    return {"text": text, "title": " ".join(title.split()), "chips": list(chips)}


def high(line: str, rivals: tuple[int, ...] = ()) -> dict[str, Any]:
    start = line.rindex("!high")
    place = {"text": "!high", "start": start, "end": start + 5, "rivals": rivals}
    return {"kind": "priority", **place, "value": "high", "name": "High", "look": "high"}


class Form:
    """The form, and whoever is the server to it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.keys = stage.page.keyboard

    @property
    def line(self) -> Locator:
        return self.stage.page.get_by_role("textbox", name="Title")

    @property
    def chips(self) -> Locator:
        return self.stage.page.locator(".tt-said")

    @property
    def offers(self) -> Locator:
        return self.stage.page.get_by_role("option")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.keys.press(key)

    async def turn_of(self, text: str) -> int:
        """Wait until the server is asked about that text. Gives the number of the question."""
        async with asyncio.timeout(5):
            while True:
                turns = [each["turn"] for each in await self.stage.intents(0) if each.get("read") == text]
                if turns:
                    return int(turns[-1])
                await asyncio.sleep(0.02)

    async def answer(self, text: str, *lines: dict[str, Any], problem: str = "") -> None:
        await self.stage.call("answered", await self.turn_of(text), {"lines": lines, "problem": problem})

    async def done(self, *, is_made: bool) -> None:
        """Say that the tasks are made, or refused."""
        call = {"method": "done", "arguments": [], "named": {"is_made": is_made}}
        await self.stage.harness.post(f"/projects/{self.stage.key}/call", json=call)

    async def made(self, count: int = 1) -> list[dict[str, Any]]:
        """What somebody wanted made so far, once it is that much."""
        async with asyncio.timeout(5):
            while len(made := [each for each in await self.stage.intents(0) if "create" in each]) < count:
                await asyncio.sleep(0.02)
        return made


@pytest.fixture
async def form(stage: Stage) -> Form:
    await stage.set_up({"names": NAMES})
    return await opened(stage)


async def opened(stage: Stage, **query: object) -> Form:
    await stage.page.goto(stage.address("new", **query))
    form = Form(stage)
    await expect(form.line).to_be_focused()
    return form


async def test_a_chip_that_is_taken_off_becomes_text_and_so_does_what_would_take_its_place(form: Form) -> None:
    line = "Fix 🦊 !low login !high"
    await form.keys.type(line)
    await form.answer(line, said(line, high(line, rivals=(6,))))
    await expect(form.chips).to_have_text(["High×"])
    await expect(form.stage.page.locator("mark")).to_have_text(["!high"])
    await form.stage.page.get_by_role("button", name="Take “!high” as text").click()
    await expect(form.line).to_have_value("Fix 🦊 \\!low login \\!high")
    await expect(form.line).to_be_focused()
    await form.answer("Fix 🦊 \\!low login \\!high", said("Fix 🦊 \\!low login \\!high"))
    await expect(form.chips).to_have_count(0)


async def test_an_answer_to_an_older_text_changes_nothing(form: Form) -> None:
    await form.keys.type("Fix !high")
    await form.turn_of("Fix !high")
    await form.keys.type(" it")
    await form.answer("Fix !high it", said("Fix !high it"))
    await form.answer("Fix !high", said("Fix !high", high("Fix !high")))
    await asyncio.sleep(0.2)
    await expect(form.chips).to_have_count(0)


async def test_enter_creates_without_waiting_for_what_is_understood_and_only_once(form: Form) -> None:
    await form.keys.type("Fix !high")
    await form.press("Enter", "Enter", "Enter")
    await expect(form.stage.page.get_by_role("button", name="Create task")).to_be_disabled()
    assert await form.made() == [{"create": "Fix !high", "another": False}]
    await form.stage.call("answered", 1, {"lines": [], "problem": ""})
    await form.done(is_made=False)
    await expect(form.stage.page.get_by_role("button", name="Create task")).to_be_enabled()
    await expect(form.line).to_have_value("Fix !high")
    await form.press("Control+Enter")
    assert (await form.made(2))[1] == {"create": "Fix !high", "another": True}


async def test_what_is_typed_before_the_answer_stays_and_is_the_next_task(form: Form) -> None:
    create = form.stage.page.get_by_role("button", name="Create task")
    for typed, left in (("", ""), (" Call Ana", "Call Ana")):
        await form.line.fill("Fix it")
        await form.press("Control+Enter")
        await expect(create).to_be_disabled()
        await form.keys.type(typed)
        await form.done(is_made=True)
        await expect(create).to_be_enabled()
        await expect(form.line).to_have_value(left)
    await form.press("Control+Enter")
    assert (await form.made(3))[2] == {"create": "Call Ana", "another": True}
    await form.line.fill("Write to Ben")
    await form.line.evaluate("(field) => field.setSelectionRange(5, 5)")
    await form.done(is_made=True)
    await expect(create).to_be_enabled()
    await expect(form.line).to_have_value("Write to Ben")
    assert await form.line.evaluate("(field) => field.selectionStart") == len("Write")


async def test_without_a_connection_nobody_makes_a_task_twice(form: Form) -> None:
    await lose_connection(form.stage)
    await form.keys.type("Fix it")
    await form.press("Enter")
    await form.stage.page.clock.run_for(30_000)
    await expect(form.stage.page.get_by_role("button", name="Create task")).to_be_disabled()


async def test_a_description_goes_along_and_the_toggle_goes_on_with_another(form: Form) -> None:
    await form.keys.type("Fix it")
    await form.stage.page.get_by_role("checkbox", name="Create another").check()
    await form.stage.page.get_by_role("textbox", name="Description").focus()
    await form.press("a", "Enter")
    assert await form.made(0) == []
    await form.line.focus()
    await form.press("Enter")
    assert await form.made() == [{"create": "Fix it", "another": True}]


@pytest.mark.parametrize(
    ("typed", "keys", "value"),
    [
        ("Ask @ben", ("Enter",), "Ask @benedikt "),
        ("Ask @groß", ("Tab",), "Ask @benedikt "),
        ("Sort *rev", ("Enter",), "Sort *needs-review "),
        ("Sort >", ("ArrowDown", "ArrowDown", "Enter"), "Sort >In-progress "),
        ("Fix !", ("ArrowUp", "ArrowUp", "Enter"), "Fix !low "),
        ("Go #we", ("Enter",), "Go #WEB "),
    ],
)
async def test_names_are_completed_at_the_cursor(form: Form, typed: str, keys: tuple[str, ...], value: str) -> None:
    await form.keys.type(typed)
    await expect(form.offers.first).to_be_visible()
    await form.press(*keys)
    await expect(form.line).to_have_value(value)
    await expect(form.offers).to_have_count(0)


async def test_nothing_is_offered_for_whole_words_in_quotes_and_behind_other_letters(form: Form) -> None:
    for text in ('Say "@be', "ben@be", "Wow!", "Fix !high", "Ask @nobody"):
        await form.line.fill("")
        await form.keys.type(text)
        await expect(form.offers).to_have_count(0)
    await form.line.fill("")
    await form.keys.type("Ask @be")
    await expect(form.offers.first).to_be_visible()
    await form.press("Escape")
    await expect(form.offers).to_have_count(0)
    await expect(form.line).to_have_value("Ask @be")


async def paste(form: Form, text: str = PASTED) -> None:
    await form.line.evaluate(PASTE, text)
    await form.answer(text, *LINES)


LINES = [said("Fix login !high", high("Fix login !high")), said("Write the manual"), said("Call Ana")]


async def test_pasted_lines_are_shown_as_tasks_and_made_when_somebody_says_so(form: Form) -> None:
    await paste(form)
    rows = form.stage.page.locator(".tt-lines__title")
    await expect(rows).to_have_text(["Fix login", "Write the manual", "Call Ana"])
    await form.stage.says("Each line becomes a task. Ctrl Enter creates them.")
    await form.press("Enter")
    assert await form.made(0) == []
    await form.press("Backspace")
    await form.stage.page.get_by_role("button", name="Leave out “Write the manual”").click()
    await expect(form.line).to_have_value("- Fix login !high\n- Call Ana")
    await form.answer("- Fix login !high\n- Call Ana", LINES[0], LINES[2])
    await form.stage.page.get_by_role("button", name="Take “!high” as text").click()
    await expect(form.line).to_have_value("- Fix login \\!high\n- Call Ana")
    await form.stage.page.get_by_role("button", name="Create 2 tasks").click()
    assert await form.made() == [{"create": "- Fix login \\!high\n- Call Ana", "another": False}]


async def test_lines_can_be_one_task_after_all(form: Form) -> None:
    await paste(form)
    await form.stage.page.get_by_role("button", name="One task of it").click()
    await expect(form.line).to_have_value("- Fix login !high")
    await expect(form.stage.page.locator(".tt-lines")).to_have_count(0)
    assert {"fold": "- [ ] Write the manual\n- Call Ana"} in await form.stage.intents(2)


async def test_what_a_field_says_otherwise_is_crossed_out(form: Form) -> None:
    await form.keys.type("Fix !high")
    await form.answer("Fix !high", said("Fix !high", high("Fix !high")))
    await form.stage.call("overrules", ["priority"])
    await expect(form.stage.page.locator(".tt-said--over")).to_have_text("High×")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_form(form: Form, theme: str) -> None:
    form = await opened(form.stage, theme=theme)
    await paste(form)
    await form.press("End")
    await form.keys.type(" @")
    await expect(form.offers.first).to_be_visible()
    await require_accessible(form.stage.page)
