"""The board over the API."""

from httpx import AsyncClient
from pydantic import TypeAdapter

from tasktracker.api.v1.boards import Board
from tests.factories import Team

API = "/api/v1"


async def test_the_board_is_what_the_reference_says(owner: AsyncClient, team: Team) -> None:
    label = (await owner.post(f"{API}/projects/{team.key}/labels", json={"name": "bug"})).json()["id"]
    await team.task(label_ids=[label], assignee_ids=[str(team.owner.account_id)], due="2026-11-30", priority="high")
    answer = await owner.get(f"{API}/projects/{team.key}/board")
    board = TypeAdapter(Board).validate_json(answer.content)
    assert (board.cards[0].priority, board.cards[0].label_ids[0]) == ("high", board.project.labels[0].id)
    assert answer.headers["Content-Type"] == "application/json"
    documented = TypeAdapter(Board).dump_python(board, mode="json")
    assert answer.json() == documented


async def test_a_board_that_has_not_changed_is_not_sent_again(owner: AsyncClient, team: Team) -> None:
    address = f"{API}/projects/{team.key}/board"
    tag = {"If-None-Match": (await owner.get(address)).headers["ETag"]}
    assert tag["If-None-Match"].startswith('W/"')
    again = await owner.get(address, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    await team.task()
    assert (await owner.get(address, headers=tag)).status_code == 200


async def test_somebody_who_joins_shows_on_a_board_that_was_kept(owner: AsyncClient, team: Team) -> None:
    """They come by the workspace's log: the project's revision stays what it was."""
    address = f"{API}/projects/{team.key}/board"
    before = await owner.get(address)
    await team.person(name="Zoe")
    after = await owner.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["revision"] == before.json()["revision"]
    assert "Zoe" in [person["name"] for person in after.json()["project"]["people"]]


async def test_a_board_is_filtered_by_the_numbers_of_its_cards(owner: AsyncClient, team: Team) -> None:
    parent = await team.task(priority="high")
    await team.task(priority="low", parent=parent.ref)
    address = f"{API}/projects/{team.key}/board:fitting"
    answer = await owner.get(address, params={"filter": "parent:any"})
    assert answer.json()["numbers"] == [2]
    narrowed = await owner.get(address, params={"filter": "is:open", "numbers": [1, 7]})
    assert narrowed.json()["numbers"] == [1]
    refused = await owner.get(address, params={"filter": "is:opn"})
    assert (refused.status_code, refused.json()["position"], refused.json()["suggestion"]) == (422, 3, "open")
    cards = (await owner.get(f"{API}/projects/{team.key}/board")).json()["cards"]
    assert {card["number"]: card["parent"] for card in cards} == {1: None, 2: 1}
