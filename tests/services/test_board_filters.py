"""Which cards of a board a filter lets through."""

import pytest

from tasktracker.domain.errors import FilterProblem, NotFound
from tasktracker.services import tasks
from tasktracker.services.queries.board_filters import fitting_tasks
from tasktracker.services.queries.boards import board_json
from tests.factories import Team, make_team


@pytest.fixture
async def team(database: None) -> Team:
    return await make_team()


async def fitting(team: Team, query: str, numbers: list[int] | None = None) -> list[int]:
    """For the owner."""
    return (await fitting_tasks(team.owner, team.key, query, numbers)).numbers


async def test_a_filter_names_the_cards_that_fit(team: Team) -> None:
    for priority in ("high", "low", "urgent", "none"):
        await team.task(priority=priority)
    assert await fitting(team, "priority:>=high") == [1, 3]
    assert await fitting(team, "") == [1, 2, 3, 4]
    assert await fitting(team, "priority:>=high", [3, 4, 99]) == [3]
    assert await fitting(team, "priority:>=high", []) == []


async def test_only_what_is_on_the_board_is_named(team: Team) -> None:
    for _ in range(3):
        await team.task()
    await tasks.archive_task(team.owner, team.ref(1))
    await tasks.trash_task(team.owner, team.ref(2))
    assert await fitting(team, "") == [3]
    assert await fitting(team, "is:archived OR is:trashed OR is:open") == [3]


async def test_the_answer_says_of_which_revision_it_is(team: Team) -> None:
    await team.task()
    found = await fitting_tasks(team.owner, team.key, "is:open")
    assert f'"revision" : {found.revision},'.encode() in await board_json(team.owner, team.key)


async def test_a_wrong_filter_is_refused_at_its_characters(team: Team) -> None:
    with pytest.raises(FilterProblem) as refused:
        await fitting(team, "is:open label:buug")
    assert (refused.value.start, refused.value.end) == (14, 18)


async def test_what_somebody_does_not_see_cannot_be_filtered(team: Team) -> None:
    stranger = (await make_team()).owner
    with pytest.raises(NotFound):
        await fitting_tasks(stranger, team.key, "is:open")
