"""Reminders over the API."""

from httpx import AsyncClient

from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"


async def test_a_reminder_is_added_listed_and_deleted(owner: AsyncClient, team: Team) -> None:
    reminders = f"{API}/tasks/{(await team.task(due='2040-01-02T12:00:00Z')).ref}/reminders"
    added = await owner.post(reminders, json={"minutes_before": 60})
    assert (added.status_code, added.json()["fire_at"]) == (201, "2040-01-02T11:00:00Z")
    assert (await owner.get(reminders)).json() == [added.json()]
    assert (await owner.delete(f"{reminders}/{added.json()['id']}")).status_code == 204
    assert (await owner.get(reminders)).json() == []


async def test_nobody_sees_the_reminders_of_somebody_else(owner: AsyncClient, team: Team, sign: Sign) -> None:
    reminders = f"{API}/tasks/{(await team.task()).ref}/reminders"
    added = (await owner.post(reminders, json={"at": "2040-01-02T12:00:00+01:00"})).json()
    other = await sign(await team.person())
    assert (await other.get(reminders)).json() == []
    assert (await other.delete(f"{reminders}/{added['id']}")).status_code == 404


async def test_a_moment_without_a_time_zone_is_refused(owner: AsyncClient, team: Team) -> None:
    reminders = f"{API}/tasks/{(await team.task()).ref}/reminders"
    refused = await owner.post(reminders, json={"at": "2040-01-02T12:00:00"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/at")
