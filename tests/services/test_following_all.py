"""Pages that follow all projects of their person."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.models import Project
from tasktracker.services import accounts, projects, tasks
from tasktracker.services.following import hub
from tasktracker.services.following_all import follow_projects, look_for_projects
from tests.factories import Team, make_team


class Page:
    """What an open page hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.told = 0

    def note(self, key: str, _patch: object) -> None:
        self.heard.append(key)

    def others(self) -> None:
        self.told += 1


@asynccontextmanager
async def page_of(person: Actor) -> AsyncIterator[Page]:
    page = Page()
    stop = await follow_projects(person, page.note, page.others)
    yield page
    stop()


async def ids_of(team: Team) -> dict[str, UUID]:
    return {project.key: project.id for project in await Project.filter(workspace_id=team.workspace.id)}


async def heard_by(page: Page) -> set[str]:
    async with asyncio.timeout(5):
        while not page.heard:
            await asyncio.sleep(0.01)
    return set(page.heard)


async def test_all_projects_that_somebody_sees_can_be_followed_at_once() -> None:
    team = await make_team()
    person = await team.person()
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    hidden = await projects.create_project(team.owner, {"key": f"{team.key}C", "name": "Plans", "is_private": True})
    ids = await ids_of(team)
    async with page_of(person) as page:
        assert set(ids.values()) & set(hub.open_logs) == {ids[team.key], ids[other]}
        await tasks.create_task(team.owner, other, {"title": "Fix the login"})
        await tasks.create_task(team.owner, hidden, {"title": "Secret"})
        hub.heard(ids[other], 1_000)
        assert await heard_by(page) == {other}
    assert not set(ids.values()) & set(hub.open_logs)


Opening = Callable[[Team, Actor, str], object]


async def open_to(team: Team, person: Actor, key: str) -> None:
    await projects.set_project_member(team.owner, key, person.account_id, "viewer")


async def open_to_all(team: Team, _person: Actor, key: str) -> None:
    await projects.edit_project(team.owner, key, {"is_private": False})


@pytest.mark.parametrize("opens", [open_to, open_to_all])
async def test_a_project_that_is_opened_to_somebody_is_followed_from_then_on(opens: Opening) -> None:
    team = await make_team()
    person = await team.person()
    async with page_of(person) as page, page_of(team.owner) as owners:
        key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Plans", "is_private": True})
        log = (await ids_of(team))[key]
        await look_for_projects({log})
        assert (page.told, owners.told) == (0, 1)
        await opens(team, person, key)  # type: ignore[misc]
        await look_for_projects({log})
        await look_for_projects({log})
        assert (page.told, owners.told) == (1, 1), "each is told once"
        await tasks.create_task(team.owner, key, {"title": "Fix the login"})
        hub.heard(log, 1_000)
        assert (await heard_by(page), await heard_by(owners)) == ({key}, {key})
    assert log not in hub.open_logs


async def test_what_no_news_told_of_is_found_by_looking_at_all() -> None:
    team = await make_team()
    guest = await team.person("guest")
    async with page_of(guest) as page:
        await accounts.set_workspace_role(team.owner, guest.account_id, "member")
        await look_for_projects()
        assert page.told == 1
        assert team.project.id in hub.open_logs


async def test_what_somebody_does_not_see_any_more_is_left_and_told() -> None:
    team = await make_team()
    person = await team.person()
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    ids = await ids_of(team)
    async with page_of(person) as page:
        await projects.edit_project(team.owner, other, {"is_private": True})
        await projects.archive_project(team.owner, team.key)
        await look_for_projects({ids[other]})
        assert page.told == 0
        await look_for_projects()
        await look_for_projects()
        assert page.told == 1
        assert not set(ids.values()) & set(hub.open_logs)
        await projects.unarchive_project(team.owner, team.key)
        await look_for_projects({ids[team.key]})
        assert (page.told, set(ids.values()) & set(hub.open_logs)) == (2, {ids[team.key]})


async def test_a_page_that_has_gone_follows_nothing_more() -> None:
    """Also when it goes while one looks."""
    team = await make_team()
    page = Page()
    stop = await follow_projects(team.owner, page.note, page.others)
    await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    looking = asyncio.create_task(look_for_projects())
    await asyncio.sleep(0)
    stop()
    await looking
    assert page.told == 0
    assert not set((await ids_of(team)).values()) & set(hub.open_logs)
