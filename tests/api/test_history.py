"""What happened, over the API."""

import asyncio
from time import perf_counter

import pytest
from httpx import AsyncClient

from tasktracker.services.following import hub
from tests.factories import Team

API = "/api/v1"


async def test_a_task_tells_its_history_newest_first(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    await owner.patch(f"{API}/tasks/{ref}", json={"priority": "high"})
    history = await owner.get(f"{API}/tasks/{ref}/history", params={"limit": 1})
    assert history.json()[0]["changes"] == [{"field": "priority", "old": "none", "new": "high"}]
    rest = (await owner.get(history.links["next"]["url"])).json()
    assert [event["kind"] for event in rest] == ["TaskCreated"]


async def test_the_feed_leads_from_the_first_event_to_the_last_without_a_gap(owner: AsyncClient, team: Team) -> None:
    for _ in range(3):
        await team.task()
    address, revisions = f"{API}/projects/{team.key}/events?limit=4", []
    while events := (answer := await owner.get(address)).json():
        revisions += [event["revision"] for event in events]
        address = answer.links["next"]["url"]
    assert revisions == list(range(1, revisions[-1] + 1))
    board = (await owner.get(f"{API}/projects/{team.key}/board")).json()
    assert revisions[-1] == board["revision"]


async def test_a_waiting_call_is_answered_as_soon_as_something_happens(
    owner: AsyncClient,
    team: Team,
    listening: None,
) -> None:
    head = (await owner.get(f"{API}/projects/{team.key}/board")).json()["revision"]
    waiting = asyncio.create_task(owner.get(f"{API}/projects/{team.key}/events?after={head}&wait=20"))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    started = perf_counter()
    await team.task("News")
    answer = await waiting
    assert perf_counter() - started < 3.5  # the looks are 2 s apart, even if no news came through
    assert [event["kind"] for event in answer.json()] == ["TaskCreated"]
    assert team.project.id not in hub.open_logs


async def test_a_waiting_call_ends_in_time_without_news(owner: AsyncClient, team: Team) -> None:
    started = perf_counter()
    answer = await owner.get(f"{API}/projects/{team.key}/events?after=1000&wait=1")
    assert 0.9 < perf_counter() - started < 3
    assert (answer.status_code, answer.json(), "next" in answer.links) == (200, [], False)


async def test_nobody_waits_for_what_is_there_already(owner: AsyncClient, team: Team) -> None:
    started = perf_counter()
    assert (await owner.get(f"{API}/projects/{team.key}/events?wait=25")).json()
    assert perf_counter() - started < 2


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("after=-1", "/query/after"),
        (f"after={2**63}", "/query/after"),
        ("after=x", "/query/after"),
        ("limit=0", "/query/limit"),
        ("limit=101", "/query/limit"),
        ("wait=26", "/query/wait"),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(owner: AsyncClient, team: Team, query: str, pointer: str) -> None:
    refused = await owner.get(f"{API}/projects/{team.key}/events?{query}")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_what_was_done_is_listed_across_projects_a_command_at_a_time(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    await owner.patch(f"{API}/tasks/{ref}", json={"priority": "high"})
    newest = await owner.get(f"{API}/activity", params={"limit": 1})
    (edited,) = newest.json()
    assert (edited["project"], edited["may_undo"], edited["deeds"][0]["task"]) == (team.key, True, ref)
    (created, *_) = (await owner.get(newest.links["next"]["url"])).json()
    assert created["deeds"][0]["kind"] == "TaskCreated"
    asked = {"project": team.key, "by": edited["actor_id"], "kind": "TaskCreated"}
    assert (await owner.get(f"{API}/activity", params=asked)).json() == [created]
    undo = await owner.post(f"{API}/projects/{edited['project']}/events/{edited['command']}:undo")
    assert undo.is_success
    assert (await owner.get(f"{API}/activity", params={"kind": "Weather"})).status_code == 422
