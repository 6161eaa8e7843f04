"""Rules over the API."""

from typing import Any

from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"
NEW: dict[str, Any] = {"name": "Tidy up", "events": ["completed"], "actions": [{"do": "archive"}]}


async def test_a_rule_is_added_switched_off_and_deleted(owner: AsyncClient, team: Team) -> None:
    rules = f"{API}/projects/{team.key}/rules"
    added = await owner.post(rules, json=NEW)
    assert (added.status_code, added.json()["is_enabled"], added.json()["error"]) == (201, True, None)
    address = f"{rules}/{added.json()['id']}"
    assert (await owner.patch(address, json={"is_enabled": False})).json()["is_enabled"] is False
    assert [rule["name"] for rule in (await owner.get(rules)).json()] == ["Tidy up"]
    assert (await owner.delete(address)).status_code == 204
    assert (await owner.get(rules)).json() == []


async def test_what_is_wrong_in_a_rule_is_pointed_at(owner: AsyncClient, team: Team) -> None:
    actions = [{"do": "archive"}, {"do": "set", "fields": {"priority": "highest"}}]
    refused = await owner.post(
        f"{API}/projects/{team.key}/rules", json={**NEW, "events": ["destroyed"], "actions": actions}
    )
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/events/0", "/actions/1/fields/priority"]


async def test_a_dry_run_shows_the_changes_and_keeps_none(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix the login")).ref
    rules = f"{API}/projects/{team.key}/rules"
    actions = [{"do": "set", "fields": {"priority": "high"}}]
    changes = [{"field": "priority", "old": "none", "new": "high"}]
    shown = {"total": 1, "tasks": [{"ref": ref, "title": "Fix the login", "changes": changes, "refusal": None}]}
    tried = await owner.post(f"{rules}:dry-run", json={"actions": actions}, headers={"Idempotency-Key": "try"})
    assert (tried.status_code, tried.json()) == (200, shown)
    rule = (await owner.post(rules, json={**NEW, "actions": actions})).json()
    assert (await owner.post(f"{rules}/{rule['id']}:dry-run", json={"limit": 5})).json() == shown
    assert (await owner.get(f"{API}/tasks/{ref}")).json()["version"] == 1


async def test_a_condition_that_cannot_be_read_is_shown_where_it_is_wrong(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/rules", json={**NEW, "condition": "priority:highest"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/condition")
    assert "highest" in refused.json()["detail"]


async def test_what_a_rule_did_is_listed(owner: AsyncClient, team: Team) -> None:
    rules = f"{API}/projects/{team.key}/rules"
    rule = (await owner.post(rules, json=NEW)).json()
    assert (await owner.get(f"{rules}/{rule['id']}/runs")).json() == []
    assert (await owner.get(f"{rules}/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101/runs")).status_code == 404
