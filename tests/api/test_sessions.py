"""Signing in and out over the API, and tokens."""

from http.cookies import SimpleCookie

import pytest
from httpx import AsyncClient

from tasktracker import settings as settings_module
from tasktracker.models import Account
from tasktracker.services.passwords import hash_password
from tasktracker.settings import Settings
from tests.api.conftest import Sign
from tests.factories import PASSWORD, Team

API = "/api/v1"


@pytest.fixture(scope="session")
async def password_hash() -> str:
    """Made once: it is slow by design."""
    return await hash_password(PASSWORD)


@pytest.fixture
async def email(team: Team, password_hash: str) -> str:
    """The address of a person who has a password."""
    person = await team.person(password_hash=password_hash, name="Ana")
    return (await Account.get(id=person.account_id)).email


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(nobody: AsyncClient, email: str) -> None:
    answer = await nobody.post(f"{API}/session", json={"email": email.upper(), "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["person"]["name"] == "Ana"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["tasktracker"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
    assert (cookie["max-age"], cookie["secure"]) == (str(30 * 86_400), "")
    assert (await nobody.get(f"{API}/me")).status_code == 200


async def test_behind_tls_the_cookie_is_bound_to_host_and_tls(
    nobody: AsyncClient, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASKTRACKER_PUBLIC_URL", "https://tasks.example.com")
    settings_module.settings.cache_clear()
    try:
        assert Settings().is_secure
        answer = await nobody.post(f"{API}/session", json={"email": email, "password": PASSWORD})
    finally:
        settings_module.settings.cache_clear()
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["__Host-tasktracker"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


async def test_a_wrong_password_and_an_unknown_address_sound_the_same(nobody: AsyncClient, email: str) -> None:
    tries = [{"email": email, "password": "wrong"}, {"email": "nobody@example.org", "password": PASSWORD}]
    refused = [await nobody.post(f"{API}/session", json=body) for body in tries]
    assert [answer.status_code for answer in refused] == [401, 401]
    assert refused[0].json()["detail"] == refused[1].json()["detail"]
    assert "Set-Cookie" not in refused[0].headers


@pytest.mark.parametrize("body", [
    {"email": "a\0b@example.org", "password": "x\0y"},
    {"email": "x" * 100_000, "password": "y" * 100_000},
])  # fmt: skip
async def test_odd_credentials_are_just_wrong(nobody: AsyncClient, body: dict[str, str]) -> None:
    assert (await nobody.post(f"{API}/session", json=body)).status_code == 401


async def test_signing_out_ends_the_session_and_clears_the_cookie(nobody: AsyncClient, email: str) -> None:
    signed_in = await nobody.post(f"{API}/session", json={"email": email, "password": PASSWORD})
    secret = SimpleCookie(signed_in.headers["Set-Cookie"])["tasktracker"].value
    out = await nobody.delete(f"{API}/session", headers={"Sec-Fetch-Site": "same-origin"})
    assert out.status_code == 204
    assert SimpleCookie(out.headers["Set-Cookie"])["tasktracker"]["max-age"] == "0"
    assert (await nobody.get(f"{API}/me", headers={"Cookie": f"tasktracker={secret}"})).status_code == 401


async def test_sessions_and_tokens_are_listed_and_ended(nobody: AsyncClient, email: str) -> None:
    agent = {"User-Agent": "Firefox on a laptop"}
    await nobody.post(f"{API}/session", json={"email": email, "password": PASSWORD}, headers=agent)
    own = {"Sec-Fetch-Site": "same-origin"}
    token = (await nobody.post(f"{API}/tokens", json={"name": "export", "may_write": False}, headers=own)).json()
    listed = {each["kind"]: each for each in (await nobody.get(f"{API}/sessions")).json()}
    assert (listed["browser"]["name"], listed["browser"]["is_current"]) == ("Firefox on a laptop", True)
    assert (listed["token"]["id"], listed["token"]["may_write"]) == (token["id"], False)
    assert "secret" not in str(listed)
    assert (await nobody.delete(f"{API}/sessions/{token['id']}", headers=own)).status_code == 204
    assert len((await nobody.get(f"{API}/sessions")).json()) == 1


async def test_somebody_else_s_session_is_not_there(owner: AsyncClient, team: Team, sign: Sign) -> None:
    other = await sign(await team.person())
    theirs = (await other.get(f"{API}/sessions")).json()[0]["id"]
    assert (await owner.delete(f"{API}/sessions/{theirs}")).status_code == 404
    assert (await other.get(f"{API}/me")).status_code == 200


async def test_a_new_token_works_and_is_shown_once(owner: AsyncClient, nobody: AsyncClient) -> None:
    made = await owner.post(f"{API}/tokens", json={"name": "bot", "days": 7})
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    token = made.json()
    assert token["secret"].startswith("tt_")
    assert token["may_write"] is True
    answer = await nobody.get(f"{API}/me", headers={"Authorization": f"bearer {token['secret']}"})
    assert answer.status_code == 200
    assert token["secret"] not in (await owner.get(f"{API}/sessions")).text


@pytest.mark.parametrize("days", [0, 3651, 2**70, "7", 7.5, True])
async def test_a_token_lasts_a_whole_number_of_days(owner: AsyncClient, days: object) -> None:
    refused = await owner.post(f"{API}/tokens", json={"name": "bot", "days": days})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/days"
