"""Rules answer each event once, however often their processes are killed, and while people go on working."""

import asyncio
import random
import sys
from pathlib import Path

import pytest

from tasktracker.models import Comment, Event
from tasktracker.models.database import connection
from tasktracker.services import tasks
from tasktracker.services.audit import audit_logs
from tasktracker.services.rules import add_rule
from tests.factories import Team, make_team

WORKER = Path(__file__).with_name("rules_worker.py")
DEATHS, TASKS = 5, 20
_LEFT = """
    SELECT p.revision - coalesce(c.revision, 0) AS events FROM project p
    LEFT JOIN consumer_cursor c ON c.log_id = p.id AND c.consumer = 'rules' WHERE p.id = $1
"""


async def start_worker(database_url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, str(WORKER), database_url)


async def left(team: Team) -> int:
    return int((await connection().execute_query_dict(_LEFT, [team.project.id]))[0]["events"])


async def answered(team: Team) -> int:
    return await Event.filter(log_id=team.project.id, request_id__startswith="rule:").count()


@pytest.mark.drill
async def test_no_answer_is_lost_or_doubled_when_workers_are_killed(database: None, database_url: str) -> None:
    team = await make_team()
    welcome = [{"do": "comment", "body": "Welcome"}, {"do": "set", "fields": {"estimate": 1}}]
    await add_rule(team.owner, team.key, {"name": "Welcome", "events": ["created"], "actions": welcome})
    echo = [{"do": "comment", "body": "Estimated"}]
    await add_rule(team.owner, team.key, {"name": "Echo", "events": ["changed:estimate"], "actions": echo})
    choose = random.Random(11)
    workers = [await start_worker(database_url) for _ in range(2)]
    made: list[int] = []
    try:
        for _ in range(DEATHS):
            before = await answered(team)
            made += [task.number for task in await asyncio.gather(*(team.task() for _ in range(TASKS)))]
            await asyncio.gather(
                *(tasks.edit_task(team.owner, team.ref(n), {"priority": "low"}) for n in made[-TASKS:])
            )
            async with asyncio.timeout(30):
                while await answered(team) == before:
                    await asyncio.sleep(0.005)
            await asyncio.sleep(choose.uniform(0, 0.2))
            victim = choose.randrange(2)
            workers[victim].kill()
            await workers[victim].wait()
            workers[victim] = await start_worker(database_url)
        async with asyncio.timeout(60):
            while await left(team):
                await asyncio.sleep(0.05)
    finally:
        for worker in workers:
            worker.kill()
            await worker.wait()
    said = await Comment.filter(task__project=team.project).values_list("task__number", "body")
    assert sorted(said) == sorted((number, body) for number in made for body in ("Welcome", "Estimated"))
    assert (await audit_logs(team.workspace.id)).broken == ()
