"""Undo and time travel, over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def last_revision(owner: AsyncClient, team: Team) -> int:
    events = (await owner.get(f"{API}/projects/{team.key}/events", params={"limit": 100})).json()
    return int(events[-1]["revision"])


async def test_the_latest_change_is_undone_and_done_again(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("Fix the login")).ref
    await owner.patch(f"{API}/tasks/{ref}", json={"title": "Repair the login", "priority": "high"})
    answer = await owner.post(f"{API}/projects/{team.key}:undo")
    assert answer.status_code == 200
    assert (await owner.get(f"{API}/tasks/{ref}")).json()["title"] == "Fix the login"
    again = await owner.post(f"{API}/projects/{team.key}/events/{answer.json()['command']}:undo")
    assert again.status_code == 200
    task = (await owner.get(f"{API}/tasks/{ref}")).json()
    assert (task["title"], task["priority"]) == ("Repair the login", "high")


async def test_what_stands_in_the_way_is_named(owner: AsyncClient, team: Team, sign: Sign) -> None:
    ref = (await team.task()).ref
    await owner.patch(f"{API}/tasks/{ref}", json={"priority": "high"})
    revision = await last_revision(owner, team)
    colleague = await team.person()
    await (await sign(colleague)).patch(f"{API}/tasks/{ref}", json={"priority": "low"})
    answer = await owner.post(f"{API}/projects/{team.key}/events/{revision}:undo")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/cannot-undo")
    assert [(each["fields"], each["actor_id"]) for each in problem["blockers"]] == [
        (["priority"], str(colleague.account_id))
    ]
    assert "TaskEdited" in problem["detail"]


async def test_an_event_that_never_was_is_not_found(owner: AsyncClient, team: Team) -> None:
    assert (await owner.post(f"{API}/projects/{team.key}/events/100000:undo")).status_code == 404
    assert (await owner.post(f"{API}/projects/{team.key}/events/0:undo")).status_code == 422
    assert (await owner.post(f"{API}/projects/NOPE/events/1:undo")).status_code == 404


async def test_a_retry_with_the_same_key_undoes_once(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task("One")).ref
    for title in ("Two", "Three"):
        await owner.patch(f"{API}/tasks/{ref}", json={"title": title})
    for _ in range(3):
        await owner.post(f"{API}/projects/{team.key}:undo", headers={"Idempotency-Key": "once"})
    assert (await owner.get(f"{API}/tasks/{ref}")).json()["title"] == "Two"


async def test_a_task_and_its_board_are_shown_as_they_were(owner: AsyncClient, team: Team) -> None:
    before = (await owner.get(f"{API}/tasks/{(await team.task('One')).ref}")).json()
    ref, then = before["ref"], {"at": before["updated_at"]}
    await owner.patch(f"{API}/tasks/{ref}", json={"title": "Two", "due": "2030-01-01T08:00:00Z"})
    answer = await owner.get(f"{API}/tasks/{ref}", params=then)
    assert answer.json() == before
    assert "etag" not in answer.headers
    board = (await owner.get(f"{API}/projects/{team.key}/board", params=then)).json()
    assert [card["title"] for card in board["cards"]] == ["One"]


async def test_a_moment_that_cannot_be_read_is_pointed_at(owner: AsyncClient, team: Team) -> None:
    for at in ("yesterday", "2026-11-25", "2026-11-25T10:00:00", "0001-01-01T00:00:00Z", ""):
        answer = await owner.get(f"{API}/projects/{team.key}/board", params={"at": at})
        assert answer.status_code == 422, at
        assert answer.json()["errors"][0]["pointer"] == "/query/at"
    assert (
        await owner.get(f"{API}/projects/{team.key}/board", params={"at": "2001-01-01T00:00:00Z"})
    ).status_code == 404


async def test_a_project_may_ask_for_the_version_a_change_is_based_on(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    await owner.patch(f"{API}/projects/{team.key}", json={"requires_version": True})
    refused = await owner.patch(f"{API}/tasks/{ref}", json={"title": "Two"})
    assert (refused.status_code, refused.json()["type"]) == (428, "/problems/version-needed")
    for title, header in (("Two", '"1"'), ("Three", "*")):
        edited = await owner.patch(f"{API}/tasks/{ref}", json={"title": title}, headers={"If-Match": header})
        assert edited.json()["title"] == title
