"""How often somebody may call, and what they hear about it."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tasktracker import api
from tasktracker.api import rate_limits
from tasktracker.api.errors import failure
from tasktracker.services.sessions import authenticate, create_token, revoke_session
from tasktracker.settings import Settings, settings
from tests.factories import Team, make_session

API = "/api/v1"
CALLS = 6
ATTEMPTS = 2
WRONG = {"email": "ana@example.com", "password": "not the password"}
Caller = Callable[..., Awaitable[AsyncClient]]


def make_app(calls: int = CALLS, attempts: int = ATTEMPTS) -> FastAPI:
    """The API with small limits of its own, and nothing counted yet."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get(f"{API}/broken", include_in_schema=False)
    async def broken() -> None:
        raise RuntimeError

    api.install(app)
    chosen = Settings(body_limit_bytes=1000, rate_limit_per_minute=calls, sign_in_limit_per_minute=attempts)
    api.install_middleware(app, chosen, failed_page=failure)
    return app


@pytest.fixture
async def call_from(database: None) -> AsyncIterator[Caller]:
    """Makes clients of one app that call from an address, with a token if there is one."""
    app = make_app()
    async with AsyncExitStack() as stack:

        async def make(address: str = "192.0.2.1", token: str = "") -> AsyncClient:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            transport = ASGITransport(app, client=(address, 1))
            client = AsyncClient(transport=transport, base_url="http://tasks.test", headers=headers)
            return await stack.enter_async_context(client)

        yield make


async def call(client: AsyncClient, times: int, path: str = f"{API}/me") -> list[int]:
    return [(await client.get(path)).status_code for _ in range(times)]


def left(answer: Response) -> int:
    found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
    assert found, answer.headers["RateLimit"]
    assert 0 < int(found[2]) <= 60
    return int(found[1])


async def test_every_answer_tells_how_many_calls_are_left(call_from: Caller, team: Team) -> None:
    client = await call_from(token=await create_token(team.owner, "test"))
    await client.get(f"{API}/me")  # from here on it is known whose calls these are
    answers = [
        await client.get(f"{API}/me"),
        await client.get(f"{API}/tasks/WEB-1"),
        await client.get("/api/nothing"),
        await client.put(f"{API}/me"),
        await client.post(f"{API}/projects", content=b" " * 2000),
        await client.get(f"{API}/broken"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 405, 413, 500]
    assert [left(answer) for answer in answers] == [5, 4, 3, 2, 1, 0]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"default";q=6;w=60'}


async def test_one_call_too_many_is_refused_and_says_when_to_come_back(call_from: Caller, team: Team) -> None:
    client = await call_from(token=await create_token(team.owner, "test"))
    assert await call(client, 1 + CALLS) == [200] * (1 + CALLS)
    refused = await client.get(f"{API}/me")
    assert (refused.status_code, refused.headers["Content-Type"]) == (429, "application/problem+json")
    seconds = int(refused.headers["Retry-After"])
    assert 0 < seconds <= 60
    problem = refused.json()
    assert (problem["type"], problem["policy"]) == ("/problems/too-often", "default")
    assert problem["detail"] == f"Too many calls in a short time. Try again in {seconds} seconds."
    assert problem["instance"] == refused.headers["X-Request-Id"]
    assert left(refused) == 0


async def test_after_a_while_it_goes_on(call_from: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await call_from()
    assert await call(client, CALLS + 1) == [401] * CALLS + [429]
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + rate_limits.WINDOW + 1)
    assert await call(client, 1) == [401]


async def test_an_account_is_counted_once_whatever_it_calls_with(call_from: Caller, team: Team) -> None:
    first = await call_from("192.0.2.1", await create_token(team.owner, "one"))
    second = await call_from("192.0.2.2", await create_token(team.owner, "two"))
    browser = await call_from("192.0.2.3")
    browser.cookies[settings().session_cookie] = (await make_session(team.owner))[0]
    for client in (first, second, browser):
        assert await call(client, 3) == [200] * 3
    assert [(await client.get(f"{API}/me")).status_code for client in (first, second, browser)] == [429] * 3


async def test_people_behind_one_address_do_not_use_up_each_other_s_calls(call_from: Caller, team: Team) -> None:
    busy = await call_from(token=await create_token(team.owner, "busy"))
    calm = await call_from(token=await create_token(await team.person(), "calm"))
    assert await call(calm, 1) == [200]
    assert (await call(busy, 9))[-1] == 429
    assert await call(calm, 2) == [200] * 2


async def test_strangers_do_not_use_up_the_calls_of_people_they_share_an_address_with(
    call_from: Caller, team: Team
) -> None:
    known = await call_from(token=await create_token(team.owner, "known"))
    assert await call(known, 1) == [200]
    stranger = await call_from()
    assert (await call(stranger, 9))[-1] == 429
    assert await call(known, 3) == [200] * 3


async def test_made_up_tokens_count_for_the_address_that_sends_them(call_from: Caller) -> None:
    statuses = [await call(await call_from(token=f"tt_{number}"), 1) for number in range(CALLS + 1)]
    assert statuses == [[401]] * CALLS + [[429]]
    assert await call(await call_from("192.0.2.2", "tt_x"), 1) == [401]


async def test_a_revoked_token_cannot_use_up_its_owner_s_calls(call_from: Caller, team: Team) -> None:
    lost, kept = await create_token(team.owner, "lost"), await create_token(team.owner, "kept")
    thief, owner = await call_from("192.0.2.66", lost), await call_from("192.0.2.1", kept)
    assert await call(thief, 2) == await call(owner, 2) == [200, 200]
    session = (await authenticate(lost)).session_id
    assert session is not None
    await revoke_session(team.owner, session)
    assert await call(thief, 9) == [401] * 6 + [429] * 3
    assert await call(owner, 2) == [200] * 2


async def test_a_home_with_many_ipv6_addresses_is_one_address(call_from: Caller) -> None:
    statuses = [await call(await call_from(f"2001:db8:1:1::{number}"), 1) for number in range(CALLS + 1)]
    assert statuses[-1] == [429]
    assert await call(await call_from("2001:db8:1:2::1"), 1) == [401]
    assert await call(await call_from("::ffff:192.0.2.7"), CALLS) == [401] * CALLS
    assert await call(await call_from("192.0.2.7"), 1) == [429]


async def test_guessing_a_password_ends_soon(call_from: Caller) -> None:
    client = await call_from()
    answers = [await client.post(f"{API}/session", json=WRONG) for _ in range(ATTEMPTS + 1)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=6;w=60, "sign-in";q=2;w=60'
    assert re.fullmatch(r'"default";r=5;t=\d+, "sign-in";r=1;t=\d+', answers[0].headers["RateLimit"])
    assert answers[-1].json()["policy"] == "sign-in"
    assert "attempts to sign in" in answers[-1].json()["detail"]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert await call(client, 1) == [401], "other calls go on"


async def test_setting_up_is_counted_with_it(call_from: Caller) -> None:
    client = await call_from()
    body = {"workspace": "Web team", "name": "Ana", **WRONG, "password": "x"}
    statuses = [(await client.post(f"{API}/setup", json=body)).status_code for _ in range(ATTEMPTS + 1)]
    assert statuses[-1] == 429


async def test_guessing_one_person_s_password_from_many_addresses_ends_too(call_from: Caller) -> None:
    spellings = ["ana@example.com", " ANA@example.com", "Ana@Example.com "]
    statuses = []
    for number in range(ATTEMPTS * rate_limits.EMAIL_SHARE + 1):
        client = await call_from(f"192.0.2.{number}")
        attempt = await client.post(f"{API}/session", json={**WRONG, "email": spellings[number % 3]})
        statuses.append(attempt.status_code)
    assert statuses == [401] * 6 + [429]
    other = await (await call_from("192.0.2.99")).post(f"{API}/session", json={**WRONG, "email": "ben@example.com"})
    assert other.status_code == 401


async def test_one_stranger_cannot_lock_somebody_out(call_from: Caller) -> None:
    stranger = await call_from("192.0.2.66")
    for _ in range(5):
        await stranger.post(f"{API}/session", json=WRONG)
    assert (await (await call_from()).post(f"{API}/session", json=WRONG)).status_code == 401


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"email": 5}', b"", b'{"email": "\\ud800"}'])
async def test_an_attempt_that_cannot_be_read_is_refused_for_what_it_is(call_from: Caller, body: bytes) -> None:
    client = await call_from()
    headers = {"Content-Type": "application/json"}
    assert (await client.post(f"{API}/session", content=body, headers=headers)).status_code in {400, 422}


async def test_zero_means_any_number(database: None) -> None:
    transport = ASGITransport(make_app(0, 0))
    async with AsyncClient(transport=transport, base_url="http://tasks.test") as client:
        assert await call(client, 20) == [401] * 20
        answers = [await client.post(f"{API}/session", json=WRONG) for _ in range(ATTEMPTS + 1)]
        assert {answer.status_code for answer in answers} == {401}
        assert "RateLimit" not in answers[0].headers
