"""Custom fields over the API."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"
SEVERITY: dict[str, Any] = {"name": "Severity", "kind": "select", "options": ["low", "high"]}


@pytest.fixture
async def fields(team: Team) -> str:
    """The address of the project's custom fields."""
    return f"{API}/projects/{team.key}/custom-fields"


async def test_a_field_is_added_edited_moved_and_deleted(owner: AsyncClient, fields: str) -> None:
    added = await owner.post(fields, json=SEVERITY)
    assert (added.status_code, added.json()["key"], added.json()["version"]) == (201, "severity", 1)
    other = (await owner.post(fields, json={"name": "Budget", "kind": "number", "key": "money"})).json()
    address = f"{fields}/{added.json()['id']}"
    assert (await owner.patch(address, json={"rename": {"low": "minor"}})).json()["options"] == ["minor", "high"]
    assert (await owner.post(f"{fields}/{other['id']}:move", json={"after": None})).status_code == 200
    assert [field["key"] for field in (await owner.get(fields)).json()] == ["money", "severity"]
    assert (await owner.delete(address)).status_code == 204
    assert [field["key"] for field in (await owner.get(fields)).json()] == ["money"]


async def test_a_kind_that_there_is_not_is_refused(owner: AsyncClient, fields: str) -> None:
    refused = await owner.post(fields, json={"name": "Severity", "kind": "colour"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/kind")


async def test_a_value_is_set_and_a_wrong_one_is_pointed_at(owner: AsyncClient, team: Team, fields: str) -> None:
    await owner.post(fields, json=SEVERITY)
    task = f"{API}/tasks/{(await team.task()).ref}"
    assert (await owner.patch(task, json={"custom": {"severity": "high"}})).json()["custom"] == {"severity": "high"}
    refused = await owner.patch(task, json={"custom": {"severity": "hihg"}})
    assert (refused.status_code, refused.json()["errors"]) == (
        422, [{"pointer": "/custom/severity", "detail": "This must be one of: low, high."}],
    )  # fmt: skip


async def test_different_custom_fields_merge_and_the_same_one_conflicts(
    owner: AsyncClient, team: Team, fields: str
) -> None:
    await owner.post(fields, json=SEVERITY)
    await owner.post(fields, json={"name": "Budget", "kind": "number"})
    task = f"{API}/tasks/{(await team.task()).ref}"
    seen = {"If-Match": '"1"'}
    await owner.patch(task, json={"custom": {"severity": "high"}}, headers=seen)
    merged = await owner.patch(task, json={"custom": {"budget": 5}}, headers=seen)
    assert (merged.status_code, merged.json()["custom"]) == (200, {"budget": 5, "severity": "high"})
    refused = await owner.patch(task, json={"custom": {"severity": "low"}}, headers=seen)
    assert refused.status_code == 412
    assert refused.json()["conflicts"] == {"custom.severity": {"base": None, "yours": "low", "theirs": "high"}}
    assert refused.json()["current"]["custom"] == {"budget": 5, "severity": "high"}


async def test_an_option_in_use_is_kept_until_it_is_renamed(owner: AsyncClient, team: Team, fields: str) -> None:
    field = f"{fields}/{(await owner.post(fields, json=SEVERITY)).json()['id']}"
    ref = (await team.task(custom={"severity": "low"})).ref
    refused = await owner.patch(field, json={"options": ["high"]})
    assert refused.status_code == 409
    assert "“low” (1)" in refused.json()["detail"]
    assert (await owner.patch(field, json={"options": ["high"], "rename": {"low": "high"}})).status_code == 200
    task = await owner.get(f"{API}/tasks/{ref}")
    assert (task.json()["custom"], task.headers["ETag"]) == ({"severity": "high"}, '"2"')


async def test_a_deleted_field_is_gone_from_its_tasks(owner: AsyncClient, team: Team, fields: str) -> None:
    field = f"{fields}/{(await owner.post(fields, json=SEVERITY)).json()['id']}"
    ref = (await team.task(custom={"severity": "low"})).ref
    await owner.delete(field)
    assert (await owner.get(f"{API}/tasks/{ref}")).json()["custom"] == {}
