"""Commands on two projects: both logs or neither, and no deadlock however they cross."""

import asyncio

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import Event, Project
from tasktracker.models.database import connection
from tasktracker.services import projects
from tasktracker.services.command import ProjectCommand
from tasktracker.services.task_changes import change_task, find_task
from tasktracker.services.two_projects import two_projects_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of

EDIT = Permission.EDIT_TASKS
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


async def second_project(team: Team, **fields: object) -> str:
    """Another project of the team's workspace, with one task."""
    key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop", **fields})
    await Team(team.workspace, team.owner, key, await Project.get(key=key, workspace=team.workspace), {}).task()
    return key


async def rename_both(actor: Actor, key_a: str, key_b: str, title: str) -> None:
    async with two_projects_command(actor, key_a, key_b, EDIT) as commands:
        for command in commands:
            await rename(command, title)


async def rename(command: ProjectCommand, title: str) -> None:
    task = await find_task(command, TaskRef(command.project.key, 1))
    await change_task(command, task, {"title": title})


async def titles(team: Team) -> set[str]:
    rows = await connection().execute_query_dict(
        "SELECT t.title FROM task t JOIN project p ON p.id = t.project_id WHERE p.workspace_id = $1",
        [team.workspace.id],
    )
    return {row["title"] for row in rows}


@pytest.mark.parametrize("is_turned", [False, True])
async def test_each_command_is_the_one_of_its_key_whatever_the_order_of_the_locks(*, is_turned: bool) -> None:
    team = await make_team()
    await team.task()
    keys = [team.key, await second_project(team)]
    key_a, key_b = reversed(keys) if is_turned else keys
    async with two_projects_command(team.owner, key_a, key_b, EDIT) as (here, there):
        assert (here.project.key, there.project.key) == (key_a, key_b)
        await rename(here, "Here")
        await rename(there, "There")
    for project, title in ((here.project, "Here"), (there.project, "There")):
        newest = await Event.filter(log_id=project.id).order_by("-revision").first()
        assert newest is not None
        assert (newest.kind, newest.changes[0]["new"], newest.revision) == ("TaskEdited", title, project.revision)


async def test_one_project_named_twice_is_one_command() -> None:
    team = await make_team()
    await team.task()
    async with two_projects_command(team.owner, team.key, team.key, EDIT) as (here, there):
        assert here is there
        await rename(here, "Once")
    assert await titles(team) == {"Once"}


async def test_both_projects_change_or_neither() -> None:
    team = await make_team()
    await team.task("Before")
    key = await second_project(team)
    before = await titles(team)

    async def fail_half_way() -> None:
        async with two_projects_command(team.owner, team.key, key, EDIT) as (here, there):
            await rename(here, "After")
            await rename(there, "After")
            raise Clash("half-way")

    assert isinstance(await outcome_of(fail_half_way()), Clash)
    assert await titles(team) == before
    assert await Event.filter(workspace_id=team.workspace.id, kind="TaskEdited").count() == 0


async def test_commands_that_cross_never_wait_for_each_other() -> None:
    team = await make_team()
    await team.task()
    key = await second_project(team)
    deadlocks = (await connection().execute_query_dict(_DEADLOCKS))[0]["deadlocks"]
    pairs = [(team.key, key), (key, team.key)] * 10
    await asyncio.gather(*(rename_both(team.owner, *pair, f"Title {n}") for n, pair in enumerate(pairs)))
    assert len(await titles(team)) == 1, "each pair was renamed as one"
    assert await Event.filter(workspace_id=team.workspace.id, kind="TaskEdited").count() == 2 * len(pairs)
    assert (await connection().execute_query_dict(_DEADLOCKS))[0]["deadlocks"] == deadlocks


async def test_who_may_change_one_of_the_two_changes_neither() -> None:
    team = await make_team()
    await team.task()
    key, reader = await second_project(team), await team.person()
    await projects.set_project_member(team.owner, key, reader.account_id, "viewer")
    for pair in ((team.key, key), (key, team.key)):
        assert isinstance(await outcome_of(rename_both(reader, *pair, "Mine")), Forbidden)
    assert "Mine" not in await titles(team)


async def test_a_project_that_one_may_not_see_is_not_found_like_one_that_never_was() -> None:
    team = await make_team()
    await team.task()
    key, other = await second_project(team, is_private=True), await team.person()
    hidden = await outcome_of(rename_both(other, team.key, key, "Mine"))
    absent = await outcome_of(rename_both(other, team.key, "NOTHERE", "Mine"))
    assert isinstance(hidden, NotFound)
    assert str(hidden).replace(key, "NOTHERE") == str(absent)
    assert isinstance(await outcome_of(rename_both(other, "no key\0", team.key, "Mine")), NotFound)


async def test_an_archived_project_takes_no_part() -> None:
    team = await make_team()
    await team.task()
    key = await second_project(team)
    await projects.archive_project(team.owner, key)
    assert isinstance(await outcome_of(rename_both(team.owner, team.key, key, "Mine")), Clash)
    assert "Mine" not in await titles(team)
