"""What falls due is done once, by whichever process, however often processes are killed."""

import asyncio
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tasktracker.consumers import due
from tasktracker.domain.permissions import Permission
from tasktracker.models import Event, Notification, Task
from tasktracker.models.database import connection
from tasktracker.services.audit import audit_logs
from tasktracker.services.clock import time_is
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.reminders import REMINDERS, add_reminder
from tests.due_work import at, utc
from tests.factories import Team, make_team

WORKER = Path(__file__).with_name("due_worker.py")
PROCESSES, DEATHS, TASKS = 3, 5, 30
TRIED = ["12:00", "12:01", "12:02", "12:04", "12:08", "12:16", "12:32", "13:04", "14:04", "15:04", "16:04", "17:04"]
"""When something that always fails and was due at noon is tried until six."""
_WAITING = """
    SELECT (SELECT count(*) FROM reminder r JOIN task t ON t.id = r.task_id
        WHERE t.project_id = ANY($1::uuid[]) AND r.fired_at IS NULL)
      + (SELECT count(*) FROM due_notice n JOIN task t ON t.id = n.task_id
        WHERE t.project_id = ANY($1::uuid[]) AND n.tell_at IS NOT NULL)
      + (SELECT count(*) FROM task t WHERE t.project_id = ANY($1::uuid[]) AND t.recur_at IS NOT NULL) AS waiting
"""


@pytest.fixture(autouse=True)
async def _database(database: None) -> None: ...


async def make_busy_team() -> Team:
    """A project of long ago: tasks with reminders, all due, and recurring tasks, all completed. Nothing was done."""
    with time_is(utc("2020-01-01 00:00")):
        team = await make_team()
        for number in range(TASKS):
            weekly = {"recurrence": {"rule": "FREQ=WEEKLY;COUNT=9"}, "column": "Done"}
            await team.task(f"Water plant {number}", **weekly)
            task = await team.task(due="2020-01-02T12:00:00Z")
            await add_reminder(team.owner, team.ref(task.number), {"minutes_before": 60})
    return team


async def start_worker(database_url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, str(WORKER), database_url)


async def waiting(project_ids: list[UUID]) -> int:
    return int((await connection().execute_query_dict(_WAITING, [project_ids]))[0]["waiting"])


@pytest.mark.drill
async def test_nothing_is_lost_or_doubled_when_workers_are_killed(database_url: str) -> None:
    teams = [await make_busy_team(), await make_busy_team()]
    projects = [team.project.id for team in teams]
    choose = random.Random(5)
    workers = [await start_worker(database_url) for _ in range(PROCESSES)]
    try:
        for _ in range(DEATHS):
            before = await waiting(projects)
            async with asyncio.timeout(30):
                while before and await waiting(projects) == before:
                    await asyncio.sleep(0.005)
            await asyncio.sleep(choose.uniform(0, 0.05))
            victim = choose.randrange(PROCESSES)
            workers[victim].kill()
            await workers[victim].wait()
            workers[victim] = await start_worker(database_url)
        async with asyncio.timeout(60):
            while await waiting(projects):
                await asyncio.sleep(0.05)
    finally:
        for worker in workers:
            worker.kill()
            await worker.wait()
    for team in teams:
        await _assert_each_was_told_once(team)
        await _assert_each_came_back_once(team)


async def _assert_each_was_told_once(team: Team) -> None:
    tasks = {task.id for task in await Task.filter(project_id=team.project.id, title="Fix the login")}
    events = await Event.filter(log_id=team.project.id, kind__in=["TaskFellDue", "ReminderFired"])
    assert Counter((event.kind, event.task_id) for event in events) == {
        (kind, task): 1 for kind in ("TaskFellDue", "ReminderFired") for task in tasks
    }
    told = await Notification.filter(log_id=team.project.id)
    assert Counter((each.reason, each.task_id) for each in told) == {
        (reason, task): 1 for reason in ("due", "reminder") for task in tasks
    }
    kinds = {event.revision: event.kind for event in events}
    assert {(each.reason, kinds[each.revision]) for each in told} == {
        ("due", "TaskFellDue"),
        ("reminder", "ReminderFired"),
    }
    assert (await audit_logs(team.workspace.id)).broken == ()


async def _assert_each_came_back_once(team: Team) -> None:
    tasks = await Task.filter(project_id=team.project.id, title__startswith="Water")
    assert Counter(task.title for task in tasks) == {f"Water plant {number}": 2 for number in range(TASKS)}
    rules = Counter(task.recurrence and task.recurrence["rule"] for task in tasks)
    assert rules == {None: TASKS, "FREQ=WEEKLY;COUNT=8": TASKS}


async def test_a_project_that_somebody_is_changing_waits_and_the_others_do_not() -> None:
    busy, free = [await make_due_team() for _ in range(2)]
    held, release = asyncio.Event(), asyncio.Event()
    change = asyncio.create_task(hold(busy, held, release))
    await held.wait()
    async with asyncio.timeout(10):
        await at("2030-03-01 12:00")
    assert (await fired(busy), await fired(free)) == (0, 1)
    release.set()
    await change
    await at("2030-03-01 12:00")
    assert (await fired(busy), await fired(free)) == (1, 1)


async def test_what_fails_is_tried_again_later_and_later_and_stops_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poisoned, healthy = [await make_due_team() for _ in range(2)]
    tried: list[str] = []

    async def do(command: ProjectCommand, reminder_id: UUID) -> None:
        await REMINDERS.do(command, reminder_id)
        if command.project.id == poisoned.project.id:
            tried.append(f"{command.at:%d %H:%M}")
            raise RuntimeError("poison")

    monkeypatch.setattr(due, "DUTIES", (replace(REMINDERS, do=do),))
    for minutes in range(0, 6 * 60, 1):
        await at(f"2030-03-01 {12 + minutes // 60}:{minutes % 60:02}")
    assert (await fired(poisoned), await fired(healthy)) == (0, 1)
    assert await Event.filter(log_id=poisoned.project.id, kind="ReminderFired").count() == 0
    assert tried == [f"01 {time}" for time in TRIED]
    monkeypatch.undo()
    await at("2030-03-01 18:04")
    assert await fired(poisoned) == 1


async def hold(team: Team, held: asyncio.Event, release: asyncio.Event) -> None:
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS):
        held.set()
        await release.wait()


async def make_due_team() -> Team:
    """A project with one reminder, for noon on March 1, 2030."""
    with time_is(utc("2030-01-01 00:00")):
        team = await make_team()
        await add_reminder(team.owner, team.ref((await team.task()).number), {"at": "2030-03-01T12:00:00Z"})
    return team


async def fired(team: Team) -> int:
    return await Notification.filter(log_id=team.project.id, reason="reminder").count()
