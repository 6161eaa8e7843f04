"""Where a task lands on the board, and the limit of a column."""

from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import ColumnFull, Conflict
from tasktracker.models import Event, Task
from tasktracker.services import columns, tasks
from tasktracker.services.queries.tasks import list_tasks
from tasktracker.services.task_changes import Spot
from tasktracker.services.views import TaskView
from tests.factories import Team, make_team
from tests.patience import sequences
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of


async def order_in(team: Team, column: str) -> list[int]:
    """The numbers of the tasks on the board, from the top."""
    found = (await list_tasks(team.owner, team.key, limit=100)).items
    mine = [task for task in found if task.column_id == team.columns[column].id]
    return [task.number for task in sorted(mine, key=lambda task: task.position.encode())]


async def move(team: Team, number: int, column: str, after: int | None = None, before: int | None = None) -> None:
    await tasks.move_task(team.owner, team.ref(number), Spot(str(team.columns[column].id), after, before))


async def team_with(count: int, column: str = "To do") -> Team:
    team = await make_team()
    for _ in range(count):
        await team.task(column=column)
    return team


async def test_new_tasks_line_up_at_the_end() -> None:
    assert await order_in(await team_with(5), "To do") == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("number", "after", "before", "order"),
    [
        (4, 1, None, [1, 4, 2, 3]),
        (1, 3, None, [2, 3, 1, 4]),
        (4, None, 1, [4, 1, 2, 3]),
        (1, None, 4, [2, 3, 1, 4]),
        (2, 4, None, [1, 3, 4, 2]),
        (2, None, None, [1, 3, 4, 2]),
        (2, 1, None, [1, 2, 3, 4]),
        (2, 2, None, [1, 2, 3, 4]),
    ],
)
async def test_a_card_lands_where_it_is_dropped(
    number: int, after: int | None, before: int | None, order: list[int]
) -> None:
    team = await team_with(4)
    await move(team, number, "To do", after, before)
    assert await order_in(team, "To do") == order


async def test_a_card_lands_in_another_column_between_its_cards() -> None:
    team = await team_with(3, "Done")
    task = await team.task()
    await move(team, task.number, "Done", after=1)
    assert await order_in(team, "Done") == [1, task.number, 2, 3]
    assert await order_in(team, "To do") == []


async def test_a_neighbour_that_has_gone_elsewhere_is_passed_over() -> None:
    team = await team_with(4)
    await move(team, 2, "Done")
    await move(team, 4, "To do", after=2, before=1)
    assert await order_in(team, "To do") == [4, 1, 3]
    await move(team, 4, "To do", after=2, before=99)
    assert await order_in(team, "To do") == [1, 3, 4]


async def test_archived_and_trashed_tasks_keep_their_places_between_the_others() -> None:
    team = await team_with(4)
    await tasks.archive_task(team.owner, team.ref(2))
    await tasks.trash_task(team.owner, team.ref(3))
    await move(team, 4, "To do", after=1)
    await move(team, 4, "To do", after=2)
    assert await order_in(team, "To do") == [1, 4]
    await tasks.unarchive_task(team.owner, team.ref(2))
    await tasks.restore_task(team.owner, team.ref(3))
    assert await order_in(team, "To do") == [1, 2, 4, 3]


async def test_two_hundred_drops_into_the_same_gap_all_land_there() -> None:
    team = await team_with(4)
    await move(team, 4, "To do", after=1)
    for turn in range(200):
        await move(team, 3 + turn % 2, "To do", after=1)
        assert await order_in(team, "To do") == [1, 3 + turn % 2, 4 - turn % 2, 2]
    longest = max(len(task.position) for task in (await list_tasks(team.owner, team.key)).items)
    assert longest < 100


@sequences(6)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 6), st.sampled_from(["To do", "Done"])), max_size=12))
async def test_any_drops_keep_the_order_that_people_see(drops: list[tuple[int, int, str]]) -> None:
    team = await team_with(5)
    board: dict[str, list[int]] = {"To do": [1, 2, 3, 4, 5], "Done": []}
    for number, after, column in drops:
        source = next(numbers for numbers in board.values() if number in numbers)
        is_at_own_place = after == number and number in board[column]
        await move(team, number, column, after=after)
        if is_at_own_place:
            continue
        source.remove(number)
        board[column].insert(_index_after(board[column], after), number)
    assert {column: await order_in(team, column) for column in board} == board


async def test_two_people_who_move_one_card_are_told() -> None:
    team = await team_with(3)
    await move(team, 1, "Done")
    late = tasks.move_task(team.owner, team.ref(1), Spot(str(team.columns["In review"].id)), version=1)
    refusal = await outcome_of(late)
    assert isinstance(refusal, Conflict)
    assert refusal.version == 2
    assert refusal.fields["column_id"] == {
        "base": str(team.columns["To do"].id),
        "yours": str(team.columns["In review"].id),
        "theirs": str(team.columns["Done"].id),
    }


async def test_a_move_merges_with_an_edit_of_the_text() -> None:
    team = await team_with(1)
    await tasks.edit_task(team.owner, team.ref(1), {"title": "New"})
    moved = await tasks.move_task(team.owner, team.ref(1), Spot(str(team.columns["Done"].id)), version=1)
    assert (moved.title, moved.column_id, moved.version) == ("New", team.columns["Done"].id, 3)


async def test_a_drop_on_its_own_place_is_no_event() -> None:
    team = await team_with(3)
    before = await Event.filter(log_id=team.project.id).count()
    await move(team, 2, "To do", after=1)
    await move(team, 3, "To do")
    assert await Event.filter(log_id=team.project.id).count() == before


async def test_a_column_that_is_none_is_pointed_at() -> None:
    team = await team_with(1)
    assert await pointers_of(tasks.move_task(team.owner, team.ref(1), Spot("to do"))) == ["/column_id"]


async def test_exactly_as_many_get_in_as_the_limit_allows_when_thirty_come_at_once() -> None:
    team = await team_with(15)
    doing = team.columns["In progress"]
    await columns.edit_column(team.owner, team.key, doing.id, {"wip_limit": 7})
    spot = Spot(str(doing.id))
    moves = [tasks.move_task(team.owner, team.ref(number), spot) for number in range(1, 16)]
    outcomes = await outcomes_of([*moves, *(team.task(column="In progress") for _ in range(15))])
    refused = [outcome for outcome in outcomes if isinstance(outcome, ColumnFull)]
    assert (len(await order_in(team, "In progress")), len(refused)) == (7, 23)
    assert str(refused[0]).startswith("“In progress” is full: its limit is 7.")


async def test_a_full_column_lets_people_work_in_it_and_leave_it() -> None:
    team = await team_with(2, "In progress")
    doing = team.columns["In progress"]
    await columns.edit_column(team.owner, team.key, doing.id, {"wip_limit": 1})
    await move(team, 2, "In progress", before=1)
    assert (await tasks.edit_task(team.owner, team.ref(1), {"column_id": str(doing.id), "title": "x"})).title == "x"
    await move(team, 1, "Done")
    for call in (
        tasks.edit_task(team.owner, team.ref(1), {"column_id": str(doing.id)}),
        tasks.move_task(team.owner, team.ref(1), Spot(str(doing.id))),
        team.task(column="In progress"),
    ):
        assert isinstance(await outcome_of(call), ColumnFull)
    await columns.edit_column(team.owner, team.key, doing.id, {"wip_limit": None})
    await move(team, 1, "In progress")


@pytest.mark.parametrize("away", [tasks.archive_task, tasks.trash_task])
async def test_what_is_off_the_board_takes_no_place_in_a_column(away: Callable[..., Awaitable[object]]) -> None:
    team = await team_with(2, "In progress")
    await columns.edit_column(team.owner, team.key, team.columns["In progress"].id, {"wip_limit": 2})
    await away(team.owner, team.ref(1))
    await team.task(column="In progress")
    assert isinstance(await outcome_of(team.task(column="In progress")), ColumnFull)


async def test_what_comes_back_to_a_full_column_is_refused_and_what_only_changes_its_box_is_not() -> None:
    team = await team_with(3, "In progress")
    for number in (1, 2):
        await tasks.archive_task(team.owner, team.ref(number))
    await tasks.trash_task(team.owner, team.ref(2))
    await columns.edit_column(team.owner, team.key, team.columns["In progress"].id, {"wip_limit": 1})
    assert isinstance(await outcome_of(tasks.unarchive_task(team.owner, team.ref(1))), ColumnFull)
    restored = await tasks.restore_task(team.owner, team.ref(2))
    assert restored.trashed_at is None
    assert restored.archived_at is not None
    assert isinstance(await outcome_of(tasks.unarchive_task(team.owner, team.ref(2))), ColumnFull)
    assert await order_in(team, "In progress") == [3]


DROPS = st.tuples(
    st.integers(1, 6),
    st.sampled_from(["To do", "In progress", "Done"]),
    st.none() | st.integers(1, 6),
    st.none() | st.integers(1, 6),
)


@sequences(4)
@given(st.none() | st.integers(1, 4), st.lists(DROPS, min_size=2, max_size=12))
async def test_drops_that_come_at_once_end_as_if_they_had_come_in_the_order_of_the_log(
    limit: int | None, drops: list[tuple[int, str, int | None, int | None]]
) -> None:
    team, twin = [await team_with(6) for _ in range(2)]
    for each in (team, twin):
        await columns.edit_column(each.owner, each.key, each.columns["In progress"].id, {"wip_limit": limit})
    actors = [team.owner.for_request(str(index)) for index in range(len(drops))]
    outcomes = await outcomes_of(
        tasks.move_task(actor, team.ref(number), Spot(str(team.columns[column].id), after, before))
        for actor, (number, column, after, before) in zip(actors, drops, strict=True)
    )
    assert {type(outcome) for outcome in outcomes} <= {TaskView, ColumnFull}
    told = await Event.filter(log_id=team.project.id, kind="TaskMoved").order_by("revision")
    for event in told:
        await move(twin, *drops[int(event.request_id)])
    assert await places_in(team) == await places_in(twin)
    assert limit is None or len(await order_in(team, "In progress")) <= limit


async def places_in(team: Team) -> dict[str, list[tuple[int, str]]]:
    """The numbers and positions of the tasks of each column, from the top; no two stand at one place."""
    found = {
        name: [(task.number, task.position) for task in await Task.filter(column_id=column.id).order_by("position")]
        for name, column in team.columns.items()
    }
    for places in found.values():
        assert all(one.encode() < other.encode() for (_, one), (_, other) in pairwise(places))
    return found


async def test_positions_stay_unique_and_ordered_when_many_drop_at_once() -> None:
    team = await team_with(12)
    spots = [Spot(str(team.columns["Done"].id), after=number - 1 or None) for number in range(1, 13)]
    await outcomes_of(tasks.move_task(team.owner, team.ref(spot.after or 12), spot) for spot in spots)
    found = (await list_tasks(team.owner, team.key)).items
    positions = sorted((task.column_id.hex, task.position.encode()) for task in found)
    assert all(one < other for one, other in pairwise(positions))


def _index_after(column: list[int], after: int) -> int:
    return column.index(after) + 1 if after in column else len(column)
