"""Who is there, over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def test_the_asker_learns_who_and_where_they_are(team: Team, sign: Sign) -> None:
    me = (await (await sign(await team.person("guest", name="Ben"))).get(f"{API}/me")).json()
    assert (me["person"]["name"], me["role"], me["workspace"]["name"]) == ("Ben", "guest", team.workspace.name)
    assert me["may_write"] is True


async def test_the_people_of_the_workspace_and_nobody_else_are_listed(owner: AsyncClient, team: Team) -> None:
    await team.person(name="Zoe")
    await team.person(name="Adam")
    people = (await owner.get(f"{API}/people")).json()
    assert [person["name"] for person in people if not person["name"].startswith("Person")] == ["Adam", "Zoe"]
    assert len(people) == 3


async def test_people_edit_their_own_profile(owner: AsyncClient) -> None:
    edited = await owner.patch(f"{API}/me", json={"name": "Ana Lima", "time_zone": "Europe/Lisbon", "locale": "pt-br"})
    assert edited.status_code == 200
    me = (await owner.get(f"{API}/me")).json()
    assert edited.json() == me
    assert (me["person"]["name"], me["time_zone"], me["locale"]) == ("Ana Lima", "Europe/Lisbon", "pt-BR")


async def test_a_zone_that_does_not_exist_is_refused_with_the_one_that_was_meant(owner: AsyncClient) -> None:
    refused = await owner.patch(f"{API}/me", json={"time_zone": "Lisbon"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/time_zone")
    assert "Did you mean Europe/Lisbon?" in refused.json()["detail"]
    assert (await owner.patch(f"{API}/me", json={"email": "x@example.com"})).status_code == 422
