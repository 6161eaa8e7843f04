"""Addresses of assets that another replica gave out."""

import os
import re
from pathlib import Path

import httpx
import pytest

from tasktracker.ui.assets import hash_of
from tests.factories import make_session, make_team
from tests.servers import RunningServer
from tests.ui.raw_socket import COOKIE

OTHER = "0123456789abcdef"


def address(kind: str, key: str) -> str:
    return f"/_nicegui/9.9.9/{kind}/{key}"


async def test_the_assets_of_another_build_or_release_are_found_by_their_names(server: RunningServer) -> None:
    async with httpx.AsyncClient(base_url=server.address) as client:
        for path in (address("components", f"{OTHER}/board.js"), address("esm", f"{OTHER}-tasktracker-parts/menu.js")):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), path
            assert answer.headers["Content-Type"].startswith("text/javascript")
        assert (await client.get(address("components", f"{OTHER}/nobody.js"))).status_code == httpx.codes.NOT_FOUND


async def test_what_another_release_calls_by_its_own_hash_is_not_kept(server: RunningServer) -> None:
    async with httpx.AsyncClient(base_url=server.address) as client:
        assert (await client.get(f"/static/drafts.js?v={OTHER}")).headers["Cache-Control"] == "no-store"
        own = (await client.get("/")).text.partition('src="/static/drafts.js?')[2].partition('"')[0]
        assert "immutable" in (await client.get(f"/static/drafts.js?{own}")).headers["Cache-Control"]


@pytest.mark.parametrize("page", ["/sign-in", "/profile/security"])
async def test_every_script_and_style_of_a_page_is_called_by_its_hash(server: RunningServer, page: str) -> None:
    """Else a browser would keep that of an earlier release for good."""
    secret, _ = await make_session((await make_team()).owner)
    cookies = {COOKIE: secret} if page != "/sign-in" else {}
    async with httpx.AsyncClient(base_url=server.address, cookies=cookies) as client:
        answer = await client.get(page)
    called = re.findall(r"(?<=\")/static/[\w/-]+\.(?:js|css)[^\"]*", answer.text)
    assert answer.status_code == httpx.codes.OK
    assert "/static/forms.js" in " ".join(called)
    assert [each for each in called if "?v=" not in each] == []


def test_an_address_depends_on_what_is_in_the_files_and_not_on_their_age(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, age in ((one, 1_000_000_000), (other, 1_700_000_000)):
        folder.mkdir()
        (folder / "part.js").write_text("export const part = 1;")
        os.utime(folder / "part.js", (age, age))
    assert hash_of(one) == hash_of(other)
    (other / "part.js").write_text("export const part = 2;")
    assert hash_of(one) != hash_of(other)
