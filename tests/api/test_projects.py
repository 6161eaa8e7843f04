"""Projects over the API."""

import pytest
from httpx import AsyncClient

from tests.factories import Team, make_team

API = "/api/v1"


async def test_a_new_project_has_an_address_and_the_usual_columns(owner: AsyncClient) -> None:
    created = await owner.post(f"{API}/projects", json={"key": "SHOP", "name": "Shop"})
    assert created.status_code == 201
    assert (await owner.get(created.headers["Location"])).json() == created.json()
    assert created.json()["role"] == "manager"
    assert len((await owner.get(f"{API}/projects/SHOP/columns")).json()) == 5


async def test_a_taken_key_is_refused(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"{API}/projects", json={"key": team.key, "name": "Again"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/clash")


async def test_a_project_is_edited_but_keeps_its_key(owner: AsyncClient, team: Team) -> None:
    edited = await owner.patch(f"{API}/projects/{team.key}", json={"name": "Shop", "color": "#FF0000"})
    assert (edited.json()["name"], edited.json()["color"]) == ("Shop", "#ff0000")
    refused = await owner.patch(f"{API}/projects/{team.key}", json={"key": "NEW"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/key")


async def test_an_archived_project_is_read_only_until_it_is_opened_again(owner: AsyncClient, team: Team) -> None:
    address = f"{API}/projects/{team.key}"
    assert (await owner.post(f"{address}:archive")).json()["archived_at"] is not None
    assert (await owner.get(f"{API}/projects")).json() == []
    assert len((await owner.get(f"{API}/projects", params={"archived": "true"})).json()) == 1
    assert (await owner.post(f"{address}/tasks", json={"title": "x"})).status_code == 409
    assert (await owner.post(f"{address}:unarchive")).json()["archived_at"] is None
    assert (await owner.post(f"{address}/tasks", json={"title": "x"})).status_code == 201


async def test_somebody_gets_a_role_and_loses_it(owner: AsyncClient, team: Team) -> None:
    person = await team.person(name="Ben")
    address = f"{API}/projects/{team.key}/members"
    given = await owner.put(f"{address}/{person.account_id}", json={"role": "viewer"})
    assert (given.status_code, given.json()["name"], given.json()["role"]) == (200, "Ben", "viewer")
    assert ("Ben", "viewer") in [(each["name"], each["role"]) for each in (await owner.get(address)).json()]
    assert (await owner.delete(f"{address}/{person.account_id}")).status_code == 204
    assert (await owner.delete(f"{address}/{person.account_id}")).status_code == 404


async def test_a_stranger_gets_no_role(owner: AsyncClient, team: Team) -> None:
    stranger = (await make_team()).owner.account_id
    refused = await owner.put(f"{API}/projects/{team.key}/members/{stranger}", json={"role": "viewer"})
    assert refused.status_code == 404


async def test_an_unknown_role_is_refused(owner: AsyncClient, team: Team) -> None:
    person = await team.person()
    refused = await owner.put(f"{API}/projects/{team.key}/members/{person.account_id}", json={"role": "king"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/role")


@pytest.mark.parametrize("key", ["W", "toolongforakey", "W%00B", "%ED%A0%80", "WEB-1", "..", "%F0%9F%98%80", "W%0A"])
async def test_what_cannot_be_a_key_names_no_project(owner: AsyncClient, key: str) -> None:
    for address in (f"{API}/projects/{key}", f"{API}/projects/{key}/board", f"{API}/projects/{key}/events"):
        refused = await owner.get(address)
        assert (refused.status_code, refused.headers["Content-Type"]) == (404, "application/problem+json")
