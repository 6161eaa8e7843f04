"""What a call does not take is refused, wherever it stands, and what nobody needs may be left out."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/me?verbose=true", "verbose"),
        ("/tasks?filtr=assignee:me", "filtr"),
        ("/tasks?Filter=assignee:me", "Filter"),
        ("/projects?archived=true&page=2", "page"),
        ("/tasks?=x", ""),
        ("/tasks?a/b=x", "a~1b"),
        ("/tasks?limit=1&limit=2", "limit"),
        ("/tasks?fields=ref&fields=title", "fields"),
    ],
)
async def test_a_parameter_that_would_not_count_is_refused(owner: AsyncClient, address: str, name: str) -> None:
    refused = await owner.get(API + address)
    assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, [f"/query/{name}"])


async def test_an_import_that_was_meant_as_a_trial_is_none(owner: AsyncClient, team: Team) -> None:
    tasks = f"{API}/projects/{team.key}"
    refused = await owner.post(f"{tasks}/import/csv?dryrun=true", content=b"title\nA\n")
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("There is no parameter “dryrun” here. This call takes column, dry_run,")
    assert (await owner.get(f"{tasks}/tasks")).json() == []


async def test_what_is_a_list_may_be_said_many_times(owner: AsyncClient, team: Team) -> None:
    address = f"{API}/projects/{team.key}/import/csv?column=A=title&column=B=description"
    assert (await owner.post(address, content=b"A,B\n1,2\n")).json()["imported"] is True


async def test_strangers_are_not_told_what_a_call_takes(nobody: AsyncClient) -> None:
    assert (await nobody.get(f"{API}/tasks?filtr=x")).status_code == 401


@pytest.mark.parametrize("body", [{"revision": 3}, [], 0, "x"])
async def test_a_body_that_would_not_count_is_refused(owner: AsyncClient, team: Team, body: Any) -> None:
    task = await team.task()
    for method, address in (("POST", f"/projects/{team.key}:undo"), ("DELETE", f"/tasks/{task.ref}")):
        refused = await owner.request(method, API + address, json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "")
    assert (await owner.get(f"{API}/tasks/{task.ref}")).headers["ETag"] == '"1"'


@pytest.mark.parametrize("body", [b"", b"{}", b" {}\n"])
async def test_a_body_that_says_nothing_is_as_good_as_none(owner: AsyncClient, team: Team, body: bytes) -> None:
    ref = (await team.task()).ref
    assert (await owner.post(f"{API}/tasks/{ref}:archive", content=body)).status_code == 200


async def test_a_body_of_which_nothing_is_needed_may_be_left_out(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    assert (await owner.post(f"{API}/tasks/{ref}:duplicate")).status_code == 201
    assert (await owner.post(f"{API}/notifications:read")).json() == {"unread": 0}


async def test_a_body_that_is_needed_is_asked_for(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/tasks")
    assert (refused.status_code, refused.json()["detail"]) == (422, "Send a JSON object as the body.")
