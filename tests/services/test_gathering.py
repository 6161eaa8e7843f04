"""Rows that a command reads and writes together are never older than what the command has done."""

from contextlib import AbstractAsyncContextManager

from tasktracker.domain.permissions import Permission
from tasktracker.models import Reminder, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.gathering import gathered
from tasktracker.services.task_changes import add_task, change_task, find_task, stamp_task
from tests.factories import Team, make_team
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
