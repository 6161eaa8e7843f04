"""Whether a task is as a filter says, asked inside a command."""

import pytest

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.permissions import Permission
from tasktracker.models import Task
from tasktracker.services import tasks
from tasktracker.services.command import project_command
from tasktracker.services.matching import matches
from tasktracker.services.task_changes import change_task, find_task
from tests.factories import Team, make_team


@pytest.fixture
async def team() -> Team:
    return await make_team()


async def is_so(team: Team, condition: str) -> bool:
    """Of task 1, for the owner."""
    task = await Task.get(project_id=team.project.id, number=1)
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
        return await matches(command, task.id, condition, team.owner)


async def test_a_task_is_as_a_filter_says_or_not(team: Team) -> None:
    await team.task("Fix the login", priority="high", due="2020-01-01")
    for condition in ("", "priority:>=high", "login is:overdue", "creator:me -assignee:me", f"ref:{team.key}-1"):
        assert await is_so(team, condition)
    for condition in ("priority:low", "-login", "assignee:me", "is:overdue state:done"):
        assert not await is_so(team, condition)


async def test_what_the_command_has_changed_counts(team: Team) -> None:
    await team.task("Fix the login")
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, team.ref(1))
        await change_task(command, task, {"priority": "urgent"})
        assert await matches(command, task.id, "priority:urgent", team.owner)


async def test_a_task_in_the_archive_or_the_trash_is_not_left_out(team: Team) -> None:
    await team.task("Fix the login")
    await tasks.archive_task(team.owner, team.ref(1))
    assert await is_so(team, "login")
    await tasks.trash_task(team.owner, team.ref(1))
    assert await is_so(team, "login is:trashed")


async def test_a_task_of_another_project_is_as_no_filter_says(team: Team) -> None:
    await team.task()
    other = await make_team()
    await other.task()
    theirs = await Task.get(project_id=other.project.id, number=1)
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
        assert not await matches(command, theirs.id, "", team.owner)


async def test_what_the_filter_names_has_to_be_there(team: Team) -> None:
    await team.task()
    with pytest.raises(FilterProblem):
        await is_so(team, "label:gone")
