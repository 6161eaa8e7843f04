"""Another site cannot make somebody's browser change anything."""

import pytest
from httpx import AsyncClient

from tests.factories import Team, make_session

API = "/api/v1"
REFUSED = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://tasks.test"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://tasks.test:8080"},
    {"Origin": "https://tasks.test"},
    {"Origin": "http://tasks.test.evil.example"},
    {"Origin": "http://[oops"},
]
ALLOWED = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://tasks.test"},
    {"Origin": "http://tasks.test:80"},
    {"Origin": "https://tasks.example.com"},  # the address that people use, in front of a proxy
]


@pytest.fixture
async def cookie(team: Team) -> dict[str, str]:
    """The session cookie of the team's owner."""
    secret, _ = await make_session(team.owner)
    return {"Cookie": f"tasktracker={secret}"}


@pytest.mark.parametrize("headers", REFUSED)
async def test_a_call_from_another_site_is_refused(
    nobody: AsyncClient, team: Team, cookie: dict[str, str], headers: dict[str, str]
) -> None:
    refused = await nobody.post(f"{API}/projects/{team.key}:archive", headers={**cookie, **headers})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/cross-site")
    assert refused.json()["instance"] == refused.headers["X-Request-Id"]


@pytest.mark.parametrize("headers", ALLOWED)
async def test_a_call_from_the_own_pages_passes(
    nobody: AsyncClient, team: Team, cookie: dict[str, str], headers: dict[str, str]
) -> None:
    assert (await nobody.post(f"{API}/projects/{team.key}:archive", headers={**cookie, **headers})).status_code == 200


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
async def test_every_unsafe_method_is_guarded(nobody: AsyncClient, cookie: dict[str, str], method: str) -> None:
    assert (await nobody.request(method, f"{API}/sessions", headers=cookie)).status_code == 403


async def test_reading_needs_no_origin(nobody: AsyncClient, cookie: dict[str, str]) -> None:
    answer = await nobody.get(f"{API}/me", headers={**cookie, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


async def test_a_program_with_a_token_needs_no_origin(owner: AsyncClient, team: Team) -> None:
    answer = await owner.post(f"{API}/projects/{team.key}:archive", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
