"""Templates over the API."""

import pytest
from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


@pytest.fixture
def address(team: Team) -> str:
    return f"{API}/projects/{team.key}/templates"


async def test_a_template_is_added_edited_and_deleted(owner: AsyncClient, address: str) -> None:
    added = await owner.post(address, json={"name": "Bug", "content": {"priority": "high"}})
    assert (added.status_code, added.json()["content"], added.json()["version"]) == (201, {"priority": "high"}, 1)
    one = f"{address}/{added.json()['id']}"
    assert (await owner.patch(one, json={"content": {"title": "A bug"}})).json()["content"] == {"title": "A bug"}
    assert [each["name"] for each in (await owner.get(address)).json()] == ["Bug"]
    assert (await owner.delete(one)).status_code == 204
    assert (await owner.get(address)).json() == []


async def test_a_task_is_made_from_a_template(owner: AsyncClient, team: Team, address: str) -> None:
    template = (await owner.post(address, json={"name": "Bug", "content": {"title": "A bug", "estimate": 3}})).json()
    tasks = f"{API}/projects/{team.key}/tasks"
    created = await owner.post(tasks, json={"template": template["id"], "priority": "low"})
    assert created.status_code == 201
    assert (created.json()["title"], created.json()["estimate"], created.json()["priority"]) == ("A bug", 3.0, "low")


async def test_a_template_that_is_none_is_refused(owner: AsyncClient, team: Team) -> None:
    tasks = f"{API}/projects/{team.key}/tasks"
    nonsense = await owner.post(tasks, json={"title": "A", "template": "bug"})
    assert (nonsense.status_code, nonsense.json()["errors"][0]["pointer"]) == (422, "/template")
    unknown = await owner.post(tasks, json={"title": "A", "template": "00000000-0000-7000-8000-000000000000"})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/template")


async def test_a_wrong_content_is_pointed_at(owner: AsyncClient, address: str) -> None:
    refused = await owner.post(address, json={"name": "Bug", "content": {"priority": "huge"}})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/content/priority")
