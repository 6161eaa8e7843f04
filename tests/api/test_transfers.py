"""Carrying tasks from project to project over the API."""

from typing import Any

import pytest
from fastapi.routing import APIRoute
from httpx import AsyncClient

from tasktracker.api.openapi import document
from tasktracker.api.uploads import UploadRoute
from tasktracker.api.v1 import ROUTERS
from tasktracker.domain.ids import new_id
from tests.api.conftest import Sign
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
    old = await owner.get(f"{API}/tasks/{ref}?fields=ref,title", follow_redirects=True)
    assert (old.status_code, old.json()) == (200, {"ref": f"{team.key}B-1", "title": "Fix it"})


OF_TASKS = [
    (route, method)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "ref" in route.param_convertors
    for method in sorted(route.methods or ())
]


@pytest.fixture
async def moved(owner: AsyncClient, team: Team) -> tuple[str, str]:
    """What a task was called, and what it is called now. There is a third project, SHOP."""
    ref = (await team.task()).ref
    for key in (f"{team.key}B", "SHOP"):
        await owner.post(f"{API}/projects", json={"key": key, "name": key})
    answer = await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": f"{team.key}B"})
    return ref, answer.json()["task"]["ref"]


@pytest.mark.parametrize(
    ("route", "method"), OF_TASKS, ids=[f"{method} {route.path_format}" for route, method in OF_TASKS]
)
async def test_every_call_to_the_old_reference_is_sent_to_the_new_one(
    owner: AsyncClient, moved: tuple[str, str], route: APIRoute, method: str
) -> None:
    others = {name: str(new_id()) for name in route.param_convertors}
    others |= {"other": moved[1], "kind": "blocks", "emoji": "%F0%9F%91%8D", "account": "me"}
    old, new = (route.path_format.format(**{**others, "ref": ref}) for ref in moved)
    refused = await owner.request(method, old, **_body(route, method))
    assert (refused.status_code, refused.json()["type"]) == (308, "/problems/moved")
    assert (refused.headers["Location"], refused.json()["ref"]) == (new, moved[1])
    assert refused.headers["Cache-Control"] == "private, no-cache"


def _body(route: APIRoute, method: str) -> dict[str, Any]:
    if isinstance(route, UploadRoute):
        return {"files": {"file": ("a.txt", b"text")}}
    if route.body_field is None:
        return {}
    content = document()["paths"][route.path_format][method.lower()]["requestBody"]["content"]["application/json"]
    return {"json": next(iter(content["examples"].values()))["value"]}


async def test_a_relation_to_the_old_reference_is_made_with_the_new_one(
    owner: AsyncClient, team: Team, moved: tuple[str, str]
) -> None:
    ref = (await team.task()).ref
    made = await owner.put(f"{API}/tasks/{ref}/relations/blocks/{moved[0]}", follow_redirects=True)
    assert (made.status_code, [each["ref"] for each in made.json()["relations"]]) == (200, [moved[1]])


async def test_an_old_reference_leads_nowhere_for_those_who_may_not_go_there(
    owner: AsyncClient, team: Team, moved: tuple[str, str], sign: Sign
) -> None:
    await owner.patch(f"{API}/projects/{moved[1].partition('-')[0]}", json={"is_private": True})
    member = await sign(await team.person())
    refused = await member.get(f"{API}/tasks/{moved[0]}")
    assert (refused.status_code, "Location" in refused.headers) == (404, False)


async def test_what_is_not_there_under_the_new_reference_is_not_found(
    owner: AsyncClient, moved: tuple[str, str]
) -> None:
    assert (await owner.delete(f"{API}/tasks/{moved[1]}/comments/{new_id()}")).status_code == 404


async def test_a_task_comes_back_to_where_its_old_reference_says(
    owner: AsyncClient, team: Team, moved: tuple[str, str]
) -> None:
    address, body = f"{API}/tasks/{moved[0]}:transfer", {"project": team.key}
    back = await owner.post(address, json=body, follow_redirects=True)
    assert (back.status_code, back.json()["task"]["ref"]) == (200, f"{team.key}-2")
    latest = await owner.get(f"{API}/tasks/{moved[1]}", follow_redirects=True)
    assert latest.json()["ref"] == f"{team.key}-2"


async def test_undo_in_the_other_project_takes_the_task_back(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix it")).ref
    await owner.post(f"{API}/projects", json={"key": f"{team.key}B", "name": "Shop"})
    await owner.post(f"{API}/tasks/{ref}:transfer", json={"project": f"{team.key}B"})
    answer = await owner.post(f"{API}/projects/{team.key}B:undo")
    assert answer.status_code == 200
    back = await owner.get(f"{API}/tasks/{team.key}B-1")
    assert (back.status_code, back.headers["Location"]) == (308, f"{API}/tasks/{ref}")
    assert (await owner.get(f"{API}/tasks/{ref}")).json()["ref"] == ref
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
