"""Search over the API."""

import pytest
from httpx import AsyncClient

from tests.factories import Team

SEARCH = "/api/v1/search"


async def test_a_task_is_found_with_what_matched_marked(owner: AsyncClient, team: Team) -> None:
    task = await team.task("Fix <b> login")
    answer = await owner.get(SEARCH, params={"q": "log", "project": team.key.lower()})
    (hit,) = answer.json()
    assert hit.pop("updated_at")
    assert hit == {
        "ref": task.ref,
        "title": "Fix <b> login",
        "title_html": "Fix &lt;b&gt; <mark>login</mark>",
        "snippet_html": None,
        "where": "title",
        "state": "unstarted",
        "archived": False,
    }


async def test_the_link_leads_to_the_next_results(owner: AsyncClient, team: Team) -> None:
    for number in (1, 2, 3):
        await team.task(f"Zeppelin & co {number}")
    address, found = f"{SEARCH}?q=zeppelin+%26+co&limit=2", []
    while address:
        answer = await owner.get(address)
        found.append([hit["ref"] for hit in answer.json()])
        address = answer.links.get("next", {}).get("url", "")
    assert found == [[f"{team.key}-3", f"{team.key}-2"], [f"{team.key}-1"]]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=a%00", "?q=" + "x" * 201])
async def test_no_query_and_a_bad_one_are_refused(owner: AsyncClient, query: str) -> None:
    refused = await owner.get(SEARCH + query)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/q")


@pytest.mark.parametrize("key", ["NONE", "web", "%00"])
async def test_a_project_that_is_not_there_is_not_found(owner: AsyncClient, key: str) -> None:
    assert (await owner.get(f"{SEARCH}?q=login&project={key}")).status_code == 404
