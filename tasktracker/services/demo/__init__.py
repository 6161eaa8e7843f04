"""A workspace that looks like a real team's: three projects, three hundred tasks, ninety days of history.

Everything goes through the services, as if the people had done it, at the times they would have.
"""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash
from tasktracker.models import Project
from tasktracker.services import projects
from tasktracker.services.clock import now, time_is
from tasktracker.services.demo.blueprints import BLUEPRINTS, Blueprint
from tasktracker.services.demo.outline import read_cards
from tasktracker.services.demo.pen import Step
from tasktracker.services.demo.play import Stage, play, set_stage
from tasktracker.services.demo.story import tell_story
from tasktracker.services.demo.team import OWNER_EMAIL, PASSWORD, Cast, gather_cast, owner_of_demo
from tasktracker.services.demo.working_time import WorkingTime
from tasktracker.services.queries.projects import list_labels, list_projects

Progress = Callable[[str, int, int], None]
"""Called with a project's name, and how many steps of how many have been taken in all."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was added. `email` and `password` open the demo's own workspace; None where people worked already."""

    projects: tuple[str, ...]
    people: int
    tasks: int
    steps: int
    email: str | None
    password: str | None


class _Part(NamedTuple):
    """One project, ready to be played."""

    blueprint: Blueprint
    stage: Stage
    steps: Sequence[Step]


async def fill(actor: Actor | None = None, progress: Progress = lambda _name, _done, _total: None) -> DemoSummary:
    """Add the demo to the actor's workspace, or to one of its own where nobody is set up yet (`actor` None).

    A run that was broken off is taken up again: each project is there completely or not at all.
    Raises Clash when the demo is there already, Forbidden when the actor may not add people.
    """
    time = WorkingTime(now())
    with time_is(time.at(0)):
        owner = actor or await owner_of_demo()
        lacking = await _lacking(owner)
        cast = await gather_cast(owner)
        parts = [_part(each, key or await _open(owner, each), cast, time) for each, key in lacking]
    await _play_all(parts, progress)
    return DemoSummary(
        projects=tuple(part.stage.key for part in parts),
        people=len(cast.actors),
        tasks=sum(len(part.stage.numbers) for part in parts),
        steps=sum(len(part.steps) for part in parts),
        email=OWNER_EMAIL if cast.is_own else None,
        password=PASSWORD if cast.is_own else None,
    )


async def _lacking(owner: Actor) -> list[tuple[Blueprint, str | None]]:
    """The projects to play, each with its key where a run that was broken off had opened it. Raises Clash."""
    opened = {project.description: project.key for project in await list_projects(owner, archived=True)}
    lacking = []
    for blueprint in BLUEPRINTS:
        key = opened.get(blueprint.description)
        if key is None or not await list_labels(owner, key):
            lacking.append((blueprint, key))
    if not lacking:
        keys = ", ".join(opened[blueprint.description] for blueprint in BLUEPRINTS)
        raise Clash(f"The demo data is already there: see the projects {keys}.")
    return lacking


async def _open(owner: Actor, blueprint: Blueprint) -> str:
    """Create the project under its key, or with a number behind it when somebody has it."""
    found = await Project.filter(workspace_id=owner.workspace_id).values_list("key", flat=True)
    taken = set(map(str, found))
    keys = (blueprint.key, *(f"{blueprint.key}{number}" for number in range(2, len(taken) + 3)))
    fields = {"name": blueprint.name, "description": blueprint.description, "color": blueprint.color}
    return await projects.create_project(owner, {"key": next(key for key in keys if key not in taken), **fields})


def _part(blueprint: Blueprint, key: str, cast: Cast, time: WorkingTime) -> _Part:
    cards = read_cards(blueprint.content)
    steps = tell_story(blueprint, cards, time)
    return _Part(blueprint, set_stage(key, cast, time, cards, steps), steps)


async def _play_all(parts: Sequence[_Part], progress: Progress) -> None:
    """Play the projects side by side; when one fails, the others stop."""
    total, taken = sum(len(part.steps) for part in parts), itertools.count(1)

    def step_taken(name: str) -> None:
        progress(name, next(taken), total)

    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                told = partial(step_taken, part.blueprint.name)
                group.create_task(play(part.stage, part.blueprint, part.steps, told))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
