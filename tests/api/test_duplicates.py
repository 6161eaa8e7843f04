"""Copies over the API."""

from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


async def test_a_task_is_duplicated_with_what_is_below_it(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Top")).ref
    await team.task("Below", parent=ref)
    copy = await owner.post(f"{API}/tasks/{ref}:duplicate", json={"with_subtasks": True})
    assert (copy.status_code, copy.json()["title"]) == (201, "Top (copy)")
    assert copy.json()["subtasks"]["total"] == 1
    assert (await owner.get(copy.headers["Location"])).json() == copy.json()
    alone = await owner.post(f"{API}/tasks/{ref}:duplicate", json={})
    assert alone.json()["subtasks"]["total"] == 0


async def test_a_project_is_duplicated(owner: AsyncClient, team: Team) -> None:
    await team.task("First")
    body = {"key": f"{team.key}C", "name": "Copy", "with_tasks": True}
    copy = await owner.post(f"{API}/projects/{team.key}:duplicate", json=body)
    assert (copy.status_code, copy.json()["key"], copy.json()["open_tasks"]) == (201, f"{team.key}C", 1)
    assert (await owner.get(copy.headers["Location"])).json() == copy.json()
    again = await owner.post(f"{API}/projects/{team.key}:duplicate", json=body)
    assert again.status_code == 409
