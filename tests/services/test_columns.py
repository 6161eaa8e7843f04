from itertools import pairwise

import pytest

from tasktracker.domain.errors import Clash, ColumnFull, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.services import accounts, columns, projects, tasks, undo
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of


async def names(team: Team) -> list[str]:
    return [column.name for column in await list_columns(team.owner, team.key)]


async def test_a_new_project_has_columns_to_work_with() -> None:
    team = await make_team()
    assert await names(team) == ["Backlog", "To do", "In progress", "In review", "Done"]
    categories = [column.category for column in await list_columns(team.owner, team.key)]
    assert categories == ["backlog", "unstarted", "started", "started", "done"]


async def test_a_column_is_added_at_the_end_with_its_limit() -> None:
    team = await make_team()
    raw = {"name": " Dropped ", "category": "cancelled", "wip_limit": 3}
    made = await columns.add_column(team.owner, team.key, raw)
    assert (await list_columns(team.owner, team.key))[-1] == made
    assert (made.name, made.category, made.wip_limit, made.version) == ("Dropped", "cancelled", 3, 1)


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"category": "done"}, "/name"),
        ({"name": "x"}, "/category"),
        ({"name": "x" * 51, "category": "done"}, "/name"),
        ({"name": "x", "category": "finished"}, "/category"),
        ({"name": "x", "category": "done", "wip_limit": 0}, "/wip_limit"),
        ({"name": "x", "category": "done", "wip_limit": True}, "/wip_limit"),
        ({"name": "x", "category": "done", "wip_limit": 2.5}, "/wip_limit"),
        ({"name": "x", "category": "done", "wip_limit": 10_001}, "/wip_limit"),
        ({"name": "x", "category": "done", "a/b": 1}, "/a~1b"),
    ],
)
async def test_a_wrong_column_is_pointed_at(raw: dict[str, object], pointer: str) -> None:
    team = await make_team()
    assert await pointers_of(columns.add_column(team.owner, team.key, raw)) == [pointer]


async def test_two_columns_of_one_name_would_confuse() -> None:
    team = await make_team()
    again = columns.add_column(team.owner, team.key, {"name": "Done", "category": "done"})
    renamed = columns.edit_column(team.owner, team.key, team.columns["Backlog"].id, {"name": "Done"})
    for call in (again, renamed):
        assert isinstance(await outcome_of(call), Clash)
    same = await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"name": "Done", "wip_limit": 4})
    assert (same.wip_limit, same.version) == (4, 2)


async def test_a_board_has_at_most_fifty_columns() -> None:
    team = await make_team()
    raws = [{"name": f"Column {n}", "category": "started"} for n in range(50)]
    outcomes = await outcomes_of(columns.add_column(team.owner, team.key, raw) for raw in raws)
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 5
    assert len(await names(team)) == 50


async def test_columns_are_put_in_order() -> None:
    team = await make_team()
    ids = {name: column.id for name, column in team.columns.items()}
    await columns.move_column(team.owner, team.key, ids["Done"], after=None)
    await columns.move_column(team.owner, team.key, ids["Backlog"], after=ids["In review"])
    await columns.move_column(team.owner, team.key, ids["In progress"], after=ids["Done"])
    assert await names(team) == ["Done", "In progress", "To do", "In review", "Backlog"]
    positions = [column.position.encode() for column in await list_columns(team.owner, team.key)]
    assert all(one < other for one, other in pairwise(positions))


async def test_a_column_goes_once_it_is_empty_and_archived_tasks_count() -> None:
    team = await make_team()
    column = team.columns["In review"]
    task = await team.task(column="In review")
    await tasks.archive_task(team.owner, team.ref(task.number))
    refusal = await outcome_of(columns.delete_column(team.owner, team.key, column.id))
    assert str(refusal).startswith("“In review” still holds 1 task")
    await tasks.move_task(team.owner, team.ref(task.number), Spot(str(team.columns["Done"].id)))
    await columns.delete_column(team.owner, team.key, column.id)
    assert "In review" not in await names(team)


async def test_a_task_and_the_deletion_of_its_column_at_once_end_in_one_of_the_two() -> None:
    team = await make_team()
    for _ in range(5):
        column = await columns.add_column(team.owner, team.key, {"name": "Short-lived", "category": "started"})
        create = tasks.create_task(team.owner, team.key, {"title": "x", "column_id": str(column.id)})
        outcomes = await outcomes_of([create, columns.delete_column(team.owner, team.key, column.id)])
        assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
        if "Short-lived" in await names(team):
            await columns.edit_column(team.owner, team.key, column.id, {"name": f"Kept {column.id}"})


async def test_a_column_of_another_project_is_not_found() -> None:
    team, other = await make_team(), await make_team()
    theirs = other.columns["Done"].id
    for column_id in (theirs, new_id()):
        for call in (
            columns.edit_column(team.owner, team.key, column_id, {"name": "x"}),
            columns.move_column(team.owner, team.key, column_id, after=None),
            columns.delete_column(team.owner, team.key, column_id),
        ):
            assert isinstance(await outcome_of(call), NotFound)


async def test_a_column_moves_after_another_one_of_its_board() -> None:
    team, other = await make_team(), await make_team()
    done = team.columns["Done"].id
    for after in (other.columns["To do"].id, new_id(), done):
        assert await pointers_of(columns.move_column(team.owner, team.key, done, after=after)) == ["/after"]


async def test_the_tasks_of_a_column_that_is_deleted_go_to_another_one_and_one_undo_brings_all_of_it_back() -> None:
    team = await make_team()
    there = await team.task("There already", column="Done")
    first, second, third = [await team.task(title, column="In review") for title in ("One", "Two", "Three")]
    await tasks.archive_task(team.owner, team.ref(second.number))
    await tasks.trash_task(team.owner, team.ref(third.number))
    column, done = team.columns["In review"], team.columns["Done"]
    await columns.delete_column(team.owner, team.key, column.id, move_to=done.id)
    assert "In review" not in await names(team)
    moved = [await get_task(team.owner, team.ref(each.number)) for each in (there, first, second, third)]
    assert {task.column_id for task in moved} == {done.id}
    assert all(task.completed_at for task in moved)
    assert sorted(task.position for task in moved) == [task.position for task in moved]
    await undo.undo_last(team.owner, team.key)
    assert (await get_task(team.owner, team.ref(second.number))).column_id == column.id
    assert "In review" in await names(team)


async def test_a_full_column_takes_no_tasks_of_one_that_is_deleted() -> None:
    team = await make_team()
    await team.task(column="In review")
    await team.task(column="Done")
    column, done = team.columns["In review"], team.columns["Done"]
    await columns.edit_column(team.owner, team.key, done.id, {"wip_limit": 1})
    refused = await outcome_of(columns.delete_column(team.owner, team.key, column.id, move_to=done.id))
    assert isinstance(refused, ColumnFull)
    itself = await outcome_of(columns.delete_column(team.owner, team.key, column.id, move_to=column.id))
    assert isinstance(itself, Clash)
    assert "In review" in await names(team)


@pytest.mark.parametrize(
    ("locale", "last"), [("en", "Done"), ("de-AT", "Erledigt"), ("ar", "تم"), ("fr", "Done"), ("zh-Hant-TW", "Done")]
)
async def test_a_new_project_has_columns_in_the_language_of_its_maker(locale: str, last: str) -> None:
    team = await make_team()
    await accounts.edit_me(team.owner, {"locale": locale})
    key = await projects.create_project(team.owner, {"key": f"{team.key}N", "name": "New"})
    found = await list_columns(team.owner, key)
    assert found[-1].name == last
    assert [column.category for column in found] == ["backlog", "unstarted", "started", "started", "done"]
