"""Relations over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def test_two_tasks_are_joined_and_parted(owner: AsyncClient, team: Team) -> None:
    one, two = (await team.task()).ref, (await team.task("Ship the shop")).ref
    address = f"{API}/tasks/{one}/relations/blocks/{two}"
    joined = await owner.put(address)
    assert (joined.status_code, joined.headers["ETag"]) == (200, '"2"')
    assert joined.json()["relations"] == [
        {"kind": "blocks", "ref": two, "title": "Ship the shop", "state": "unstarted"}
    ]
    assert (await owner.put(address)).headers["ETag"] == '"2"'
    assert (await owner.get(f"{API}/tasks/{two}")).json()["relations"][0]["kind"] == "blocked_by"
    parted = await owner.delete(address)
    assert (parted.json()["relations"], parted.headers["ETag"]) == ([], '"3"')


async def test_a_circle_collides_and_a_task_with_itself_is_invalid(owner: AsyncClient, team: Team) -> None:
    one, two = (await team.task()).ref, (await team.task()).ref
    await owner.put(f"{API}/tasks/{one}/relations/blocks/{two}")
    circle = await owner.put(f"{API}/tasks/{two}/relations/blocks/{one}")
    assert (circle.status_code, circle.json()["type"]) == (409, "/problems/clash")
    itself = await owner.put(f"{API}/tasks/{one}/relations/blocks/{one}")
    assert (itself.status_code, itself.json()["errors"][0]["pointer"]) == (422, "/path/other")


async def test_a_wrong_kind_is_told_which_there_are(owner: AsyncClient, team: Team) -> None:
    one, two = (await team.task()).ref, (await team.task()).ref
    refused = await owner.put(f"{API}/tasks/{one}/relations/likes/{two}")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/path/kind")
    assert "relates_to" in refused.json()["detail"]


async def test_what_is_not_there_is_not_found(owner: AsyncClient, team: Team, sign: Sign) -> None:
    one = (await team.task()).ref
    for other in ("NOTHERE-1", f"{team.key}-99", "nothing"):
        assert (await owner.put(f"{API}/tasks/{one}/relations/blocks/{other}")).status_code == 404
    reader = await sign(team.owner, may_write=False)
    assert (await reader.put(f"{API}/tasks/{one}/relations/blocks/{team.key}-1")).status_code == 422
