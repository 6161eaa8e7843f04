"""Nothing that people read stands outside the catalogues: all of it is served in a language that marks what they hold.

What people have written themselves is Greek here. So every Latin letter is a text that nobody can translate.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pytest
from nicegui import Client
from playwright.async_api import Browser, Page

from tasktracker.ui import install  # noqa: F401  registers every page
from tests.servers import start_server, stop_server

pytestmark = pytest.mark.thorough

PROGRAM = str(Path(__file__).with_name("marked_server.py"))
ROOT = str(Path(__file__).parents[3])
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
DATA = re.compile(r"(?:\bOMEGA(?:-\d+)?|\bana@example\.org|@ana|\btasktracker|\bown_field)\b")
"""What is the same in every language: keys, references, addresses, the product's name."""

READY = """() => document.querySelector('footer > span')
    || window.did_handshake === true && !document.querySelector('[aria-busy=true]')"""
"""An error page is ready as it stands; every other one hears and is heard by the server."""
READ = """() => {
    const isSeen = (element) => element.checkVisibility({visibilityProperty: true})
        && !element.closest('.q-icon, kbd, script, style, noscript');
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (isSeen(walker.currentNode.parentElement)) found.push(walker.currentNode.data);
    for (const element of document.body.querySelectorAll('*')) {
        if (!isSeen(element)) continue;
        for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt'])
            found.push(element.getAttribute(name) ?? '');
        for (const pseudo of ['::before', '::after']) {
            const { content } = getComputedStyle(element, pseudo);
            if (content.startsWith('"')) found.push(content);
        }
    }
    return found.map((text) => text.trim()).filter(Boolean);
}"""
PROJECT_SECTIONS = "general", "columns", "labels", "members", "fields", "templates", "rules", "transfer", "danger"
ADDRESSES: dict[str, list[str]] = {
    "/": ["/"],
    "/activity": ["/activity"],
    "/inbox": ["/inbox"],
    "/my-work": ["/my-work"],
    "/profile": ["/profile"],
    "/profile/{section}": [f"/profile/{section}" for section in ("you", "security", "tokens", "none")],
    "/settings": ["/settings"],
    "/settings/{section}": ["/settings/people"],
    "/search": ["/search"],
    "/{key}/activity": ["/OMEGA/activity"],
    "/{key}/archive": ["/OMEGA/archive"],
    "/{key}/board": ["/OMEGA/board", "/NOPE/board"],
    "/{key}/calendar": ["/OMEGA/calendar"],
    "/{key}/list": ["/OMEGA/list"],
    "/{key}/reports": [f"/OMEGA/reports?report={name}" for name in ("flow", "cycle-time", "burndown", "throughput")],
    "/{key}/settings": ["/OMEGA/settings"],
    "/{key}/settings/{section}": [f"/OMEGA/settings/{section}" for section in PROJECT_SECTIONS],
    "/{key}/table": ["/OMEGA/table"],
    "/{key}/timeline": ["/OMEGA/timeline"],
    "/{key}/trash": ["/OMEGA/trash"],
    "/t/{ref}": ["/t/OMEGA-1", "/t/OMEGA-99"],
    "/{key}-{number:int}": ["/OMEGA-1"],
    "/views/{view_id}": ["/views/VIEW"],
}
"""Where each page can be seen by who is signed in. A new page belongs here."""
SIGNED_OUT = {"/setup", "/sign-in"}


Act = Callable[[Page], Awaitable[object]]


def clicked(selector: str) -> Act:
    """With the Shift key down: it means nothing to a button, and on a row it selects."""
    return lambda page: page.click(selector, modifiers=["Shift"])


def pressed(key: str, selector: str = "body") -> Act:
    return lambda page: page.locator(selector).first.press(key)


async def _add(page: Page, name: str) -> None:
    await page.click(".tt-property-add")
    await page.get_by_role("option", name=f"⟦{name}⟧").click()


async def _move(page: Page) -> None:
    await page.click(".tt-task-menu__button")
    await page.get_by_role("menuitem", name="⟦Move to another project…⟧").click()


async def _change_twice(page: Page) -> None:
    """Somebody else changes the title while one changes it."""
    title = page.locator(".tt-title-input textarea")
    await title.fill("Ζήτα")
    await page.evaluate(
        """() => fetch('/api/v1/tasks/OMEGA-2', {
            method: 'PATCH', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({title: 'Ήτα'}),
        })"""
    )
    await title.press("Enter")


MAIN = clicked(".tt-button-primary >> visible=true")


def written(text: str) -> Act:
    """Type that into the form for new tasks."""

    async def act(page: Page) -> None:
        await MAIN(page)
        await page.wait_for_selector(".tt-line__field:focus")
        await page.keyboard.insert_text(text)

    return act


OPENED: dict[str, tuple[str, Act, str]] = {
    "a new project": ("/", clicked(".tt-header-actions button"), ".tt-swatches"),
    "a new task": ("/OMEGA/board", written("*σφάλμα ~3 Άλφα !"), ".tt-said"),
    "new tasks": ("/OMEGA/board", written("Άλφα *σφάλμα ~3\n- Άλφα"), ".tt-said"),
    "a glance": ("/OMEGA/list", pressed("Space", "[data-number]"), ".tt-glance__title"),
    "a description": ("/OMEGA/board?task=1", clicked("[data-draft-opens$=description]"), ".tt-body-input"),
    "a comment": ("/OMEGA/board?task=1", clicked(".tt-comment [data-draft-opens]"), ".tt-comment-edit"),
    "a comment to go": ("/OMEGA/board?task=1", clicked(".tt-comment-actions button >> nth=2"), ".tt-text-danger"),
    "reactions": ("/OMEGA/board?task=1", clicked(".tt-emojis__button"), ".tt-emoji"),
    "a preview": ("/OMEGA/board?task=1", clicked(".tt-composer .tt-writing__preview-button"), ".tt-writing__preview"),
    "a due date": ("/OMEGA/board?task=1", clicked("[data-field=due] button"), ".tt-when"),
    "a repetition": ("/t/OMEGA-3", lambda page: _add(page, "Repeats"), ".tt-repeat"),
    "a reminder": ("/t/OMEGA-1", lambda page: _add(page, "Reminder"), ".tt-when"),
    "properties to add": ("/t/OMEGA-1", clicked(".tt-property-add"), ".tt-property-panel"),
    "more of a task": ("/OMEGA/board?task=1", clicked(".tt-task-menu__button"), ".tt-task-menu .tt-menu"),
    "another project": ("/OMEGA/board?task=1", _move, ".tt-dialog-small"),
    "two titles": ("/OMEGA/board?task=2", _change_twice, ".tt-conflict"),
    "a token": ("/profile/tokens", MAIN, ".tt-dialog-body"),
    "a rule": ("/OMEGA/settings/rules", MAIN, ".tt-rule"),
    "a template": ("/OMEGA/settings/templates", MAIN, ".tt-dialog"),
    "a copy of the project": ("/OMEGA/settings/danger", clicked(".tt-button-plain >> visible=true"), ".tt-dialog"),
    "an archived project": ("/OMEGA/settings/danger", clicked(".tt-button-danger >> visible=true"), ".tt-dialog"),
    "selected tasks": ("/OMEGA/list", clicked("[data-number]"), ".tt-bulk"),
    "a task as it was": ("/OMEGA/board?task=1", clicked("[data-command=as-it-was]"), ".tt-past__fields"),
    "a board as it was": ("/OMEGA/board", clicked("[data-command=board-as-it-was]"), ".tt-travel"),
    "commands": ("/OMEGA/board", pressed("Control+k"), ".tt-option"),
    "keys": ("/OMEGA/board", pressed("?"), ".tt-sheet[open]"),
    "people to assign": ("/OMEGA/list", pressed("a", "[data-number]"), ".tt-option"),
    "a refused sign-in": ("/sign-in", clicked("[type=submit]"), ".tt-problem"),
}
"""What opens on a page: its address, what opens it, and what is seen then."""


@pytest.fixture
async def address(empty_database_url: str) -> AsyncIterator[str]:
    """A server that nobody has set up yet."""
    running = await start_server(empty_database_url, program=PROGRAM, PYTHONPATH=ROOT)
    yield running.address
    await stop_server(running)


@pytest.fixture
async def reader(browser: Browser, address: str) -> AsyncIterator[Page]:
    """Somebody whose browser asks for the marked language."""
    context = await browser.new_context(base_url=address, locale="zh-CN", reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(30_000)
    yield page
    await context.close()


async def test_every_text_that_people_read_comes_from_a_catalogue(reader: Page, address: str) -> None:
    unmarked = {"/setup": await _read(reader, "/setup")}
    async with httpx.AsyncClient(
        base_url=f"{address}/api/v1", headers={"Origin": address, "User-Agent": "OMEGA"}
    ) as owner:
        view = await _fill(owner)
        cookies = dict(owner.cookies)
    for name in ("/sign-in", "a refused sign-in"):
        unmarked[name] = await (_read(reader, *OPENED[name]) if name in OPENED else _read(reader, name))
    await reader.context.add_cookies([{"name": name, "value": cookies[name], "url": address} for name in cookies])
    for place in [*chain(*ADDRESSES.values()), "/OMEGA/nowhere"]:
        unmarked[place] = await _read(reader, place.replace("VIEW", view))
    for name, opened in OPENED.items():
        if "sign-in" not in name:
            unmarked[name] = await _read(reader, *opened)
    found = [f"{name}: {text}" for name, texts in unmarked.items() for text in sorted(set(texts))]
    assert found == [], "\n".join(found)


def test_every_page_is_looked_at() -> None:
    assert {path for path in Client.page_routes.values() if path.startswith("/")} == {*ADDRESSES, *SIGNED_OUT}


async def _read(page: Page, place: str, act: Act | None = None, shown: str = "body") -> list[str]:
    """What is to be read there in Latin letters, and is neither marked nor somebody's own."""
    await page.goto(place)
    await page.wait_for_function(READY)
    if act:
        await act(page)
    await page.wait_for_selector(shown)
    texts: list[str] = await page.evaluate(READ)
    assert any("⟦" in text for text in texts), f"{place} shows nothing"
    return [text for text in texts if re.search("[A-Za-z]", _rest(text))]


def _rest(text: str) -> str:
    """The text without what is marked, and without what is the same in every language."""
    while text != (text := MARKED.sub("", text)):
        pass
    return DATA.sub("", text)


async def _fill(owner: httpx.AsyncClient) -> str:
    """A project with something of everything, in Greek; returns the id of a saved view."""
    person = {"name": "Άννα", "email": "ana@example.org", "password": "correct horse battery staple"}
    await _send(owner, "POST", "/setup", {"workspace": "Ομάδα", **person})
    me = await _send(owner, "PATCH", "/me", {"locale": "zh"})
    await _send(owner, "POST", "/projects", {"key": "OMEGA", "name": "Ωμέγα", "description": "Έργο"})
    columns = await _send(owner, "GET", "/projects/OMEGA/columns")
    for column, name in zip(columns, ("Πριν", "Τώρα", "Μετά", "Σχεδόν", "Τέλος"), strict=True):
        await _send(owner, "PATCH", f"/projects/OMEGA/columns/{column['id']}", {"name": name, "wip_limit": 2})
    label = await _send(owner, "POST", "/projects/OMEGA/labels", {"name": "σφάλμα", "color": "#b88a00"})
    more = {"label_ids": [label["id"]], "assignee_ids": [me["person"]["id"]]}
    for number, priority in enumerate(("urgent", "high", "medium", "low", "none")):
        due = ("2020-02-01", None, "2099-12-31", None, "2020-02-01")[number]
        task = {"title": "Άλφα", "column_id": columns[number]["id"], "priority": priority, "due": due, **more}
        await _send(owner, "POST", "/projects/OMEGA/tasks", task)
    await _send(owner, "PATCH", "/tasks/OMEGA-1", {"title": "Βήτα", "description": "- [ ] Γάμμα @ana OMEGA-2"})
    await _send(owner, "PATCH", "/tasks/OMEGA-1", {"priority": "low", "due": None, "label_ids": []})
    custom = {"name": "Πεδίο", "kind": "select", "options": ["άλφα"], "key": "own_field"}
    await _send(owner, "POST", "/projects/OMEGA/custom-fields", custom)
    outside = {"external_source": "πηγή", "external_id": "7"}
    filled = {"custom": {"own_field": "άλφα"}, "recurrence": {"rule": "FREQ=DAILY"}, **outside}
    await _send(owner, "PATCH", "/tasks/OMEGA-1", filled)
    await _send(owner, "POST", "/tasks/OMEGA-1/reminders", {"minutes_before": 60})
    await _send(owner, "POST", "/tasks/OMEGA-1/comments", {"body": "Δέλτα"})
    view = await _send(owner, "POST", "/views", {"name": "Όλα", "query": "", "project": "OMEGA"})
    return str(view["id"])


async def _send(owner: httpx.AsyncClient, method: str, path: str, body: Any = None) -> Any:
    answer = await owner.request(method, path, json=body)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None
