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


async def test_undo_in_the_other_project_takes_the_task_back(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix it")).ref
    await owner.post(f"{API}/projects", json={"key": f"{team.key}B", "name": "Shop"})
    await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": f"{team.key}B"})
    answer = await owner.post(f"{API}/projects/{team.key}B:undo")
    assert answer.status_code == 200
    back = await owner.get(f"{API}/tasks/{team.key}B-1")
    assert (back.json()["ref"], back.headers["Content-Location"]) == (ref, f"{API}/tasks/{ref}")
    again = await owner.post(f"{API}/projects/{team.key}B/events/{answer.json()['command']}:undo")
    assert again.status_code == 200
    await owner.patch(f"{API}/tasks/{team.key}B-1", json={"column_id": str(await last_column(owner, team))})
    refused = await owner.post(f"{API}/projects/{team.key}:undo")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/cannot-undo")
    blocker = refused.json()["blockers"][-1]
    assert (blocker["project"], blocker["kind"]) == (f"{team.key}B", "TaskMoved")


async def last_column(owner: AsyncClient, team: Team) -> str:
    board = (await owner.get(f"{API}/projects/{team.key}B/board")).json()
    return str(board["project"]["columns"][-1]["id"])


async def test_a_project_that_is_none_is_refused(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix it")).ref
    refused = await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": "NOTHERE"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/project")
    same = await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": team.key})
    assert (same.status_code, same.json()["errors"][0]["pointer"]) == (422, "/project")
