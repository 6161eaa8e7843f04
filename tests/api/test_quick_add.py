"""Tasks from lines over the API."""

from typing import Any

from httpx import AsyncClient

from tests.factories import Team


async def test_lines_are_tried_and_then_become_tasks_that_one_undo_takes_back(owner: AsyncClient, team: Team) -> None:
    project = f"/api/v1/projects/{team.key}"
    body = "- Fix the login !high\n- Write the manual"
    trial = await owner.post(f"{project}/tasks:quick", json={"body": body, "dry_run": True})
    assert (trial.status_code, trial.json()["command"]) == (200, None)
    assert trial.json()["tasks"][0]["chips"] == [
        {"kind": "priority", "text": "!high", "start": 14, "end": 19, "value": "high", "rivals": []},
    ]
    assert (await owner.get(f"{project}/tasks")).json() == []
    call: dict[str, Any] = {"json": {"body": body}, "headers": {"Idempotency-Key": "once"}}
    made, again = [await owner.post(f"{project}/tasks:quick", **call) for _ in range(2)]
    assert made.json() == again.json()
    assert [task["ref"] for task in made.json()["tasks"]] == [f"{team.key}-1", f"{team.key}-2"]
    assert (await owner.get(f"/api/v1/tasks/{team.key}-1")).json()["priority"] == "high"
    undone = await owner.post(f"{project}/events/{made.json()['command']}:undo")
    assert undone.status_code == 200
    assert (await owner.get(f"{project}/tasks")).json() == []


async def test_a_line_that_makes_no_task_is_refused(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"/api/v1/projects/{team.key}/tasks:quick", json={"body": "One\n" + "x" * 1_001})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body")
