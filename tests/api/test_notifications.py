"""The inbox over the API."""

from typing import Any

import pytest
from httpx import AsyncClient

from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import read_pass
from tasktracker.services import comments, tasks
from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1"
INBOX = f"{API}/notifications"


@pytest.fixture
async def ana(team: Team, sign: Sign) -> AsyncClient:
    """Somebody who was assigned to a task, about which two things were said since."""
    person = await team.person()
    ref = team.ref((await team.task("Fix the login", assignee_ids=[str(person.account_id)])).number)
    for body in ("One", "Two"):
        await comments.add_comment(team.owner, ref, body)
    await _told(team)
    return await sign(person)


async def _told(team: Team) -> None:
    while await read_pass(Notifications(), [team.project.id]):
        continue


async def _inbox(client: AsyncClient, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(INBOX, params=query)).json()
    return found


async def test_the_inbox_tells_what_happened_newest_first(ana: AsyncClient, team: Team) -> None:
    found = await _inbox(ana)
    assert [each["reason"] for each in found] == ["commented", "commented", "assigned"]
    newest = found[0]
    assert (newest["task"], newest["title"], newest["kind"]) == (f"{team.key}-1", "Fix the login", "CommentAdded")
    assert newest["actor_id"] == str(team.owner.account_id)
    assert (await ana.get(f"{INBOX}/count")).json() == {"unread": 3}


async def test_following_the_links_leads_through_the_inbox_once(ana: AsyncClient) -> None:
    answer = await ana.get(INBOX, params={"limit": 2, "state": "all"})
    rest = await ana.get(answer.links["next"]["url"])
    assert [len(answer.json()), len(rest.json())] == [2, 1]
    assert "next" not in rest.links


async def test_the_inbox_can_be_asked_for_one_reason_alone(ana: AsyncClient) -> None:
    assert [each["reason"] for each in await _inbox(ana, reason="assigned")] == ["assigned"]
    assert (await ana.get(INBOX, params={"reason": "envy"})).status_code == 422


async def test_a_notification_is_read_put_off_and_brought_back(ana: AsyncClient) -> None:
    address = f"{INBOX}/{(await _inbox(ana))[0]['id']}"
    assert (await ana.post(f"{address}:read")).json()["read_at"] is not None
    assert len(await _inbox(ana)) == 2
    put_off = await ana.post(f"{address}:snooze", json={"until": "2098-01-01T09:00:00+01:00"})
    assert put_off.json()["snoozed_until"] == "2098-01-01T08:00:00Z"
    assert put_off.json()["read_at"] is None
    assert len(await _inbox(ana, state="snoozed")) == 1
    assert (await ana.post(f"{address}:unread")).json()["snoozed_until"] is None
    assert (await ana.get(f"{INBOX}/count")).json() == {"unread": 3}


async def test_all_are_read_at_once_or_up_to_one(ana: AsyncClient, team: Team) -> None:
    middle = (await _inbox(ana))[1]["id"]
    assert (await ana.post(f"{INBOX}:read", json={"up_to": middle})).json() == {"unread": 1}
    assert (await ana.post(f"{INBOX}:read", json={})).json() == {"unread": 0}
    await tasks.edit_task(team.owner, team.ref(1), {"due": "2030-01-01"})
    await _told(team)
    assert [each["reason"] for each in await _inbox(ana)] == ["changed"]


async def test_what_is_wrong_is_said(ana: AsyncClient, owner: AsyncClient) -> None:
    mine = (await _inbox(ana))[0]["id"]
    assert (await owner.post(f"{INBOX}/{mine}:read")).status_code == 404
    assert (await owner.post(f"{INBOX}:read", json={"up_to": mine})).json()["errors"][0]["pointer"] == "/up_to"
    refused = await ana.post(f"{INBOX}/{mine}:snooze", json={"until": "2020-01-01T00:00:00Z"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/until")
    assert (await ana.get(INBOX, params={"state": "new"})).status_code == 422
    assert (await ana.post(f"{INBOX}/all:read")).status_code == 422
