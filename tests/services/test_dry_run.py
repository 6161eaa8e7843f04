"""What a dry run leaves behind: nothing, whatever it is a part of."""

import asyncio
from contextvars import Context

import pytest

from tasktracker.domain.errors import Clash
from tasktracker.models import Task
from tasktracker.realtime.doorbell import Doorbell
from tasktracker.services import command as commands
from tasktracker.services import tasks
from tasktracker.services.dry_run import dry_run
from tasktracker.services.transaction import unit_of_work
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of


async def count(team: Team) -> int:
    return await Task.filter(project=team.project).count()


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the doorbell was rung for."""
    heard: list[object] = []
    doorbell = Doorbell()
    monkeypatch.setattr(doorbell, "ring", lambda *what: heard.append(what))
    monkeypatch.setattr(commands, "doorbell", doorbell)
    return heard


async def test_what_was_done_is_seen_inside_and_gone_after(rings: list[object]) -> None:
    team = await make_team()
    rings.clear()
    async with dry_run():
        task = await team.task()
        assert await count(team) == 1
    assert (task.number, await count(team), rings) == (1, 0, [])
    assert (await team.task()).number == 1


async def test_not_wanted_it_is_no_dry_run(rings: list[object]) -> None:
    team = await make_team()
    rings.clear()
    async with dry_run(wanted=False):
        await team.task()
    assert (await count(team), len(rings)) == (1, 1)


async def test_what_surrounds_it_stays_done(rings: list[object]) -> None:
    team = await make_team()
    rings.clear()
    async with unit_of_work():
        await team.task("Before")
        async with dry_run():
            await team.task("Inside")
        await team.task("After")
    found = await Task.filter(project=team.project).order_by("number")
    assert [(task.number, task.title) for task in found] == [(1, "Before"), (2, "After")]
    assert len(rings) == 2


async def test_a_refusal_inside_goes_on_to_the_caller_who_may_go_on() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    async with unit_of_work():
        await tasks.trash_task(team.owner, ref)
        refused = await outcome_of(_edited_in_a_dry_run(team))
        await team.task("After")
    assert isinstance(refused, Clash)
    assert await count(team) == 2


async def test_others_may_write_to_the_project_as_soon_as_it_is_over() -> None:
    team = await make_team()
    async with unit_of_work():
        async with dry_run():
            await team.task()
        async with asyncio.timeout(5):
            await asyncio.create_task(team.task(), context=Context())


async def _edited_in_a_dry_run(team: Team) -> None:
    async with dry_run():
        await tasks.edit_task(team.owner, team.ref(1), {"title": "A"})


async def test_whether_it_is_one_may_be_decided_at_its_end(rings: list[object]) -> None:
    team = await make_team()
    rings.clear()
    for is_dry in (True, False):
        async with dry_run(wanted=not is_dry) as trial:
            await team.task()
            trial.is_dry = is_dry
        assert (await count(team), len(rings)) == ((0, 0) if is_dry else (1, 1))
