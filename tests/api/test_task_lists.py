"""Lists of tasks over the API: filtered, sorted, part by part, and with what belongs to each task."""

from typing import Any

import pytest
from httpx import AsyncClient

from tasktracker.services import comments, labels, projects, relations, tasks
from tests.api.conftest import Sign
from tests.factories import Team, make_team

API = "/api/v1"


async def _refs(client: AsyncClient, address: str, **params: str) -> list[str]:
    answer = await client.get(API + address, params=params)
    assert answer.status_code == 200, answer.text
    return [task["ref"] for task in answer.json()]


async def test_a_projects_tasks_can_be_filtered_and_sorted(owner: AsyncClient, team: Team) -> None:
    await team.task("Fix the login", priority="high", due="2026-12-02")
    await team.task("Fix the logout", due="2026-12-01")
    await team.task("Write the manual")
    tasks = f"/projects/{team.key}/tasks"
    assert await _refs(owner, tasks, filter="fix -priority:high") == [f"{team.key}-2"]
    assert await _refs(owner, tasks, sort="due") == [f"{team.key}-{number}" for number in (2, 1, 3)]
    assert await _refs(owner, tasks, sort="-due") == [f"{team.key}-{number}" for number in (1, 2, 3)]
    assert await _refs(owner, tasks) == [f"{team.key}-{number}" for number in (3, 2, 1)]


async def test_a_filtered_list_is_walked_to_its_end(owner: AsyncClient, team: Team) -> None:
    for number in range(7):
        await team.task("Odd" if number % 2 else "Even")
    address, found = f"{API}/tasks?filter=even%20OR%20title%3Ano&sort=created&limit=2&fields=number", []
    while address:
        answer = await owner.get(address)
        found += answer.json()
        address = answer.links.get("next", {}).get("url", "")
    assert found == [{"number": number} for number in (1, 3, 5, 7)]


async def test_a_list_of_the_longest_titles_is_walked_to_its_end(owner: AsyncClient, team: Team) -> None:
    for sign in "ab":
        await team.task(("🎉" + sign) * 150)
    first = await owner.get(f"{API}/tasks?sort=title&limit=1")
    rest = await owner.get(first.links["next"]["url"])
    assert [task["number"] for task in rest.json()] == [2]


async def test_tasks_of_all_projects_are_those_of_whoever_asks(owner: AsyncClient, team: Team, sign: Sign) -> None:
    await team.task()
    stranger = await make_team()
    await stranger.task()
    assert await _refs(owner, "/tasks") == [f"{team.key}-1"]
    assert await _refs(await sign(stranger.owner), "/tasks") == [f"{stranger.key}-1"]


async def test_a_wrong_filter_is_refused_at_the_characters_that_are_wrong(owner: AsyncClient, team: Team) -> None:
    await labels.add_label(team.owner, team.key, {"name": "Needs Review"})
    for filter_, position, length, suggestion in (
        ("🎉 asignee:me", 2, 7, "assignee"),
        ('bug label:"needs reviw"', 10, 13, "Needs Review"),
        ("due:7d", 4, 2, "+7d"),
        ("(bug", 0, 1, None),
    ):
        for address in (f"{API}/projects/{team.key}/tasks", f"{API}/tasks"):
            refused = await owner.get(address, params={"filter": filter_})
            problem = refused.json()
            assert (refused.status_code, problem["type"]) == (422, "/problems/invalid")
            assert (problem["position"], problem["length"], problem["suggestion"]) == (position, length, suggestion)
            [error] = problem["errors"]
            assert (error["pointer"], error["detail"]) == ("/query/filter", problem["detail"])


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"sort": "colour"}, "/query/sort"),
        ({"sort": "position"}, "/query/sort"),
        ({"state": "gone"}, "/query/state"),
        ({"expand": "parent,colour"}, "/query/expand"),
        ({"filter": "x" * 1_001}, "/query/filter"),
        ({"cursor": "x" * 2_001}, "/query/cursor"),
        ({"cursor": "bm9uc2Vuc2U"}, "/query/cursor"),
    ],
)
async def test_what_a_list_cannot_do_is_pointed_at(owner: AsyncClient, params: dict[str, str], pointer: str) -> None:
    refused = await owner.get(f"{API}/tasks", params=params)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_cursor_of_another_list_is_refused(owner: AsyncClient, team: Team) -> None:
    for _ in range(2):
        await team.task()
    address = f"{API}/projects/{team.key}/tasks"
    link = (await owner.get(address, params={"limit": "1"})).links["next"]["url"]
    assert (await owner.get(link)).status_code == 200
    refused = await owner.get(link + "&filter=login")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/cursor")


@pytest.fixture
async def family(team: Team) -> Team:
    """Task 2 is under task 1 and has a subtask, a relation and 21 comments."""
    for title, parent in (("Top", None), ("Middle", 1), ("Leaf", 2), ("Other", None), ("Gone", 2)):
        await team.task(title, parent=parent and f"{team.key}-{parent}")
    await tasks.trash_task(team.owner, team.ref(5))
    await relations.relate(team.owner, team.ref(2), "blocks", team.ref(4))
    for number in range(21):
        await comments.add_comment(team.owner, team.ref(2), f"Comment {number}")
    return team


EVERYTHING = "parent,subtasks,relations,comments,attachments"


def _check_family(team: Team, task: dict[str, Any]) -> None:
    came = task["expanded"]
    assert came["parent"]["title"] == "Top"
    assert [each["title"] for each in came["subtasks"]] == ["Leaf"]
    assert [each["ref"] for each in came["relations"]] == [f"{team.key}-4"]
    assert [each["body"] for each in came["comments"]] == [f"Comment {number}" for number in range(1, 21)]
    assert came["attachments"] == []


async def test_a_task_comes_with_what_is_asked_for(owner: AsyncClient, family: Team) -> None:
    address = f"{API}/tasks/{family.key}-2"
    whole = await owner.get(address, params={"expand": EVERYTHING})
    _check_family(family, whole.json())
    assert whole.headers["ETag"] == (await owner.get(address)).headers["ETag"]
    plain = (await owner.get(address)).json()
    assert whole.json() == {**plain, "expanded": whole.json()["expanded"]}
    parent = (await owner.get(f"{API}/tasks/{family.key}-1")).json()
    assert whole.json()["expanded"]["parent"] == parent
    part = await owner.get(address, params={"expand": "parent", "fields": "title"})
    assert part.json() == {"title": "Middle", "expanded": {"parent": parent}}
    top = await owner.get(f"{API}/tasks/{family.key}-1", params={"expand": "parent"})
    assert top.json()["expanded"] == {"parent": None}


@pytest.mark.parametrize("estimate", [None, 0, 3, 1.5])
async def test_whatever_is_in_a_task_it_comes_with_what_is_asked_for(
    owner: AsyncClient, team: Team, estimate: float | None
) -> None:
    task = await team.task(estimate=estimate)
    [listed] = (await owner.get(f"{API}/tasks", params={"expand": "parent"})).json()
    single = (await owner.get(f"{API}/tasks/{task.ref}", params={"expand": "parent"})).json()
    assert listed == single
    assert (single["expanded"], single["estimate"]) == ({"parent": None}, estimate)
    assert isinstance(task.estimate, float | None)


async def test_every_task_of_a_list_comes_with_what_is_asked_for(owner: AsyncClient, family: Team) -> None:
    found = await owner.get(f"{API}/tasks", params={"expand": EVERYTHING, "sort": "number", "filter": "title:m"})
    [middle] = found.json()
    _check_family(family, middle)


async def test_nothing_comes_along_that_somebody_may_not_see(family: Team, sign: Sign) -> None:
    stranger = await sign(await family.person())
    hidden = await tasks.create_task(family.owner, await _private(family), {"title": "Secret"})
    await relations.relate(family.owner, family.ref(4), "relates_to", family.ref(4).parse(hidden.ref))
    found = await stranger.get(f"{API}/tasks/{family.key}-4", params={"expand": "relations"})
    assert [each["title"] for each in found.json()["expanded"]["relations"]] == ["Middle"]


async def test_nothing_comes_along_with_the_past(owner: AsyncClient, family: Team) -> None:
    params = {"expand": "parent", "at": "2999-01-01T00:00:00Z"}
    refused = await owner.get(f"{API}/tasks/{family.key}-2", params=params)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/expand")


async def _private(team: Team) -> str:
    return await projects.create_project(team.owner, {"key": f"{team.key}H", "name": "H", "is_private": True})
