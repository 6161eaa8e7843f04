"""Tasks over the API."""

from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient, Response

from tests.factories import Team


async def test_a_new_task_has_an_address_and_a_version(owner: AsyncClient, team: Team) -> None:
    created = await owner.post(
        f"/api/v1/projects/{team.key}/tasks", json={"title": "  Fix   the login ", "priority": "high"}
    )
    assert created.status_code == 201
    assert created.json()["title"] == "Fix the login"
    assert created.headers["ETag"] == '"1"'
    read = await owner.get(created.headers["Location"])
    assert read.json() == created.json()


async def test_a_task_is_found_by_its_reference_in_small_letters(owner: AsyncClient, team: Team) -> None:
    task = await team.task()
    assert (await owner.get(f"/api/v1/tasks/{task.ref.lower()}")).json()["ref"] == task.ref


async def test_a_task_that_has_not_changed_is_not_sent_again(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    again = await owner.get(f"/api/v1/tasks/{ref}", headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", '"1"')
    await owner.patch(f"/api/v1/tasks/{ref}", json={"title": "Another"})
    assert (await owner.get(f"/api/v1/tasks/{ref}", headers={"If-None-Match": '"1"'})).status_code == 200


async def test_null_takes_a_due_day_away_and_absence_leaves_it(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task(due="2026-11-30")).ref
    kept = await owner.patch(f"/api/v1/tasks/{ref}", json={"title": "Another"})
    assert kept.json()["due"] == "2026-11-30"
    taken = await owner.patch(f"/api/v1/tasks/{ref}", json={"due": None})
    assert taken.json()["due"] is None


async def test_a_task_moves_right_after_another(owner: AsyncClient, team: Team) -> None:
    first, _, third = [await team.task(column="To do") for _ in range(3)]
    column = str(team.columns["To do"].id)
    moved = await owner.post(f"/api/v1/tasks/{third.ref}:move", json={"column_id": column, "after": first.number})
    assert moved.status_code == 200
    board = (await owner.get(f"/api/v1/projects/{team.key}/board")).json()
    assert [card["number"] for card in board["cards"]] == [1, 3, 2]


async def test_a_full_column_takes_no_more(owner: AsyncClient, team: Team) -> None:
    column = team.columns["In progress"].id
    await owner.patch(f"/api/v1/projects/{team.key}/columns/{column}", json={"wip_limit": 1})
    await team.task(column="In progress")
    waiting = await team.task()
    refused = await owner.post(f"/api/v1/tasks/{waiting.ref}:move", json={"column_id": str(column)})
    assert refused.status_code == 409
    problem = refused.json()
    assert (problem["type"], problem["limit"]) == ("/problems/column-full", 1)
    assert "In progress" in problem["detail"]


@pytest.mark.parametrize(("do", "undo", "stamp", "state"), [
    ("archive", "unarchive", "archived_at", "archived"),
    ("trash", "restore", "trashed_at", "trashed"),
])  # fmt: skip
async def test_a_task_leaves_the_list_and_comes_back(
    owner: AsyncClient, team: Team, do: str, undo: str, stamp: str, state: str
) -> None:
    ref = (await team.task()).ref
    gone = await (owner.delete(f"/api/v1/tasks/{ref}") if do == "trash" else owner.post(f"/api/v1/tasks/{ref}:{do}"))
    assert gone.json()[stamp] is not None
    assert gone.headers["ETag"] == '"2"'
    tasks = f"/api/v1/projects/{team.key}/tasks"
    assert (await owner.get(tasks)).json() == []
    assert [task["ref"] for task in (await owner.get(tasks, params={"state": state})).json()] == [ref]
    back = await owner.post(f"/api/v1/tasks/{ref}:{undo}")
    assert back.json()[stamp] is None
    assert len((await owner.get(tasks)).json()) == 1


async def test_a_task_in_the_trash_is_not_edited(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    await owner.delete(f"/api/v1/tasks/{ref}")
    refused = await owner.patch(f"/api/v1/tasks/{ref}", json={"title": "Another"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/clash")


async def test_a_task_in_the_trash_is_removed_for_good(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    early = await owner.post(f"/api/v1/tasks/{ref}:purge")
    assert (early.status_code, early.json()["type"]) == (409, "/problems/clash")
    await owner.delete(f"/api/v1/tasks/{ref}")
    assert (await owner.post(f"/api/v1/tasks/{ref}:purge")).status_code == 204
    assert (await owner.get(f"/api/v1/tasks/{ref}")).status_code == 404
    events = (await owner.get(f"/api/v1/projects/{team.key}/events", params={"after": 0, "limit": 100})).json()
    told = [event for event in events if event["kind"] == "TaskCreated"]
    assert {"field": "title", "redacted": True} in told[0]["changes"]


async def test_following_the_links_leads_through_all_tasks_once(owner: AsyncClient, team: Team) -> None:
    for number in range(120):
        await team.task(f"Task {number}")
    seen: list[int] = []
    answer = await owner.get(f"/api/v1/projects/{team.key}/tasks", params={"limit": 50})
    pages = 1
    while True:
        seen += [task["number"] for task in answer.json()]
        if "next" not in answer.links:
            break
        answer = await owner.get(_address(answer))
        pages += 1
    assert seen == list(range(120, 0, -1))
    assert pages == 3


async def test_a_link_keeps_what_was_asked_for(owner: AsyncClient, team: Team) -> None:
    for _ in range(2):
        await owner.post(f"/api/v1/tasks/{(await team.task()).ref}:archive")
    answer = await owner.get(f"/api/v1/projects/{team.key}/tasks", params={"limit": 1, "state": "archived"})
    query = urlsplit(answer.links["next"]["url"]).query
    assert {"limit=1", "state=archived"} < set(query.split("&"))


async def test_everything_wrong_with_a_task_is_said_at_once(owner: AsyncClient, team: Team) -> None:
    body = {"title": "", "priority": "huge", "due": "tomorrow", "column_id": "1"}
    refused = await owner.post(f"/api/v1/projects/{team.key}/tasks", json=body)
    assert refused.status_code == 422
    pointers = {error["pointer"] for error in refused.json()["errors"]}
    assert pointers == {"/title", "/priority", "/due", "/column_id"}


def _address(answer: Response) -> str:
    return str(answer.links["next"]["url"])


async def test_a_recurrence_is_set_read_and_taken_away(owner: AsyncClient, team: Team) -> None:
    recurrence = {"rule": "freq=weekly;byday=we,mo", "from": "completion"}
    made = await owner.post(f"/api/v1/projects/{team.key}/tasks", json={"title": "Water", "recurrence": recurrence})
    assert made.json()["recurrence"] == {"rule": "FREQ=WEEKLY;BYDAY=MO,WE", "from": "completion"}
    address = f"/api/v1/tasks/{made.json()['ref']}"
    assert (await owner.get(address)).json()["recurrence"] == made.json()["recurrence"]
    assert (await owner.patch(address, json={"recurrence": None})).json()["recurrence"] is None


async def test_a_recurrence_that_never_comes_is_refused(owner: AsyncClient, team: Team) -> None:
    fields = {"title": "Leap", "recurrence": {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}}
    refused = await owner.post(f"/api/v1/projects/{team.key}/tasks", json=fields)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/recurrence/rule")
