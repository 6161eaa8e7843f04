"""Markdown over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def test_a_text_comes_back_as_html_with_its_references(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix the login")).ref
    answer = await owner.post(f"{API}/markdown", json={"text": f"**{ref}** <script>alert(1)</script>"})
    assert answer.status_code == 200
    html = answer.json()["html"]
    assert f'data-ref="{ref}"' in html
    assert 'title="Fix the login (To do)"' in html
    assert "&lt;script&gt;" in html


async def test_a_token_that_only_reads_may_look(team: Team, sign: Sign) -> None:
    reader = await sign(team.owner, may_write=False)
    assert (await reader.post(f"{API}/markdown", json={"text": "*x*"})).json() == {"html": "<p><em>x</em></p>\n"}


async def test_only_somebody_who_is_signed_in_is_answered(nobody: AsyncClient, owner: AsyncClient) -> None:
    assert (await nobody.post(f"{API}/markdown", json={"text": "x"})).status_code == 401
    refused = await owner.post(f"{API}/markdown", json={"text": "a\0b"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/text")
