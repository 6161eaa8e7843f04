"""Answers that hold the asked-for fields and no others."""

from dataclasses import fields

import pytest
from httpx import AsyncClient

from tasktracker.api.openapi import document
from tasktracker.services.views import TaskView
from tests.factories import Team

API = "/api/v1"
NAMES = [each.name for each in fields(TaskView)]


async def test_a_task_can_be_read_in_part(owner: AsyncClient, team: Team) -> None:
    task = await team.task("Grüße 🎉", due="2026-11-30")
    whole = await owner.get(f"{API}/tasks/{task.ref}")
    part = await owner.get(f"{API}/tasks/{task.ref}", params={"fields": "due,title"})
    assert part.json() == {"title": "Grüße 🎉", "due": "2026-11-30"}
    assert part.headers["Content-Length"] == str(len(part.content))
    assert part.headers["ETag"] == whole.headers["ETag"]


async def test_a_part_that_the_caller_has_is_not_sent_again(owner: AsyncClient, team: Team) -> None:
    address = f"{API}/tasks/{(await team.task()).ref}?fields=title"
    tag = (await owner.get(address)).headers["ETag"]
    assert (await owner.get(address, headers={"If-None-Match": tag})).status_code == 304


async def test_a_list_is_read_in_part_to_its_end(owner: AsyncClient, team: Team) -> None:
    for title in ("One", "Two", "Three"):
        await team.task(title)
    address, found = f"{API}/projects/{team.key}/tasks?limit=2&fields=title", []
    while address:
        answer = await owner.get(address)
        found += answer.json()
        address = answer.links.get("next", {}).get("url", "")
    assert found == [{"title": "Three"}, {"title": "Two"}, {"title": "One"}]


async def test_every_field_can_be_asked_for(owner: AsyncClient, team: Team) -> None:
    address = f"{API}/tasks/{(await team.task()).ref}"
    part = (await owner.get(address, params={"fields": ", ".join(NAMES)})).json()
    assert part == (await owner.get(address)).json()


@pytest.mark.parametrize("asked", ["colour", "title,colour", "", "title,", "Title", "title due", "title;due", "é"])
async def test_a_field_that_is_not_there_is_named_with_those_that_are(
    owner: AsyncClient, team: Team, asked: str
) -> None:
    for address in (f"{API}/tasks/{(await team.task()).ref}", f"{API}/projects/{team.key}/tasks"):
        refused = await owner.get(address, params={"fields": asked})
        assert refused.status_code == 422
        [error] = refused.json()["errors"]
        assert error["pointer"] == "/query/fields"
        assert error["detail"].startswith(f"There is no field “{asked.rpartition(',')[2]}” here. Choose from: ref,")
        assert all(name in error["detail"] for name in NAMES)


@pytest.mark.parametrize("path", ["/api/v1/tasks/{ref}", "/api/v1/projects/{key}/tasks"])
def test_the_document_says_so(path: str) -> None:
    operation = document()["paths"][path]["get"]
    [parameter] = [each for each in operation["parameters"] if each.get("name") == "fields"]
    assert parameter["schema"]["items"]["enum"] == NAMES
    assert (parameter["in"], parameter["style"], parameter["explode"]) == ("query", "form", False)
    assert not parameter["required"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answers = [each["$ref"].rpartition("/")[2] for each in schema.get("items", schema)["anyOf"]]
    assert answers == ["ExpandedTaskView", "TaskView", "PartOfTaskView"]
    assert set(document()["components"]["schemas"]["PartOfTaskView"]["properties"]) == {*NAMES, "expanded"}
