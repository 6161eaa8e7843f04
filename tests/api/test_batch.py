"""Many changes of tasks in one call."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.factories import Team


@pytest.fixture
def address(team: Team) -> str:
    return f"/api/v1/projects/{team.key}/tasks:batch"


async def test_many_changes_are_made_in_one_call(owner: AsyncClient, team: Team, address: str) -> None:
    ref = (await team.task()).ref
    operations: list[dict[str, Any]] = [
        {"op": "edit", "ref": ref.lower(), "fields": {"priority": "high"}, "version": 1},
        {"op": "create", "fields": {"title": "New"}},
    ]
    answer = await owner.post(address, json={"operations": operations})
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [(each["ref"], each["version"]) for each in results] == [(ref, 2), (f"{team.key}-2", 1)]
    assert results[0]["changes"] == [{"field": "priority", "old": "none", "new": "high"}]
    events = (await owner.get(f"/api/v1/projects/{team.key}/events", params={"after": 0})).json()
    assert [event["command"] for event in events][-2:] == [answer.json()["command"]] * 2


async def test_a_dry_run_whose_answer_is_kept_changes_nothing(owner: AsyncClient, team: Team, address: str) -> None:
    body = {"operations": [{"op": "create", "fields": {"title": "New"}}], "dry_run": True}
    for _ in range(2):
        trial = await owner.post(address, json=body, headers={"Idempotency-Key": "trial"})
        assert (trial.json()["command"], trial.json()["results"][0]["ref"]) == (None, f"{team.key}-1")
    assert (await owner.get(f"/api/v1/projects/{team.key}/tasks")).json() == []


async def test_a_full_column_is_refused_as_by_a_single_call(owner: AsyncClient, team: Team, address: str) -> None:
    column = str(team.columns["In progress"].id)
    await owner.patch(f"/api/v1/projects/{team.key}/columns/{column}", json={"wip_limit": 1})
    create = {"op": "create", "fields": {"title": "New", "column_id": column}}
    refused = await owner.post(address, json={"operations": [create, create]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/column-full")
    assert refused.json()["limit"] == 1
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/operations/1"]
    assert (await owner.get(f"/api/v1/projects/{team.key}/tasks")).json() == []


async def test_a_conflict_shows_the_task_that_it_is_about(owner: AsyncClient, team: Team, address: str) -> None:
    ref = (await team.task()).ref
    await owner.patch(f"/api/v1/tasks/{ref}", json={"title": "Theirs"})
    edit = {"op": "edit", "ref": ref, "fields": {"title": "Mine"}, "version": 1}
    refused = await owner.post(address, json={"operations": [{"op": "create", "fields": {"title": "New"}}, edit]})
    assert (refused.status_code, refused.json()["type"]) == (412, "/problems/conflict")
    assert refused.json()["current"]["title"] == "Theirs"
    assert refused.json()["errors"][0]["pointer"] == "/operations/1"
    edit["version"] = "*"
    assert (await owner.post(address, json={"operations": [edit]})).json()["results"][0]["version"] == 3


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"operations": []}, ["/operations"]),
        ({}, ["/operations"]),
        ({"operations": [{"op": "create", "fields": {"title": ""}}]}, ["/operations/0/fields/title"]),
        ({"operations": [{"op": "create", "fields": {"title": "A"}, "colour": 1}]}, ["/operations/0/colour"]),
        ({"operations": [{"ref": "WEB-1"}]}, ["/operations/0/op"]),
        ({"operations": [{"op": "edit", "ref": "WEB-1", "fields": {}, "version": 1.5}]}, ["/operations/0/version"]),
    ],
)
async def test_what_is_wrong_is_pointed_at(
    owner: AsyncClient, team: Team, address: str, body: dict[str, Any], pointers: list[str]
) -> None:
    refused = await owner.post(address, json=body)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
