"""Who may call what. Every route has a decision, and what somebody may not see does not exist for them."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from httpx import AsyncClient

from tasktracker.services.projects import set_project_member
from tasktracker.services.sessions import create_token, open_session, revoke_session
from tests.api.conftest import Sign
from tests.factories import Team, make_session, make_team

API = "/api/v1"
FOR_ANYBODY = {
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/setup"),  # it works once, on a server with nobody in it
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/reference.css"),
    ("GET", "/api/docs/reference.js"),
    ("GET", "/problems/{slug}"),
    ("GET", "/api/v1/broken"),  # the tests' own, in conftest.py
}
SOME_ID = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"


def _routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute):
            for method in context.original_route.methods or ():
                yield method, context.original_route.path_format


async def test_every_route_asks_who_is_there_but_those_that_are_for_anybody(app: FastAPI, nobody: AsyncClient) -> None:
    routes = set(_routes(app))
    assert len(routes) > 40
    assert routes >= FOR_ANYBODY
    for method, path in sorted(routes - FOR_ANYBODY):
        address = path.replace("{key}", "WEB").replace("{ref}", "WEB-1").replace("{", "").replace("}", "")
        for body in (None, "{"):
            refused = await nobody.request(method, address.replace("account_id", SOME_ID), content=body)
            assert refused.status_code == 401, (method, path)
            assert refused.headers["WWW-Authenticate"] == "Bearer"
            assert refused.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["Bearer tt_unknown", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "tt_x", "Bearer \xe9", ""]
)
async def test_what_is_no_token_is_refused(nobody: AsyncClient, header: str) -> None:
    refused = await nobody.get(f"{API}/me", headers=[(b"Authorization", header.encode("latin-1"))])
    assert refused.status_code == 401


async def test_a_wrong_token_is_not_made_good_by_a_cookie(nobody: AsyncClient, team: Team) -> None:
    secret, _ = await make_session(team.owner)
    refused = await nobody.get(f"{API}/me", headers={"Cookie": f"tasktracker={secret}", "Authorization": "Bearer tt_x"})
    assert refused.status_code == 401


async def test_a_cookie_s_secret_is_no_token(nobody: AsyncClient, team: Team) -> None:
    secret, _ = await make_session(team.owner)
    assert (await nobody.get(f"{API}/me", headers={"Authorization": f"Bearer {secret}"})).status_code == 401
    assert (await nobody.get(f"{API}/me", headers={"Cookie": f"tasktracker={secret}"})).status_code == 200


async def test_a_revoked_session_can_do_nothing(nobody: AsyncClient, team: Team) -> None:
    secret, session = await make_session(team.owner)
    cookie = {"Cookie": f"tasktracker={secret}"}
    assert (await nobody.get(f"{API}/projects", headers=cookie)).status_code == 200
    await revoke_session(team.owner, session.id)
    assert (await nobody.get(f"{API}/projects", headers=cookie)).status_code == 401


async def test_a_private_project_looks_exactly_like_one_that_is_not_there(owner: AsyncClient, sign: Sign) -> None:
    hidden = await make_team(is_private=True)
    await hidden.task()
    outsider = await sign(await hidden.person("admin"))
    for method, path, body in (
        ("GET", "projects/{}", None),
        ("PATCH", "projects/{}", {"name": "x"}),
        ("POST", "projects/{}:archive", None),
        ("GET", "projects/{}/board", None),
        ("GET", "projects/{}/events", None),
        ("GET", "projects/{}/events?wait=1", None),
        ("GET", "projects/{}/tasks", None),
        ("POST", "projects/{}/tasks", {"title": "x"}),
        ("GET", "projects/{}/custom-fields", None),
        ("POST", "projects/{}/custom-fields", {"name": "x", "kind": "text"}),
        ("GET", "projects/{}/members", None),
        ("PUT", f"projects/{{}}/members/{SOME_ID}", {"role": "viewer"}),
        ("GET", "tasks/{}-1", None),
        ("PATCH", "tasks/{}-1", {"title": "x"}),
        ("DELETE", "tasks/{}-1", None),
        ("GET", "tasks/{}-1/comments", None),
        ("POST", "tasks/{}-1/comments", {"body": "x"}),
        ("GET", "tasks/{}-1/attachments", None),
        ("GET", f"tasks/{{}}-1/attachments/{SOME_ID}/content", None),
        ("GET", "tasks/{}-1/history", None),
    ):
        seen = [await outsider.request(method, f"{API}/{path.format(key)}", json=body) for key in (hidden.key, "QQQ")]
        answers = [(answer.status_code, _without_request(answer.text, answer.json()["instance"])) for answer in seen]
        assert answers[0] == (404, answers[1][1].replace("QQQ", hidden.key)), path
    stranger = await owner.get(f"{API}/projects/{hidden.key}")
    assert stranger.status_code == 404


async def test_a_viewer_reads_and_changes_nothing(team: Team, sign: Sign) -> None:
    viewer, ref = await _with_project_role(team, sign, "viewer"), (await team.task()).ref
    assert (await viewer.get(f"{API}/tasks/{ref}")).status_code == 200
    for refused in (
        await viewer.patch(f"{API}/tasks/{ref}", json={"title": "x"}),
        await viewer.post(f"{API}/tasks/{ref}:archive"),
        await viewer.post(f"{API}/tasks/{ref}/comments", json={"body": "x"}),
        await viewer.post(f"{API}/projects/{team.key}/tasks", json={"title": "x"}),
        await viewer.post(f"{API}/projects/{team.key}/labels", json={"name": "x"}),
        await viewer.post(f"{API}/projects/{team.key}/custom-fields", json={"name": "x", "kind": "text"}),
        await viewer.post(f"{API}/projects/{team.key}:archive"),
    ):
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
        assert "viewer" in refused.json()["detail"]


async def test_an_editor_does_not_manage_the_project(team: Team, sign: Sign) -> None:
    editor = await _with_project_role(team, sign, "editor")
    assert (await editor.post(f"{API}/projects/{team.key}/tasks", json={"title": "x"})).status_code == 201
    assert (await editor.patch(f"{API}/projects/{team.key}", json={"name": "x"})).status_code == 403


async def test_a_read_only_token_reads_and_changes_nothing(team: Team, sign: Sign) -> None:
    reader, ref = await sign(team.owner, may_write=False), (await team.task()).ref
    assert (await reader.get(f"{API}/me")).json()["may_write"] is False
    assert (await reader.get(f"{API}/tasks/{ref}")).status_code == 200
    for refused in (
        await reader.patch(f"{API}/tasks/{ref}", json={"title": "x"}),
        await reader.post(f"{API}/projects", json={"key": "NEW", "name": "New"}),
        await reader.post(f"{API}/tokens", json={"name": "stronger"}),
        await reader.post(f"{API}/projects/{team.key}/tasks", json={"title": "x"}, headers={"Idempotency-Key": "1"}),
    ):
        assert refused.status_code == 403
        assert "read-only" in refused.json()["detail"]


async def test_guests_see_only_what_they_are_invited_to(team: Team, sign: Sign) -> None:
    guest = await team.person("guest")
    client = await sign(guest)
    assert (await client.get(f"{API}/projects")).json() == []
    await set_project_member(team.owner, team.key, guest.account_id, "commenter")
    assert [project["role"] for project in (await client.get(f"{API}/projects")).json()] == ["commenter"]


async def test_events_name_the_request_that_caused_them(owner: AsyncClient, team: Team) -> None:
    made = await owner.post(
        f"{API}/projects/{team.key}/tasks", json={"title": "x"}, headers={"X-Request-Id": "from-my-script-1"}
    )
    history = await owner.get(f"{API}/tasks/{made.json()['ref']}/history")
    assert history.json()[0]["request"] == "from-my-script-1"


async def test_an_expired_token_is_refused(nobody: AsyncClient, team: Team) -> None:
    secret = await open_session(team.owner, days=-1)
    assert (await nobody.get(f"{API}/me", headers={"Cookie": f"tasktracker={secret}"})).status_code == 401


async def _with_project_role(team: Team, sign: Sign, role: str) -> AsyncClient:
    person = await team.person()
    await set_project_member(team.owner, team.key, person.account_id, role)
    return await sign(person)


def _without_request(text: str, request: str) -> str:
    return text.replace(request, "")


async def test_a_token_in_a_cookie_is_checked_like_any_other(nobody: AsyncClient, team: Team) -> None:
    """Nobody gains anything by it: the token has the same rights wherever it stands."""
    secret = await create_token(team.owner, "x", may_write=False)
    refused = await nobody.post(
        f"{API}/projects",
        json={"key": "NEW", "name": "x"},
        headers={"Cookie": f"tasktracker={secret}", "Sec-Fetch-Site": "same-origin"},
    )
    assert refused.status_code == 403
