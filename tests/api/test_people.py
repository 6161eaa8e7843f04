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
