"""A consumer sees each event once, in order, however often its processes are killed."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers import reader
from tasktracker.consumers.chain_watch import ChainWatch
from tasktracker.consumers.reader import Row, read_for_ever, read_pass
from tasktracker.domain.ids import new_id
from tasktracker.models.database import connection
from tasktracker.telemetry.metrics import CHAIN_BREAKS
from tests.factories import Team, make_team
from tests.realtime.ears import eventually

WORKER = Path(__file__).with_name("reading_worker.py")
DEATHS = 6
_UP_TO_DATE = """
    INSERT INTO consumer_cursor (consumer, log_id, revision)
    SELECT $1, id, revision FROM (SELECT id, revision FROM project UNION ALL SELECT id, revision FROM workspace) log
"""
"""Other tests have filled this database: reading all of it takes long and shows nothing."""


@pytest.fixture(autouse=True)
async def _table(database: None) -> None:
    await connection().execute_query("CREATE TABLE IF NOT EXISTS read_by_test (log_id uuid, revision bigint)")


async def start_worker(database_url: str, team: Team) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, str(WORKER), database_url, str(team.workspace.id))


async def read_revisions(log_id: UUID) -> list[int]:
    rows = await connection().execute_query_dict("SELECT revision FROM read_by_test WHERE log_id = $1", [log_id])
    return [row["revision"] for row in rows]


@pytest.mark.drill
async def test_no_event_is_lost_or_doubled_when_readers_are_killed(database_url: str) -> None:
    team = await make_team()
    choose = random.Random(7)
    workers = [await start_worker(database_url, team) for _ in range(2)]
    try:
        for _ in range(DEATHS):
            await asyncio.gather(*(team.task() for _ in range(30)))
            await asyncio.sleep(choose.uniform(0.1, 0.5))
            victim = choose.randrange(2)
            workers[victim].kill()
            await workers[victim].wait()
            workers[victim] = await start_worker(database_url, team)
        await team.project.refresh_from_db()
        async with asyncio.timeout(30):
            while len(await read_revisions(team.project.id)) < team.project.revision:
                await asyncio.sleep(0.1)
    finally:
        for worker in workers:
            worker.kill()
            await worker.wait()
    assert await read_revisions(team.project.id) == list(range(1, team.project.revision + 1))


class Notes:
    """A consumer that notes which events it has read."""

    def __init__(self) -> None:
        self.name = f"notes-{new_id().hex[-12:]}"
        self.read: set[tuple[UUID, int]] = set()

    async def consume(
        self,
        db: BaseDBAsyncClient,  # noqa: ARG002  every consumer is given one
        log_id: UUID,
        events: Sequence[Row],
    ) -> None:
        self.read |= {(log_id, event["revision"]) for event in events}


@asynccontextmanager
async def reading(notes: Notes) -> AsyncIterator[None]:
    """A process that reads for ever, up to date with all there is."""
    await connection().execute_query(_UP_TO_DATE, [notes.name])
    task = asyncio.create_task(read_for_ever(notes))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("listening")
async def test_an_event_is_read_as_soon_as_the_process_hears_of_it() -> None:
    team, notes = await make_team(), Notes()
    async with reading(notes):
        await asyncio.sleep(0.2)
        for _ in range(3):
            await team.task()
            await team.project.refresh_from_db()
            place = (team.project.id, team.project.revision)
            assert await eventually(lambda: place in notes.read, within=2) < reader.INTERVAL / 2  # noqa: B023


async def test_what_nobody_heard_of_is_read_at_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "INTERVAL", 0.3)
    team, notes = await make_team(), Notes()
    async with reading(notes):
        await team.task()
        await team.project.refresh_from_db()
        await eventually(lambda: (team.project.id, team.project.revision) in notes.read, within=5)


async def test_the_chain_watch_counts_a_link_that_does_not_hold() -> None:
    team = await make_team()
    before = CHAIN_BREAKS._value.get()  # noqa: SLF001  prometheus_client has no public way to read a value
    await team.task()
    await read_pass(ChainWatch(), [team.project.id])
    assert CHAIN_BREAKS._value.get() == before  # noqa: SLF001
    task = await team.task()
    change = "UPDATE event SET actor_id = NULL WHERE log_id = $1 AND kind = 'TaskCreated' AND task_id = (SELECT id FROM task WHERE project_id = $1 AND number = $2)"  # noqa: E501
    await connection().execute_query(change, [team.project.id, task.number])
    await read_pass(ChainWatch(), [team.project.id])
    assert CHAIN_BREAKS._value.get() == before + 1  # noqa: SLF001
    restore = change.replace("NULL", "$3")
    await connection().execute_query(restore, [team.project.id, task.number, team.owner.account_id])
