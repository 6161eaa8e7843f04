"""Where people write Markdown: buttons, keys, lists that go on, completion and preview."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Route, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage
from tests.ui.components.written import do, open_texts

PEOPLE = [
    {"id": "1", "name": "Ana Torres", "handle": "ana"},
    {"id": "2", "name": "Ben Okafor", "handle": "ben"},
    {"id": "3", "name": "Anton Berg", "handle": "toni"},
]


def hit(number: int, title: str, state: str = "started") -> dict[str, str]:
    """A task as the search finds it."""
    return {"ref": f"WEB-{number}", "title": title, "state": state}


class Api:
    """Answers in the place of the API; a search for words that are being held waits until they are let go."""

    def __init__(self) -> None:
        self.found: dict[str, list[dict[str, str]]] = {}
        self.let_go: dict[str, asyncio.Event] = {}
        self.asked: list[str] = []

    async def answer(self, route: Route) -> None:
        address = route.request.url.partition("/api/v1/")[2]
        self.asked.append(address)
        if address.startswith("people"):
            await route.fulfill(json=PEOPLE)
        elif address.startswith("markdown"):
            await route.fulfill(json={"html": f"<p>Shown: {(route.request.post_data_json or {})['text']}</p>"})
        else:
            await self._search(route, address)

    async def _search(self, route: Route, address: str) -> None:
        asked = "" if "/tasks" in address else address.partition("q=")[2].partition("&")[0]
        query = asked if asked in self.found else None
        if query is None:
            await route.fulfill(status=404, json={"detail": "There is no such project."})
            return
        if query in self.let_go:
            await self.let_go[query].wait()
        await route.fulfill(json=self.found[query])


@pytest.fixture
async def api(stage: Stage) -> AsyncIterator[Api]:
    api = Api()
    await stage.page.route("**/api/v1/*", api.answer)
    await stage.page.route("**/api/v1/projects/*/tasks*", api.answer)
    yield api
    await stage.page.unroute_all()


async def begin(stage: Stage, text: str = "", **query: object) -> Locator:
    """The field with that text and the cursor at its end."""
    await stage.set_up({"text": text})
    await stage.page.goto(stage.address("writing", **query))
    await stage.page.wait_for_function("window.did_handshake === true")
    field = stage.page.get_by_role("textbox", name="Description")
    await field.focus()
    await stage.page.keyboard.press("Control+End")
    return field


@pytest.mark.parametrize(
    ("text", "keys", "becomes"),
    [
        ("- one", "Enter <two>", "- one\n- two"),
        ("9. one", "Enter <two>", "9. one\n10. two"),
        ("> - [x] one", "Enter <two>", "> - [x] one\n> - [ ] two"),
        ("- one", "Enter Enter <two>", "- one\ntwo"),
        ("- one", "Enter Tab <two> Enter Enter <three>", "- one\n  - two\n- three"),
        ("1. one\n2. two", "Tab", "1. one\n   1. two"),
        ("- one\n  - two", "Shift+Tab", "- one\n- two"),
        ("- one", "Shift+Enter <two>", "- one\ntwo"),
        ("plain", "Enter <two>", "plain\ntwo"),
        ("```\n- one", "Enter <two>", "```\n- one\ntwo"),
        ("- one", "Home ArrowRight Enter", "-\n one"),
        ("", "Control+b <bold>", "**bold**"),
        ("word", "Control+b", "word****"),
        ("word", "Control+ArrowLeft ArrowRight Control+b", "**word**"),
        ("a word", "Shift+Control+ArrowLeft Control+i", "a _word_"),
        ("a word", "Shift+Control+ArrowLeft Control+b Control+b", "a word"),
        ("a\nb", "Control+a Control+e", "```\na\nb\n```"),
        ("a", "Control+a Control+Shift+l <https://x.org>", "[a](https://x.org)"),
        ("one\n\ntwo", "Control+a Control+Shift+9", "- [ ] one\n\n- [ ] two"),
        ("- [x] one", "Control+Shift+7 <!>", "1. one!"),
        ("- one\n- two", "Control+a Control+Shift+8", "one\ntwo"),
        ("one", "Control+Shift+1 Control+Shift+1 <!>", "### one!"),
        ("one\ntwo", "Control+a Control+Shift+.", "> one\n> two"),
    ],
)
async def test_keys_write_markdown(stage: Stage, text: str, keys: str, becomes: str) -> None:
    field = await begin(stage, text)
    await do(stage, *keys.split())
    await expect(field).to_have_value(becomes)


async def test_what_was_put_is_heard_by_the_server_and_taken_back_by_the_browser(stage: Stage) -> None:
    field = await begin(stage, "word")
    await do(stage, "Control+a")
    await stage.page.get_by_role("button", name="Bold").click()
    await expect(field).to_be_focused()
    await stage.page.get_by_role("button", name="Save").click()
    assert await stage.intents() == [{"saved": "**word**"}]
    await field.focus()
    await do(stage, "Control+z")
    await expect(field).to_have_value("word")


async def test_tab_always_leads_out_of_the_field(stage: Stage) -> None:
    field = await begin(stage, "- one\n- two")
    await do(stage, "Tab")
    await expect(field).to_have_value("- one\n  - two")
    await do(stage, "Tab")
    bar = stage.page.get_by_role("toolbar", name="Formatting")
    await expect(bar.get_by_role("button", name="Heading")).to_be_focused()
    await do(stage, "ArrowRight", "Enter")  # Bold
    await expect(field).to_have_value("- one\n  - two****")
    await do(stage, "Tab", "Shift+Tab", "Control+a", "Shift+Tab")
    await expect(stage.page.get_by_role("button", name="Before")).to_be_focused()


async def test_an_address_pasted_over_words_makes_them_a_link(stage: Stage) -> None:
    field = await begin(stage, "see here")
    await do(stage, "Shift+Control+ArrowLeft")
    paste = """(field, text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
        return field.dispatchEvent(event);
    }"""
    assert await field.evaluate(paste, "no address") is True  # the browser pastes it
    assert await field.evaluate(paste, "https://example.org/a(b)") is False
    await expect(field).to_have_value("see [here](https://example.org/a%28b%29)")


@pytest.mark.usefixtures("api")
async def test_people_are_offered_behind_an_at_sign(stage: Stage) -> None:
    field = await begin(stage, "a@b.c `@a` ")
    options = stage.page.get_by_role("option")
    await do(stage, "<Ask @an>")
    await expect(options).to_have_count(2)
    await expect(field).to_have_attribute("aria-activedescendant", await options.nth(0).get_attribute("id") or "")
    await do(stage, "ArrowDown", "Tab")
    await expect(field).to_have_value("a@b.c `@a` Ask @toni ")
    await do(stage, "<@be>")
    await options.first.click()
    await expect(field).to_have_value("a@b.c `@a` Ask @toni @ben ")
    await expect(field).to_be_focused()
    await do(stage, "<@>")
    await expect(options).to_have_count(3)
    await do(stage, "Escape")
    await expect(options).to_have_count(0)
    assert await stage.intents(0) == []
    await do(stage, "Escape")
    assert await stage.intents() == [{"escape": 1}]


async def test_tasks_are_offered_by_their_words_and_by_their_reference(stage: Stage, api: Api) -> None:
    api.found = {"": [hit(9, "The last one")], "fix": [hit(7, "Fix the door", "done")], "WEB-1": [hit(1, "Begin")]}
    field = await begin(stage)
    options = stage.page.get_by_role("option")
    await do(stage, "<#>")
    await expect(options).to_have_count(1)
    await do(stage, "<fix>")
    await expect(options).to_contain_text("Fix the door")
    await do(stage, "Enter", "<and WEB-1>")
    await expect(options).to_contain_text("Begin")
    await do(stage, "Enter", "<# no>")
    await expect(options).to_have_count(0)
    await expect(field).to_have_value("WEB-7 and WEB-1 # no")
    await do(stage, "< UTF-8>")
    async with asyncio.timeout(5):
        while not any("UTF" in each for each in api.asked):
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    asked = len(api.asked)
    await do(stage, "Enter", "<UTF-16>")
    await asyncio.sleep(0.3)
    assert len(api.asked) == asked, "there is no such project, as was answered before"


async def test_enter_takes_what_was_marked_even_if_other_tasks_are_found_meanwhile(stage: Stage, api: Api) -> None:
    api.found = {"door%20l": [hit(9, "A door later")], "door": [hit(1, "Lock the door l"), hit(2, "Paint the door l")]}
    api.let_go["door%20l"] = asyncio.Event()
    field = await begin(stage)
    options = stage.page.get_by_role("option")
    await do(stage, "<#door>")
    await expect(options).to_have_count(2)
    await do(stage, "< l>")
    async with asyncio.timeout(5):
        while not any("door%20l" in each for each in api.asked):
            await asyncio.sleep(0.02)
    await do(stage, "ArrowDown")
    api.let_go["door%20l"].set()
    await asyncio.sleep(0.3)
    await do(stage, "Enter")
    await expect(field).to_have_value("WEB-2 ")


async def test_what_is_found_later_stands_behind_what_is_shown(stage: Stage, api: Api) -> None:
    api.found = {"door%20l": [hit(9, "A door later"), hit(1, "Lock the door l")], "door": [hit(1, "Lock the door l")]}
    field = await begin(stage)
    options = stage.page.get_by_role("option")
    await do(stage, "<#door>")
    await expect(options).to_have_count(1)
    await do(stage, "< l>")
    await expect(options).to_have_count(2)
    await expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    await do(stage, "Enter")
    await expect(field).to_have_value("WEB-1 ")


@pytest.mark.usefixtures("api")
async def test_a_preview_shows_what_the_server_makes_of_the_text(stage: Stage) -> None:
    field = await begin(stage, "some text")
    button = stage.page.get_by_role("button", name="Preview")
    await button.click()
    await expect(stage.page.get_by_role("region", name="Preview")).to_have_text("Shown: some text")
    await expect(field).to_be_hidden()
    await expect(button).to_have_attribute("aria-pressed", "true")
    await button.click()
    await expect(field).to_be_focused()
    await expect(field).to_have_value("some text")


async def test_a_preview_says_when_the_server_is_away(stage: Stage) -> None:
    await begin(stage, "some text")
    await stage.page.route("**/api/v1/markdown", lambda route: route.abort())
    await stage.page.get_by_role("button", name="Preview").click()
    told = stage.page.get_by_role("region", name="Preview").get_by_role("status")
    await expect(told).to_have_text("The server cannot be reached.")
    await stage.page.unroute("**/api/v1/markdown")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("api")
async def test_axe_finds_nothing_where_people_write(stage: Stage, theme: str) -> None:
    await open_texts(stage, "- [ ] milk\n- [x] bread\n\n@ana", theme=theme)
    await stage.page.get_by_role("button", name="Add a reaction").click()
    await stage.page.get_by_role("button", name="edited").focus()
    await stage.page.get_by_role("textbox", name="Description").focus()
    await do(stage, "<@a>")
    await expect(stage.page.get_by_role("option")).to_have_count(2)
    await require_accessible(stage.page)
