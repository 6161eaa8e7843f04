"""Rows that a command reads and writes together are never older than what the command has done."""

from contextlib import AbstractAsyncContextManager

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.domain.permissions import Permission
from tasktracker.models import BoardColumn, Reminder, Task
from tasktracker.services import tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import place_again
from tasktracker.services.task_changes import add_task, change_task, find_task, stamp_task
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of
from tests.services.test_round_trips import counting


def open_command(team: Team) -> AbstractAsyncContextManager[ProjectCommand]:
    return project_command(team.owner, team.key, Permission.EDIT_TASKS)


async def test_a_statement_sees_what_was_changed_before_it() -> None:
    team = await make_team()
    await team.task("First")
    async with open_command(team) as command, gathered(command, [1]):
        await change_task(command, await find_task(command, team.ref(1)), {"title": "Renamed"})
        await add_task(command, {"title": "Second"})
        rows = await command.db.execute_query_dict(
            "SELECT title FROM task WHERE project_id = $1 ORDER BY number", [team.project.id]
        )
        assert [row["title"] for row in rows] == ["Renamed", "Second"]
        by_the_orm = await Task.filter(project_id=team.project.id, title="Renamed").using_db(command.db)
        assert [task.version for task in by_the_orm] == [2]


async def test_a_row_that_somebody_else_read_and_changed_is_not_overwritten() -> None:
    team = await make_team()
    await team.task("First")
    async with open_command(team) as command, gathered(command, [1]):
        await change_task(command, await find_task(command, team.ref(1)), {"title": "Renamed"})
        own = await Task.get(project_id=team.project.id, number=1, using_db=command.db)
        await change_task(command, own, {"priority": "high"})
        await change_task(command, await find_task(command, team.ref(1)), {"estimate": 2.0})
    task = await Task.get(project=team.project, number=1)
    assert (task.title, task.priority, task.estimate, task.version) == ("Renamed", 3, 2.0, 4)


async def test_many_rows_take_a_handful_of_statements() -> None:
    team = await make_team()
    for number in range(60):
        await team.task(f"Task {number}")
    async with counting() as statements, open_command(team) as command, gathered(command, range(1, 61)):
        for number in range(1, 61):
            task = await find_task(command, team.ref(number))
            await change_task(command, task, {"title": f"Number {number}"})
            await change_task(command, task, {"column_id": str(team.columns["Done"].id)})
            await add_task(command, {"title": f"Copy {number}"})
    assert len(statements) < 15, statements
    assert await Task.filter(project=team.project, column_id=team.columns["Done"].id).count() == 60


async def test_what_is_said_about_a_task_that_is_not_written_yet_is_counted() -> None:
    team = await make_team()
    async with open_command(team) as command, gathered(command):
        task = await add_task(command, {"title": "First"})
        await command.comments.count(task.id, 1)
    assert (await Task.get(project=team.project)).comment_count == 1


async def test_a_place_that_a_task_has_just_given_up_is_free_for_another() -> None:
    team = await make_team()
    one, two = await team.task("One"), await team.task("Two")
    column = BoardColumn(id=team.columns["To do"].id)
    async with open_command(team) as command, gathered(command, [1, 2]):
        task = await find_task(command, team.ref(2))
        assert await place_again(command, column, one.position, 2) > one.position, "it is taken"
        assert await place_again(command, column, two.position, 2) == two.position, "its own"
        await change_task(command, await find_task(command, team.ref(1)), {"column_id": str(team.columns["Done"].id)})
        task.position = await place_again(command, column, one.position, 2)
        await command.rows.save(task, ["position"])
    assert (await Task.get(project=team.project, number=2)).position == one.position


@pytest.mark.parametrize("others", [0, 25])
@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([(40, 41), (41, 40)], "the tree would be a circle"),
        ([(each, each - 1) for each in range(32, 42)], "levels deep"),
        ([(32, 33), (33, 34), *((each, each - 1) for each in range(42, 49)), (34, 48)], "levels deep"),
        ([(40, 30)], "or it is in the trash"),
    ],
)
async def test_the_tree_is_as_it_may_be_up_to_the_last_of_many_operations(
    pairs: list[tuple[int, int]], reason: str, others: int
) -> None:
    team = await make_team()
    await run_batch(team.owner, team.key, [{"op": "create", "fields": {"title": str(each)}} for each in range(50)])
    await tasks.trash_task(team.owner, team.ref(30))
    harmless = [(child, 1) for child in range(2, 2 + others)]
    operations = [
        {"op": "edit", "ref": f"{team.key}-{child}", "fields": {"parent": f"{team.key}-{parent}"}}
        for child, parent in [*harmless, *pairs]
    ]
    if operations[1:]:
        await run_batch(team.owner, team.key, operations[:-1])
        await run_batch(team.owner, team.key, [{**each, "fields": {"parent": None}} for each in operations[:-1]])
    refusal = await outcome_of(run_batch(team.owner, team.key, operations))
    assert isinstance(refusal, Invalid)
    assert [problem.pointer for problem in refusal.problems] == [f"/operations/{len(operations) - 1}/fields/parent"]
    assert reason in str(refusal)


async def test_whether_a_task_has_subtasks_follows_what_the_command_does() -> None:
    team = await make_team()
    above = await team.task("Above")
    for number in (2, 3):
        await team.task(f"Below {number}", parent=above.ref)
    async with open_command(team) as command, gathered(command, [1, 2, 3]):
        found = [await find_task(command, team.ref(number)) for number in (1, 2, 3)]
        assert [await command.rows.has_subtasks(task) for task in found] == [True, False, False]
        await stamp_task(command, found[1], "trashed_at")
        assert await command.rows.has_subtasks(found[0])
        await change_task(command, found[2], {"parent_id": str(found[1].id)})
        assert [await command.rows.has_subtasks(task) for task in found] == [False, True, False]
        new = await add_task(command, {"title": "New", "parent_id": str(found[0].id)})
        assert [await command.rows.has_subtasks(task) for task in (found[0], new)] == [True, False]


async def test_a_failure_writes_nothing_and_leaves_the_command_as_it_was() -> None:
    team = await make_team()
    await team.task("First")
    async with open_command(team) as command:
        rows, db = command.rows, command.db
        async with gathered(command):
            await stamp_task(command, await find_task(command, team.ref(1)), "archived_at")
        assert (command.rows, command.db) == (rows, db)


async def test_reminders_follow_a_due_moment_that_many_tasks_get() -> None:
    team = await make_team()
    task = await Task.get(project=team.project, number=(await team.task("First")).number)
    await Reminder.create(task=task, account_id=team.owner.account_id, minutes_before=30)
    async with open_command(team) as command, gathered(command):
        await change_task(command, await find_task(command, team.ref(1)), {"due": "2030-01-02T10:00:00Z"})
    reminder = await Reminder.get(task=task)
    assert reminder.fire_at
    assert reminder.fire_at.isoformat() == "2030-01-02T09:30:00+00:00"
