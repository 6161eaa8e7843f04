"""Carrying tasks from project to project over the API."""

from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


async def test_a_task_goes_to_another_project_and_its_old_address_leads_there(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix it")).ref
    await owner.post(f"{API}/projects", json={"key": f"{team.key}B", "name": "Shop"})
    answer = await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": f"{team.key}b"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["task"]["ref"], body["task"]["version"]) == (f"{team.key}B-1", 3)
    assert (body["relocated"], body["left_out"]) == ([{"ref": f"{team.key}B-1", "was": ref}], [])
    assert answer.headers["Content-Location"] == f"{API}/tasks/{team.key}B-1"
    old = await owner.get(f"{API}/tasks/{ref}")
    assert (old.status_code, old.json()["ref"], old.headers["ETag"]) == (200, f"{team.key}B-1", '"3"')
    assert old.headers["Content-Location"] == f"{API}/tasks/{team.key}B-1"
    new = await owner.get(f"{API}/tasks/{team.key}B-1")
    assert new.json() == old.json()
    assert "Content-Location" not in new.headers


async def test_a_project_that_is_none_is_refused(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix it")).ref
    assert (await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": "NOTHERE"})).status_code == 404
    same = await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": team.key})
    assert (same.status_code, same.json()["errors"][0]["pointer"]) == (422, "/project")
