"""Watchers over the API."""

from uuid import UUID

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def test_somebody_watches_and_stops(owner: AsyncClient, team: Team, sign: Sign) -> None:
    watchers = f"{API}/tasks/{(await team.task()).ref}/watchers"
    person = await team.person()
    client = await sign(person)
    watching = await client.put(f"{watchers}/me")
    assert (watching.status_code, watching.headers["ETag"]) == (200, '"2"')
    assert watching.json()["watcher_ids"] == [str(team.owner.account_id), str(person.account_id)]
    stopped = await owner.delete(f"{watchers}/{person.account_id}")
    assert (stopped.json()["watcher_ids"], stopped.headers["ETag"]) == ([str(team.owner.account_id)], '"3"')


async def test_who_may_not_be_there_is_refused(owner: AsyncClient, team: Team) -> None:
    watchers = f"{API}/tasks/{(await team.task()).ref}/watchers"
    assert (await owner.put(f"{watchers}/{UUID(int=7)}")).status_code == 404
    refused = await owner.put(f"{watchers}/everybody")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/path/account")
