"""Comments over the API."""

import pytest
from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


@pytest.fixture
async def comments(team: Team) -> str:
    """The address of a task's comments."""
    return f"{API}/tasks/{(await team.task()).ref}/comments"


async def test_a_comment_is_written_changed_and_deleted(owner: AsyncClient, comments: str) -> None:
    added = await owner.post(comments, json={"body": "Look *here*"})
    assert added.status_code == 201
    address = f"{comments}/{added.json()['id']}"
    edited = await owner.patch(address, json={"body": "Look there"})
    assert (edited.json()["body"], edited.json()["version"]) == ("Look there", 2)
    assert (added.headers["ETag"], edited.headers["ETag"]) == ('"1"', '"2"')
    late = await owner.patch(address, json={"body": "Look up"}, headers={"If-Match": added.headers["ETag"]})
    conflicts = {"body": {"base": "Look *here*", "yours": "Look up", "theirs": "Look there"}}
    assert (late.status_code, late.json()["conflicts"], late.json()["version"]) == (412, conflicts, 2)
    assert (await owner.delete(address)).status_code == 204
    left = (await owner.get(comments)).json()
    assert [(comment["body"], comment["deleted_at"] is not None) for comment in left] == [("", True)]
    assert (await owner.patch(address, json={"body": "again"})).status_code == 409


async def test_following_the_links_leads_through_all_comments_once(owner: AsyncClient, comments: str) -> None:
    for number in range(5):
        await owner.post(comments, json={"body": f"{number}"})
    seen: list[str] = []
    answer = await owner.get(comments, params={"limit": 2})
    while True:
        seen += [comment["body"] for comment in answer.json()]
        if "next" not in answer.links:
            break
        answer = await owner.get(answer.links["next"]["url"])
    assert seen == ["0", "1", "2", "3", "4"]


async def test_nobody_changes_what_somebody_else_wrote(
    owner: AsyncClient, team: Team, sign: Sign, comments: str
) -> None:
    comment = (await owner.post(comments, json={"body": "mine"})).json()["id"]
    other = await sign(await team.person())
    assert (await other.patch(f"{comments}/{comment}", json={"body": "yours"})).status_code == 403
    assert (await other.delete(f"{comments}/{comment}")).status_code == 403


@pytest.mark.parametrize("body", ["", "   ", "x" * 100_001, "a\0b", 5, None, ["x"]])
async def test_what_cannot_be_kept_is_refused(owner: AsyncClient, comments: str, body: object) -> None:
    refused = await owner.post(comments, json={"body": body})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body")


async def test_an_unknown_comment_is_not_found(owner: AsyncClient, comments: str) -> None:
    unknown = f"{comments}/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"
    assert (await owner.patch(unknown, json={"body": "x"})).status_code == 404
    assert (await owner.delete(unknown)).status_code == 404


async def test_a_reaction_is_given_and_taken_back(owner: AsyncClient, team: Team, comments: str) -> None:
    comment = (await owner.post(comments, json={"body": "Done"})).json()["id"]
    address = f"{comments}/{comment}/reactions/👍🏽"
    given = await owner.put(address)
    assert (given.status_code, given.json()["reactions"]) == (200, {"👍🏽": [str(team.owner.account_id)]})
    assert (await owner.get(comments)).json()[0]["reactions"] == given.json()["reactions"]
    assert (await owner.delete(address)).json()["reactions"] == {}
    refused = await owner.put(f"{comments}/{comment}/reactions/+1")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/path/emoji")


async def test_following_the_links_leads_through_a_comments_history(owner: AsyncClient, comments: str) -> None:
    comment = (await owner.post(comments, json={"body": "One"})).json()["id"]
    await owner.patch(f"{comments}/{comment}", json={"body": "Two"})
    newest = await owner.get(f"{comments}/{comment}/history", params={"limit": 1})
    oldest = await owner.get(newest.links["next"]["url"])
    assert [event["changes"][0]["new"] for event in (*newest.json(), *oldest.json())] == ["Two", "One"]
    assert "next" not in oldest.links
    assert (await owner.get(f"{comments}/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101/history")).status_code == 404


async def test_a_comment_names_the_accounts_that_it_mentions(owner: AsyncClient, team: Team, comments: str) -> None:
    person = await team.person()
    handle = next(
        each["handle"] for each in (await owner.get(f"{API}/people")).json() if each["id"] == str(person.account_id)
    )
    added = await owner.post(comments, json={"body": f"@{handle}, please look"})
    assert added.json()["mentions"] == [str(person.account_id)]
