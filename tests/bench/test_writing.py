"""How many commands a second one process gets through."""

import asyncio
import time

import pytest

from tasktracker.services import tasks
from tests.bench.conftest import Note
from tests.factories import Team, make_team

WRITERS = 16
TASKS = 800
PROJECTS = 8
SLOWER = 0.7
"""Of the rate on one project: what many projects must reach at least, since they do not wait for each other."""

pytestmark = pytest.mark.bench


async def test_tasks_are_created_at_least_as_fast_over_many_projects_as_in_one(note: Note) -> None:
    one = await _rate([await make_team()])
    many = await _rate([await make_team() for _ in range(PROJECTS)])
    note(f"create tasks, {WRITERS} writers, one project", f"{one:5.0f} a second")
    note(f"create tasks, {WRITERS} writers, {PROJECTS} projects", f"{many:5.0f} a second")
    assert many > one * SLOWER


async def _rate(teams: list[Team]) -> float:
    """Tasks a second."""
    waiting = iter(range(TASKS))  # all the writers take from it

    async def write(team: Team) -> None:
        for number in waiting:
            await tasks.create_task(team.owner, team.key, {"title": f"Task {number}"})

    for team in teams:
        await team.task()
    start = time.perf_counter()
    await asyncio.gather(*(write(teams[number % len(teams)]) for number in range(WRITERS)))
    return TASKS / (time.perf_counter() - start)
