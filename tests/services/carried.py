"""Two projects, and tasks that went from one to the other."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasktracker.models import Event, Label, Project, Task, TaskAlias
from tasktracker.services import labels
from tasktracker.services.relocation import transfer_task
from tasktracker.services.task_state import task_state
from tasktracker.services.undo import UndoView, undo_last
from tests.factories import Team, make_team, second_project
from tests.services.play import add_field


async def pair() -> tuple[Team, Team]:
    """Two projects: a label and a custom field that only the first one has; its task 2 is task 1's subtask."""
    team = await make_team()
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    await add_field(team, "severity")
    await team.task("Parent")
    await team.task("Task", parent=f"{team.key}-1", label_ids=[str(label.id)], custom={"severity": "high"})
    await team.task("Below", parent=f"{team.key}-2")
    return team, await second_project(team)


async def carried() -> tuple[Team, Team]:
    """The same, with task 2 carried over, where it is task 1, and task 3 with it, where it is task 2."""
    team, other = await pair()
    await transfer_task(team.owner, team.ref(2), other.key)
    return team, other


async def latest(team: Team) -> Event:
    return (await Event.filter(log_id=team.project.id).order_by("-revision"))[0]


@dataclass
class Contents:
    """What is in a project."""

    tasks: list[tuple[int, int, int, dict[str, Any]]]
    labels: set[str]
    aliases: set[tuple[int, UUID]]
    next_number: int


async def contents(team: Team) -> Contents:
    rows = await Task.filter(project=team.project).order_by("number")
    return Contents(
        [(row.number, row.comment_count, row.attachment_count, task_state(row)) for row in rows],
        {label.name for label in await Label.filter(project=team.project)},
        {(alias.number, alias.task_id) for alias in await TaskAlias.filter(project=team.project)},
        (await Project.get(id=team.project.id)).next_number,
    )


async def everything(*teams: Team) -> list[Contents]:
    return [await contents(team) for team in teams]


def undo(team: Team) -> Awaitable[UndoView]:
    return undo_last(team.owner, team.key)


async def task_of(team: Team, number: int) -> Task:
    return await Task.get(project=team.project, number=number)
