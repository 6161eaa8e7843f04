"""Two people change one task: by the version each of them had seen."""

import pytest
from httpx import AsyncClient

from tests.factories import Team

API = "/api/v1"


@pytest.fixture
async def task(owner: AsyncClient, team: Team) -> str:
    """The address of a task at version 2: its title was changed since version 1."""
    address = f"{API}/tasks/{(await team.task('Fix login')).ref}"
    await owner.patch(address, json={"title": "Repair login"})
    return address


async def test_fields_that_nobody_else_touched_merge(owner: AsyncClient, task: str) -> None:
    merged = await owner.patch(task, json={"priority": "high"}, headers={"If-Match": '"1"'})
    assert merged.status_code == 200
    assert (merged.json()["title"], merged.json()["priority"]) == ("Repair login", "high")
    assert merged.headers["ETag"] == '"3"'


async def test_the_same_field_shows_all_three_versions_and_the_task_as_it_is(owner: AsyncClient, task: str) -> None:
    refused = await owner.patch(task, json={"title": "Fix the login"}, headers={"If-Match": '"1"'})
    assert refused.status_code == 412
    problem = refused.json()
    assert problem["type"] == "/problems/conflict"
    assert problem["conflicts"] == {"title": {"base": "Fix login", "yours": "Fix the login", "theirs": "Repair login"}}
    assert problem["version"] == 2
    assert problem["current"] == (await owner.get(task)).json()


async def test_the_same_change_by_both_is_no_conflict(owner: AsyncClient, task: str) -> None:
    same = await owner.patch(task, json={"title": "Repair login"}, headers={"If-Match": '"1"'})
    assert (same.status_code, same.headers["ETag"]) == (200, '"2"')


async def test_a_star_overwrites_whatever_is_there(owner: AsyncClient, task: str) -> None:
    written = await owner.patch(task, json={"title": "Mine"}, headers={"If-Match": "*"})
    assert written.json()["title"] == "Mine"


async def test_a_tag_that_a_proxy_made_weak_still_counts(owner: AsyncClient, task: str) -> None:
    refused = await owner.patch(task, json={"title": "Mine"}, headers={"If-Match": 'W/"1"'})
    assert refused.status_code == 412


async def test_the_version_may_stand_in_the_body(owner: AsyncClient, task: str) -> None:
    assert (await owner.patch(task, json={"title": "Mine", "version": 1})).status_code == 412
    assert (await owner.patch(task, json={"title": "Mine", "version": 2})).status_code == 200


async def test_two_different_versions_in_one_call_are_refused(owner: AsyncClient, task: str) -> None:
    refused = await owner.patch(task, json={"title": "Mine", "version": 2}, headers={"If-Match": '"1"'})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/headers/If-Match"


async def test_a_number_that_is_a_text_is_refused_in_our_words(owner: AsyncClient, task: str) -> None:
    refused = await owner.patch(task, json={"estimate": "3"})
    assert refused.json()["errors"] == [{"pointer": "/estimate", "detail": "This must be a number, without quotes."}]


async def test_a_version_that_never_was_is_pointed_at_where_it_is_said(owner: AsyncClient, task: str) -> None:
    for body, headers, pointer in (
        ({"title": "Mine"}, {"If-Match": '"99"'}, "/headers/If-Match"),
        ({"title": "Mine", "version": 99}, {}, "/version"),
    ):
        refused = await owner.patch(task, json=body, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("tag", ["1", '"one"', '"0"', '"1", "2"', '"-1"', ""])
async def test_a_tag_that_no_answer_gave_is_refused(owner: AsyncClient, task: str, tag: str) -> None:
    refused = await owner.patch(task, json={"title": "Mine"}, headers={"If-Match": tag})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/headers/If-Match"


@pytest.mark.parametrize("tag", ['"3"', '"2147483647"', '"9999999999"'])
async def test_a_version_that_is_not_there_yet_is_refused(owner: AsyncClient, task: str, tag: str) -> None:
    assert (await owner.patch(task, json={"title": "Mine"}, headers={"If-Match": tag})).status_code == 422


async def test_a_card_that_somebody_else_moved_is_not_moved_unseen(owner: AsyncClient, team: Team, task: str) -> None:
    done, doing = (str(team.columns[name].id) for name in ("Done", "In progress"))
    await owner.post(f"{task}:move", json={"column_id": done})
    refused = await owner.post(f"{task}:move", json={"column_id": doing}, headers={"If-Match": '"2"'})
    assert refused.status_code == 412
    assert refused.json()["conflicts"]["column_id"]["theirs"] == done
    assert refused.json()["current"]["column_id"] == done


async def test_an_edit_of_a_moved_card_merges(owner: AsyncClient, team: Team, task: str) -> None:
    await owner.post(f"{task}:move", json={"column_id": str(team.columns["Done"].id)})
    merged = await owner.patch(task, json={"title": "Mine"}, headers={"If-Match": '"2"'})
    assert merged.status_code == 200


async def test_a_comment_that_changed_meanwhile_is_not_overwritten(owner: AsyncClient, task: str) -> None:
    comment = (await owner.post(f"{task}/comments", json={"body": "one"})).json()
    address = f"{task}/comments/{comment['id']}"
    await owner.patch(address, json={"body": "two"}, headers={"If-Match": '"1"'})
    refused = await owner.patch(address, json={"body": "three"}, headers={"If-Match": '"1"'})
    assert refused.status_code == 412
    assert refused.json()["conflicts"]["body"]["theirs"] == "two"
