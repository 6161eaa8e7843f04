"""Safe retries: one effect and one answer for each key."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import PASSWORD, Team, make_team

API = "/api/v1"
Call = dict[str, Any]


async def _titles(client: AsyncClient, team: Team) -> list[str]:
    return [task["title"] for task in (await client.get(f"{API}/projects/{team.key}/tasks")).json()]


async def test_a_retry_gets_the_same_answer_and_has_no_second_effect(owner: AsyncClient, team: Team) -> None:
    call: Call = {
        "url": f"{API}/projects/{team.key}/tasks",
        "json": {"title": "Once"},
        "headers": {"Idempotency-Key": "a"},
    }
    first = await owner.post(**call)
    again = await owner.post(**call)
    assert first.status_code == again.status_code == 201
    assert again.content == first.content
    for header in ("ETag", "Location", "Content-Type"):
        assert again.headers[header] == first.headers[header]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await _titles(owner, team) == ["Once"]


async def test_a_hundred_calls_at_once_with_one_key_make_one_task(owner: AsyncClient, team: Team) -> None:
    call: Call = {
        "url": f"{API}/projects/{team.key}/tasks",
        "json": {"title": "Once"},
        "headers": {"Idempotency-Key": "b"},
    }
    answers = await asyncio.gather(*(owner.post(**call) for _ in range(100)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert await _titles(owner, team) == ["Once"]


async def test_another_call_with_a_used_key_is_refused(owner: AsyncClient, team: Team) -> None:
    address, key = f"{API}/projects/{team.key}/tasks", {"Idempotency-Key": "c"}
    ref = (await owner.post(address, json={"title": "One"}, headers=key)).json()["ref"]
    for refused in (
        await owner.post(address, json={"title": "Two"}, headers=key),
        await owner.post(f"{address}?x=1", json={"title": "One"}, headers=key),
        await owner.patch(f"{API}/tasks/{ref}", json={"title": "One"}, headers=key),
        await owner.post(address, json={"title": "One"}, headers={**key, "If-Match": '"1"'}),
    ):
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/headers/Idempotency-Key"
    assert await _titles(owner, team) == ["One"]


async def test_a_refused_call_leaves_the_key_free(owner: AsyncClient, team: Team) -> None:
    address, key = f"{API}/projects/{team.key}/tasks", {"Idempotency-Key": "d"}
    assert (await owner.post(address, json={"title": ""}, headers=key)).status_code == 422
    assert (await owner.post(address, content=b"{", headers={**key, "Content-Type": "application/json"})).is_error
    made = await owner.post(address, json={"title": "Now"}, headers=key)
    assert made.status_code == 201
    assert "Idempotent-Replayed" not in made.headers


async def test_a_move_into_a_full_column_may_be_tried_again_once_there_is_room(owner: AsyncClient, team: Team) -> None:
    column = f"{API}/projects/{team.key}/columns/{team.columns['Done'].id}"
    await owner.patch(column, json={"wip_limit": 1})
    await team.task(column="Done")
    move: Call = {"url": f"{API}/tasks/{(await team.task()).ref}:move", "headers": {"Idempotency-Key": "e"},
            "json": {"column_id": str(team.columns["Done"].id)}}  # fmt: skip
    assert (await owner.post(**move)).status_code == 409
    await owner.patch(column, json={"wip_limit": 2})
    assert (await owner.post(**move)).status_code == 200


async def test_the_same_key_of_two_people_is_two_keys(owner: AsyncClient, team: Team, sign: Sign) -> None:
    other = await sign(await team.person())
    call: Call = {
        "url": f"{API}/projects/{team.key}/tasks",
        "json": {"title": "Same"},
        "headers": {"Idempotency-Key": "f"},
    }
    assert (await owner.post(**call)).content != (await other.post(**call)).content
    assert await _titles(owner, team) == ["Same", "Same"]


async def test_an_answer_without_a_body_is_replayed_too(owner: AsyncClient, team: Team) -> None:
    label = (await owner.post(f"{API}/projects/{team.key}/labels", json={"name": "bug"})).json()
    call: Call = {"url": f"{API}/projects/{team.key}/labels/{label['id']}", "headers": {"Idempotency-Key": "g"}}
    first, again = await owner.delete(**call), await owner.delete(**call)
    assert (first.status_code, again.status_code, again.content) == (204, 204, b"")
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_projects_with_all_that_belongs_to_them_are_made_once(owner: AsyncClient) -> None:
    call: Call = {
        "url": f"{API}/projects",
        "json": {"key": "ONCE", "name": "Once"},
        "headers": {"Idempotency-Key": "h"},
    }
    first, again = await owner.post(**call), await owner.post(**call)
    assert (first.status_code, again.content) == (201, first.content)
    assert len((await owner.get(f"{API}/projects/ONCE/columns")).json()) == 5


@pytest.mark.parametrize("key", ["", "k" * 256])
async def test_a_key_that_cannot_be_kept_is_refused(owner: AsyncClient, team: Team, key: str) -> None:
    refused = await owner.post(
        f"{API}/projects/{team.key}/tasks", json={"title": "One"}, headers={"Idempotency-Key": key}
    )
    assert refused.status_code == 422
    assert await _titles(owner, team) == []


async def test_calls_that_answer_a_secret_take_no_key(owner: AsyncClient, nobody: AsyncClient) -> None:
    """A stored answer would keep the secret readable; a key that is ignored would be a broken promise."""
    key = {"Idempotency-Key": "i"}
    team = await make_team()
    tokens = await owner.post(f"{API}/tokens", json={"name": "x"}, headers=key)
    signing_in = await nobody.post(
        f"{API}/session", json={"email": f"{team.key}@example.org", "password": PASSWORD}, headers=key
    )
    for refused in (tokens, signing_in):
        assert refused.status_code == 422
        assert "secret" in refused.json()["detail"]


async def test_reading_with_a_key_is_reading(owner: AsyncClient) -> None:
    assert (await owner.get(f"{API}/me", headers={"Idempotency-Key": "j"})).status_code == 200
