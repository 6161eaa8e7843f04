"""The steps of a project's life are its commands, each of which leads to the one before and the one behind it."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tasktracker.domain.errors import NotFound
from tasktracker.services import tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.queries.moments import find_moment
from tests.factories import make_team


async def test_going_back_command_by_command_meets_each_once_though_some_have_many_events() -> None:
    team = await make_team()
    numbers = [(await team.task(f"Task {number}")).number for number in range(3)]
    edits = [{"op": "edit", "ref": str(team.ref(number)), "fields": {"priority": "high"}} for number in numbers]
    await run_batch(team.owner, team.key, edits)
    await tasks.edit_task(team.owner, team.ref(numbers[0]), {"title": "Another"})
    moment = await find_moment(team.owner, team.key)
    met = [moment]
    while moment.first > 1:
        moment = await find_moment(team.owner, team.key, revision=moment.first - 1)
        met.append(moment)
    assert [each.last - each.first for each in met[:2]] == [0, len(numbers) - 1]
    assert all(later.first == earlier.last + 1 for later, earlier in pairwise(met))
    assert {each.newest for each in met} == {met[0].last}
    assert [deed.task for deed in met[1].deeds] == [str(team.ref(number)) for number in numbers]
    inside = await find_moment(team.owner, team.key, revision=met[1].first + 1)
    assert inside == met[1]


async def test_a_moment_is_found_by_its_time_and_none_before_the_project() -> None:
    team = await make_team()
    await team.task()
    first = await find_moment(team.owner, team.key, revision=1)
    assert await find_moment(team.owner, team.key, at=first.at) == first
    assert (await find_moment(team.owner, team.key, at=first.at + timedelta(days=1))).first > first.first
    with pytest.raises(NotFound):
        await find_moment(team.owner, team.key, at=first.at - timedelta(seconds=1))
    with pytest.raises(NotFound):
        await find_moment(await team.person("guest"), team.key)
