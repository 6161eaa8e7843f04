"""Who may go on following a project with a page that is already open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.models import Account, Session
from tasktracker.realtime.hub import Patch
from tasktracker.services import accounts, projects, sessions
from tasktracker.services.following import follow_project, hub, still_allowed
from tests.factories import Team, make_session, make_team
from tests.services.outcomes import outcome_of


async def page_of(person: Actor) -> Actor:
    """Somebody with a page open, who came with a session."""
    _, session = await make_session(person)
    return replace(person, session_id=session.id)


async def is_allowed(actor: Actor, project_id: UUID | None) -> bool:
    (answer,) = await still_allowed([(actor, project_id)])
    return answer


async def test_a_page_stays_open_while_its_session_and_its_project_are_there() -> None:
    team = await make_team()
    page = await page_of(await team.person())
    assert await is_allowed(page, team.project.id)
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    assert await still_allowed([(page, team.project.id), (page, None)]) == [False, True]
    await projects.set_project_member(team.owner, team.key, page.account_id, "viewer")
    assert await is_allowed(page, team.project.id)
    await accounts.remove_member(team.owner, page.account_id)
    assert await still_allowed([(page, team.project.id), (page, None)]) == [False, False]


async def test_a_page_closes_with_its_session_or_its_account() -> None:
    team = await make_team()
    revoked, expired, switched_off, fine = [await page_of(await team.person()) for _ in range(4)]
    assert revoked.session_id is not None
    await sessions.revoke_session(revoked, revoked.session_id)
    await Session.filter(id=expired.session_id).update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    await Account.filter(id=switched_off.account_id).update(is_active=False)
    pages: list[tuple[Actor, UUID | None]] = [
        (page, team.project.id) for page in (revoked, expired, switched_off, fine)
    ]
    assert await still_allowed(pages) == [False, False, False, True]
    assert await still_allowed([]) == []


async def test_the_project_of_another_workspace_is_none() -> None:
    team, other = await make_team(), await make_team()
    assert not await is_allowed(await page_of(team.owner), other.project.id)
    assert isinstance(await outcome_of(_follow(team, other.key)), NotFound)


async def test_a_project_is_followed_until_the_page_says_stop() -> None:
    team = await make_team()
    project_id, stop = await _follow(team, team.key)
    assert project_id == team.project.id
    assert project_id in hub.open_logs
    stop()
    assert project_id not in hub.open_logs


async def _follow(team: Team, key: str) -> tuple[UUID, Callable[[], None]]:
    return await follow_project(team.owner, key, _ignore)


def _ignore(_patch: Patch) -> None:
    """These pages draw nothing."""
