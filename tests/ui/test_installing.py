"""The pages can be installed as an app: what a browser asks of them then is there, of the right kind."""

import io
import json
import re
from typing import Any

import httpx
import pytest
from PIL import Image

from tasktracker.ui.installing import THEMES, manifest
from tasktracker.ui.language import LANGUAGES, translations
from tasktracker.ui.paging import local_path, paths
from tasktracker.ui.static_files import STATIC
from tests.factories import make_team
from tests.servers import RunningServer


async def test_a_page_leads_to_all_that_an_app_needs(server: RunningServer) -> None:
    await make_team()
    async with httpx.AsyncClient(base_url=server.address, headers={"Accept-Language": "de"}) as client:
        page = (await client.get("/sign-in")).text
        link = re.search(r'<link rel="manifest" href="([^"]+)" data-light="\1" data-dark="([^"]+)">', page)
        assert link
        about: dict[str, Any] = {}
        for address, theme in zip(link.groups(), THEMES, strict=True):
            answer = await client.get(address)
            assert answer.headers["Content-Type"] == "application/manifest+json"
            assert "immutable" in answer.headers["Cache-Control"]
            about = answer.json()
            assert (about["lang"], about["theme_color"]) == ("de", THEMES[theme])
            assert about["shortcuts"][0]["name"] == translations("de").gettext("My work")
        for icon in about["icons"]:
            await _is_picture(client, icon["src"], icon["sizes"])
        apple = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
        assert apple
        await _is_picture(client, apple[1], "180x180")
        assert (await client.get("/favicon.ico")).headers["Content-Type"] == "image/svg+xml"
        assert (await client.get("/manifest/xx-light.webmanifest")).status_code == httpx.codes.NOT_FOUND


async def _is_picture(client: httpx.AsyncClient, address: str, sizes: str) -> None:
    answer = await client.get(address)
    assert (answer.headers["Content-Type"], "immutable" in answer.headers["Cache-Control"]) == ("image/png", True)
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert f"{picture.width}x{picture.height}" == sizes


@pytest.mark.parametrize("code", LANGUAGES)
def test_shortcuts_lead_to_pages(code: str) -> None:
    about = json.loads(manifest(code, "light"))
    assert {each["url"].partition("?")[0] for each in about["shortcuts"]} <= paths()
    assert all(local_path(each["url"]) == each["url"] for each in about["shortcuts"])
    assert {icon["purpose"] for icon in about["icons"]} == {"any", "maskable"}


def test_an_app_has_the_colours_of_its_pages() -> None:
    backgrounds = re.findall(r"--tt-bg: (#\w+);", (STATIC / "tokens.css").read_text())
    assert backgrounds == [THEMES["light"], THEMES["dark"]]
