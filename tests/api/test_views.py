"""Saved views over the API."""

from typing import Any

import pytest
from httpx import AsyncClient

from tasktracker.domain.saved_views import SORTS
from tasktracker.services import labels
from tasktracker.services.queries.lists.orders import KEYS, POSITION
from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"
VIEWS = f"{API}/views"


async def _save(client: AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post(VIEWS, json={"name": "Mine", **fields})
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


async def _names(client: AsyncClient, query: str = "") -> list[str]:
    return [view["name"] for view in (await client.get(VIEWS + query)).json()]


async def test_a_view_is_saved_read_edited_and_deleted(owner: AsyncClient, team: Team) -> None:
    body = {"name": "Bugs", "project": team.key, "query": "label:bug", "layout": {"view": "list", "sort": "-due"}}
    saved = await owner.post(VIEWS, json=body)
    assert (saved.status_code, saved.headers["ETag"]) == (201, '"1"')
    view = saved.json()
    assert view["layout"] == {"view": "list", "group": None, "sort": "-due", "columns": [], "compact": False}
    assert (view["project"], view["owner_id"]) == (team.key, str(team.owner.account_id))
    one = saved.headers["Location"]
    assert one == f"{VIEWS}/{view['id']}"
    read = await owner.get(one)
    assert (read.json(), read.headers["ETag"]) == (view, '"1"')
    edited = await owner.patch(one, json={"name": "Defects", "is_shared": True})
    assert (edited.status_code, edited.headers["ETag"]) == (200, '"2"')
    assert edited.json() == {**view, "name": "Defects", "is_shared": True, "version": 2}
    assert (await owner.get(VIEWS)).json() == [edited.json()]
    assert (await owner.delete(one)).status_code == 204
    assert (await owner.get(one)).status_code == 404
    assert (await owner.delete(one)).status_code == 404


async def test_a_view_that_has_not_changed_is_not_sent_again(owner: AsyncClient) -> None:
    view = await _save(owner)
    again = await owner.get(f"{VIEWS}/{view['id']}", headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.content) == (304, b"")


async def test_owner_colleague_and_guest_see_what_is_theirs(owner: AsyncClient, sign: Sign, team: Team) -> None:
    colleague, guest = await sign(await team.person()), await sign(await team.person("guest"))
    private = await _save(owner, name="Private")
    shared = await _save(owner, name="Shared", is_shared=True)
    await _save(owner, name="Shared here", is_shared=True, project=team.key)
    assert await _names(owner) == ["Private", "Shared", "Shared here"]
    assert await _names(colleague) == ["Shared", "Shared here"]
    assert await _names(colleague, f"?project={team.key.lower()}") == ["Shared here"]
    assert await _names(guest) == []
    for client, view in ((colleague, private), (guest, private), (guest, shared)):
        for method in ("GET", "PATCH", "DELETE"):
            body = {"name": "Stolen"} if method == "PATCH" else None
            assert (await client.request(method, f"{VIEWS}/{view['id']}", json=body)).status_code == 404
    assert (await colleague.patch(f"{VIEWS}/{shared['id']}", json={"name": "Taken"})).status_code == 403
    assert (await colleague.delete(f"{VIEWS}/{shared['id']}")).status_code == 403
    assert (await guest.post(VIEWS, json={"name": "For all", "is_shared": True})).status_code == 403


async def test_a_private_project_does_not_exist_for_others(owner: AsyncClient, sign: Sign, team: Team) -> None:
    colleague = await sign(await team.person())
    await owner.patch(f"{API}/projects/{team.key}", json={"is_private": True})
    view = await _save(owner, project=team.key, is_shared=True)
    assert await _names(colleague) == []
    assert (await colleague.get(f"{VIEWS}/{view['id']}")).status_code == 404
    assert (await colleague.get(VIEWS, params={"project": team.key})).status_code == 404
    hidden = await colleague.post(VIEWS, json={"name": "Mine", "project": team.key})
    never = await colleague.post(VIEWS, json={"name": "Mine", "project": "NEVER"})
    assert hidden.json()["errors"] == [
        {"pointer": "/project", "detail": never.json()["detail"].replace("NEVER", team.key)},
    ]


async def test_a_change_of_the_same_field_meanwhile_is_refused(owner: AsyncClient) -> None:
    one = f"{VIEWS}/{(await _save(owner))['id']}"
    await owner.patch(one, json={"name": "Theirs"}, headers={"If-Match": '"1"'})
    refused = await owner.patch(one, json={"name": "Yours"}, headers={"If-Match": '"1"'})
    problem = refused.json()
    assert (refused.status_code, problem["type"], problem["version"]) == (412, "/problems/conflict", 2)
    assert problem["conflicts"] == {"name": {"base": "Mine", "yours": "Yours", "theirs": "Theirs"}}
    assert (await owner.patch(one, json={"name": "Yours", "version": 1})).status_code == 412
    assert (await owner.patch(one, json={"query": "is:open"}, headers={"If-Match": '"1"'})).status_code == 200
    assert (await owner.patch(one, json={"name": "Yours"}, headers={"If-Match": "*"})).json()["name"] == "Yours"
    assert (await owner.patch(one, json={"name": "Yours"}, headers={"If-Match": "new"})).status_code == 422


async def test_a_retry_saves_one_view(owner: AsyncClient) -> None:
    key = {"Idempotency-Key": "views"}
    first = await owner.post(VIEWS, json={"name": "Once"}, headers=key)
    again = await owner.post(VIEWS, json={"name": "Once"}, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert [again.headers[name] for name in ("ETag", "Location")] == ['"1"', first.headers["Location"]]
    assert await _names(owner) == ["Once"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": 7}, "/name"),
        ({"query": "asignee:me"}, "/query"),
        ({"query": "x" * 1_001}, "/query"),
        ({"layout": {"zoom": 2}}, "/layout/zoom"),
        ({"layout": {"view": "grid"}}, "/layout/view"),
        ({"layout": {"columns": ["nonsense"]}}, "/layout/columns/0"),
        ({"layout": "board"}, "/layout"),
        ({"is_shared": "yes"}, "/is_shared"),
        ({"owner_id": "me"}, "/owner_id"),
    ],
)
async def test_what_a_view_cannot_hold_is_pointed_at(owner: AsyncClient, fields: dict[str, Any], pointer: str) -> None:
    one = f"{VIEWS}/{(await _save(owner))['id']}"
    for refused in (await owner.post(VIEWS, json={"name": "New", **fields}), await owner.patch(one, json=fields)):
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert await _names(owner) == ["Mine"]


async def test_a_misspelt_field_of_a_filter_is_set_right(owner: AsyncClient) -> None:
    refused = await owner.post(VIEWS, json={"name": "New", "query": "asignee:me"})
    assert "Did you mean “assignee”?" in refused.json()["detail"]


async def test_a_view_needs_a_name_and_stays_where_it_is(owner: AsyncClient, team: Team) -> None:
    nameless = await owner.post(VIEWS, json={})
    assert (nameless.status_code, nameless.json()["errors"][0]["pointer"]) == (422, "/name")
    moved = await owner.patch(f"{VIEWS}/{(await _save(owner))['id']}", json={"project": team.key})
    assert (moved.status_code, moved.json()["errors"][0]["pointer"]) == (422, "/project")


@pytest.mark.parametrize("project", ["", "web", "A/B", "NOSUCH", "\0"])
async def test_a_list_of_no_project_is_not_found(owner: AsyncClient, project: str) -> None:
    await _save(owner)
    assert (await owner.get(VIEWS, params={"project": project})).status_code == 404


async def test_nobody_else_asks(nobody: AsyncClient, sign: Sign, team: Team) -> None:
    assert (await nobody.get(VIEWS)).status_code == 401
    reader = await sign(team.owner, may_write=False)
    assert (await reader.post(VIEWS, json={"name": "Mine"})).status_code == 403
    assert await _names(reader) == []


async def test_the_tasks_of_a_view_are_those_of_its_filter_in_its_order(owner: AsyncClient, team: Team) -> None:
    for title, due in (("Late", "2026-12-03"), ("Soon", "2026-12-01"), ("Never", None), ("Done", "2026-12-02")):
        await team.task(title, due=due, column="Done" if title == "Done" else "To do")
    body = {"name": "Open", "query": "is:open", "layout": {"sort": "due"}}
    for project, titles in ((team.key, ["Soon", "Late", "Never"]), (None, ["Soon", "Late", "Never"])):
        view = (await owner.post(f"{API}/views", json={**body, "project": project})).json()
        address, found = f"{API}/views/{view['id']}/tasks?limit=2&fields=title", []
        while address:
            answer = await owner.get(address)
            found += [task["title"] for task in answer.json()]
            address = answer.links.get("next", {}).get("url", "")
        assert found == titles


async def test_a_view_of_all_projects_in_the_order_of_boards_shows_the_latest_change_first(
    owner: AsyncClient, team: Team
) -> None:
    for title in ("One", "Two"):
        await team.task(title)
    view = (await owner.post(f"{API}/views", json={"name": "All", "layout": {"sort": "-position"}})).json()
    found = await owner.get(f"{API}/views/{view['id']}/tasks", params={"expand": "parent"})
    assert [(task["title"], task["expanded"]) for task in found.json()] == [
        ("Two", {"parent": None}),
        ("One", {"parent": None}),
    ]


async def test_a_view_whose_filter_names_what_is_gone_says_so(owner: AsyncClient, team: Team) -> None:
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    body = {"name": "Bugs", "query": "is:open label:bug", "project": team.key}
    view = (await owner.post(f"{API}/views", json=body)).json()
    await labels.delete_label(team.owner, team.key, label.id)
    refused = await owner.get(f"{API}/views/{view['id']}/tasks")
    assert (refused.status_code, refused.json()["position"], refused.json()["length"]) == (422, 14, 3)
    assert refused.json()["errors"][0]["pointer"] == "/path/view_id"


async def test_the_tasks_of_a_view_that_is_not_there_are_not_there_either(
    owner: AsyncClient, team: Team, sign: Sign
) -> None:
    view = (await owner.post(f"{API}/views", json={"name": "Mine"})).json()
    other = await sign(await team.person())
    assert (await other.get(f"{API}/views/{view['id']}/tasks")).status_code == 404


def test_views_and_lists_know_the_same_orders() -> None:
    assert {each.removeprefix("-") for each in SORTS} == {*KEYS, POSITION}
