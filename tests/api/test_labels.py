"""Labels over the API."""

from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


async def test_a_label_is_added_recoloured_and_deleted(owner: AsyncClient, team: Team) -> None:
    labels = f"{API}/projects/{team.key}/labels"
    added = await owner.post(labels, json={"name": "bug"})
    assert (added.status_code, added.json()["color"]) == (201, "#8b8d98")
    address = f"{labels}/{added.json()['id']}"
    assert (await owner.patch(address, json={"color": "#e5484d"})).json()["color"] == "#e5484d"
    assert [label["name"] for label in (await owner.get(labels)).json()] == ["bug"]
    assert (await owner.delete(address)).status_code == 204
    assert (await owner.get(labels)).json() == []


async def test_a_deleted_label_is_gone_from_its_tasks(owner: AsyncClient, team: Team) -> None:
    label = (await owner.post(f"{API}/projects/{team.key}/labels", json={"name": "bug"})).json()["id"]
    ref = (await team.task(label_ids=[label])).ref
    await owner.delete(f"{API}/projects/{team.key}/labels/{label}")
    task = await owner.get(f"{API}/tasks/{ref}")
    assert task.json()["label_ids"] == []
    assert task.headers["ETag"] == '"2"'


async def test_a_taken_name_is_refused(owner: AsyncClient, team: Team) -> None:
    labels = f"{API}/projects/{team.key}/labels"
    await owner.post(labels, json={"name": "bug"})
    assert (await owner.post(labels, json={"name": "bug"})).status_code == 409


async def test_a_colour_that_is_none_is_refused(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/labels", json={"name": "bug", "color": "red"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/color")
