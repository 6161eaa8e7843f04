"""Each page speaks its reader's language: what they have chosen, else what their browser asks for, else English."""

import json
import re

import httpx
import pytest

from tasktracker.models import Account
from tests.factories import Team, make_session, make_team
from tests.servers import RunningServer
from tests.ui.raw_socket import COOKIE, load_page, page_socket


async def fetch(server: RunningServer, path: str, *, accept: str = "", secret: str | None = None) -> httpx.Response:
    cookies = {COOKIE: secret} if secret else {}
    async with httpx.AsyncClient(base_url=server.address, cookies=cookies) as client:
        return await client.get(path, headers={"Accept-Language": accept})


def said(page: str) -> dict[str, str]:
    """What the page tells its scripts about the reader."""
    found = re.search(r"Object\.assign\(document\.documentElement\.dataset, (\{.*?\})\)", page)
    assert found
    told: dict[str, str] = json.loads(found[1])
    return told


async def reader(locale: str, time_zone: str = "UTC") -> tuple[Team, str]:
    """Somebody who has chosen, and their session."""
    team = await make_team()
    await Account.filter(id=team.owner.account_id).update(locale=locale, time_zone=time_zone)
    return team, (await make_session(team.owner))[0]


@pytest.mark.parametrize(
    ("accept", "language", "way", "heading"),
    [
        ("", "en-US", "ltr", "Sign in"),
        ("fr, *;q=0.1", "en-US", "ltr", "Sign in"),
        ("fr, de-AT;q=0.7, en;q=0.8, xx;q=oops", "en-US", "ltr", "Sign in"),
        ("de-AT,de;q=0.9,en;q=0.8", "de", "ltr", "Anmelden"),
        ("ar-EG", "ar", "rtl", "تسجيل الدخول"),
    ],
)
async def test_a_stranger_reads_what_their_browser_asks_for(
    server: RunningServer, accept: str, language: str, way: str, heading: str
) -> None:
    await make_team()
    page = (await fetch(server, "/sign-in", accept=accept)).text
    assert f'<html lang="{language}"' in page
    assert f"document.documentElement.dir = '{way}'" in page
    assert f"/static/lang/{language}.umd.prod.js" in page, "Quasar's texts too"
    assert json.dumps(heading, ensure_ascii=False) in page.replace("&quot;", '"')


async def test_what_somebody_has_chosen_comes_before_what_their_browser_asks_for(server: RunningServer) -> None:
    _, secret = await reader("de-AT", "Europe/Vienna")
    page = (await fetch(server, "/", accept="ar", secret=secret)).text
    assert '<html lang="de"' in page
    assert said(page) == {"locale": "de-AT-u-ca-gregory-nu-latn", "timeZone": "Europe/Vienna", "firstWeekday": 0}


async def test_the_browser_tells_the_region_that_a_choice_leaves_open(server: RunningServer) -> None:
    _, secret = await reader("en")
    page = (await fetch(server, "/", accept="de, en-GB;q=0.5", secret=secret)).text
    assert said(page)["locale"] == "en-GB-u-ca-gregory-nu-latn"


async def test_a_page_that_is_not_there_says_so_in_the_readers_language(server: RunningServer) -> None:
    _, secret = await reader("de")
    for address in ("/NOPE/board", "/nowhere/at/all"):
        answer = await fetch(server, address, secret=secret)
        assert answer.status_code == httpx.codes.NOT_FOUND
        assert "Nicht gefunden" in answer.text
    assert (await fetch(server, "/_nicegui/nothing")).text == "Not found"


async def test_what_a_page_says_later_is_in_its_language_too(server: RunningServer) -> None:
    """A dialog that opens over the socket, long after the page was built."""
    team, secret = await reader("de")
    await team.task()
    page = await load_page(server.address, f"/{team.key}/board", secret)
    async with page_socket(server.address, page.client_id, secret=secret) as socket:
        await socket.event(page, "open", 1)
        assert await socket.hears("Beschreibung bearbeiten", seconds=5)


async def test_scripts_get_their_texts_as_a_file_to_keep(server: RunningServer) -> None:
    await make_team()
    page = (await fetch(server, "/sign-in", accept="de")).text
    address = re.search(r'<script nonce="[^"]+" src="(/texts/de\.js\?v=[0-9a-f]{12})"></script>', page)
    assert address
    script = await fetch(server, address[1])
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "gerade eben" in script.text, "a text of a script"
    assert "Arbeitsbereich anlegen" not in script.text, "a text of Python alone"


async def test_english_pages_bring_no_texts(server: RunningServer) -> None:
    await make_team()
    assert "/texts/" not in (await fetch(server, "/sign-in")).text
    assert (await fetch(server, "/texts/xx.js")).status_code == httpx.codes.NOT_FOUND
