"""Columns over the API."""

import pytest
from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


async def _names(client: AsyncClient, team: Team) -> list[str]:
    return [column["name"] for column in (await client.get(f"{API}/projects/{team.key}/columns")).json()]


async def test_a_limit_may_be_written_with_a_point(owner: AsyncClient, team: Team) -> None:
    body = '{"name": "Doing", "category": "started", "wip_limit": 3.0}'
    headers = {"Content-Type": "application/json"}
    made = await owner.post(f"/api/v1/projects/{team.key}/columns", content=body, headers=headers)
    assert (made.status_code, made.json()["wip_limit"]) == (201, 3)


async def test_a_column_is_added_moved_edited_and_deleted(owner: AsyncClient, team: Team) -> None:
    columns = f"{API}/projects/{team.key}/columns"
    added = await owner.post(columns, json={"name": "Testing", "category": "started", "wip_limit": 2})
    assert added.status_code == 201
    address = f"{columns}/{added.json()['id']}"
    await owner.post(f"{address}:move", json={"after": str(team.columns["To do"].id)})
    assert (await _names(owner, team))[2] == "Testing"
    await owner.post(f"{address}:move", json={"after": None})
    assert (await _names(owner, team))[0] == "Testing"
    edited = await owner.patch(address, json={"wip_limit": None, "name": "QA"})
    assert (edited.json()["wip_limit"], edited.json()["name"], edited.json()["category"]) == (None, "QA", "started")
    assert (await owner.delete(address)).status_code == 204
    assert "QA" not in await _names(owner, team)


async def test_a_column_with_tasks_stays(owner: AsyncClient, team: Team) -> None:
    await team.task(column="Done")
    refused = await owner.delete(f"{API}/projects/{team.key}/columns/{team.columns['Done'].id}")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/clash")


@pytest.mark.parametrize("limit", [0, -1, 10_001, 2**40, "3", 3.5, True])
async def test_a_limit_is_a_whole_number(owner: AsyncClient, team: Team, limit: object) -> None:
    refused = await owner.patch(
        f"{API}/projects/{team.key}/columns/{team.columns['Done'].id}", json={"wip_limit": limit}
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/wip_limit")


async def test_a_column_does_not_move_after_one_that_is_not_there(owner: AsyncClient, team: Team) -> None:
    done = team.columns["Done"].id
    address = f"{API}/projects/{team.key}/columns/{done}:move"
    assert (await owner.post(address, json={"after": "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"})).status_code == 422
    assert (await owner.post(address, json={"after": "x"})).json()["errors"][0]["pointer"] == "/after"
    assert (await owner.post(address, json={})).json()["errors"] == [{"pointer": "/after", "detail": "This is needed."}]


async def test_an_address_without_an_id_says_so(owner: AsyncClient, team: Team) -> None:
    refused = await owner.patch(f"{API}/projects/{team.key}/columns/done", json={"name": "x"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/path/column_id")


async def test_a_column_is_deleted_once_it_is_said_where_its_tasks_go(owner: AsyncClient, team: Team) -> None:
    task = await team.task(column="In review")
    address = f"{API}/projects/{team.key}/columns/{team.columns['In review'].id}"
    assert (await owner.delete(address)).status_code == 409
    done = team.columns["Done"].id
    assert (await owner.delete(address, params={"move_to": str(done)})).status_code == 204
    assert (await owner.get(f"{API}/tasks/{task.ref}")).json()["column_id"] == str(done)
