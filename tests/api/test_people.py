"""Who is there, over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import PASSWORD, Team

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


async def test_a_person_is_added_gets_another_role_goes_and_comes_back(owner: AsyncClient, team: Team) -> None:
    email = f"{team.key.lower()}@example.org"
    body = {"name": "Ben", "email": email, "password": PASSWORD, "role": "guest"}
    added = await owner.post(f"{API}/people", json=body)
    assert (added.status_code, added.json()["role"]) == (201, "guest")
    assert (await owner.post(f"{API}/people", json=body)).status_code == 409
    person = f"{API}/people/{added.json()['id']}"
    assert (await owner.patch(person, json={"role": "admin"})).json()["role"] == "admin"
    assert (await owner.delete(person)).status_code == 204
    assert (await owner.delete(person)).status_code == 404
    again = await owner.post(f"{API}/people", json={**body, "name": "Benjamin", "role": "member"})
    assert (again.status_code, again.json()) == (201, {**added.json(), "role": "member"})


async def test_a_member_neither_adds_people_nor_names_the_workspace(team: Team, sign: Sign) -> None:
    member = await sign(await team.person())
    body = {"name": "Ben", "email": "ben@example.org", "password": PASSWORD}
    assert (await member.post(f"{API}/people", json=body)).status_code == 403
    assert (await member.patch(f"{API}/workspace", json={"name": "Mine"})).status_code == 403


async def test_the_workspace_gets_another_name(owner: AsyncClient) -> None:
    assert (await owner.patch(f"{API}/workspace", json={"name": "Shop team"})).json()["name"] == "Shop team"


async def test_a_password_is_changed_by_who_knows_the_old_one(owner: AsyncClient, nobody: AsyncClient) -> None:
    email = "password-changer@example.org"
    await owner.post(f"{API}/people", json={"name": "Ben", "email": email, "password": PASSWORD})
    await nobody.post(f"{API}/session", json={"email": email, "password": PASSWORD})
    nobody.headers["Origin"] = "http://tasks.test"
    body = {"current_password": "not it", "new_password": "another one that is long enough"}
    refused = await nobody.post(f"{API}/me/password", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/current_password")
    changed = await nobody.post(f"{API}/me/password", json={**body, "current_password": PASSWORD})
    assert changed.status_code == 204
    signed_in = await nobody.post(f"{API}/session", json={"email": email, "password": body["new_password"]})
    assert signed_in.status_code == 201
