"""Doing what falls due at a time: recurring tasks, reminders, due notices. All processes look; each thing is done once.

A thing is claimed by locking its project's row, as every command does, but without waiting: while somebody changes the
project, its things wait for the next pass. The effect and the mark that it is done are one command in that transaction.
So a process may be killed at any time: either both are there, or neither is, and then the next process does it.
"""

import asyncio
from typing import Any

from loguru import logger

from tasktracker.consumers.whole import whole
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Refusal
from tasktracker.domain.ids import new_request_id
from tasktracker.models.database import connection
from tasktracker.services.availability import UNAVAILABLE, is_unavailable
from tasktracker.services.clock import now
from tasktracker.services.command import claim_project, program_command
from tasktracker.services.due_notices import DUE_NOTICES
from tasktracker.services.duty import Duty
from tasktracker.services.recurring import RECURRING
from tasktracker.services.reminders import REMINDERS
from tasktracker.services.transaction import attempt, unit_of_work
from tasktracker.telemetry.metrics import DUE_WORK

INTERVAL = 1.0
"""Seconds between two passes when there was nothing to do."""
BATCH = 100
"""Things of one kind in one pass."""

DUTIES: tuple[Duty, ...] = (RECURRING, REMINDERS, DUE_NOTICES)


async def work_for_ever() -> None:
    """Pass after pass, with a rest when nothing was left to do."""
    while True:
        try:
            done = await work_pass()
        except UNAVAILABLE as error:
            logger.warning("due work: the database cannot be reached ({}), trying again", error)
            done = 0
        if not done:
            await asyncio.sleep(INTERVAL)


async def work_pass() -> int:
    """Do what is due now; returns how much of it was dealt with."""
    return sum([await _work_on(duty) for duty in DUTIES])


async def _work_on(duty: Duty) -> int:
    rows = await connection().execute_query_dict(duty.due, [now(), BATCH])
    return sum([await whole(_deal_with(duty, row)) for row in rows])


async def _deal_with(duty: Duty, row: dict[str, Any]) -> bool:
    """Do one thing, or put it off if that fails; False if its project is busy."""
    async with unit_of_work() as work:
        if not await claim_project(work.db, row["project_id"]):
            return False
        try:
            await _do(duty, row)
        except Exception as error:
            if is_unavailable(error):
                raise
            _log(duty, row, error)
            DUE_WORK.labels(duty.name, "failed").inc()
            await work.db.execute_query(duty.put_off, [row["id"], now()])
        else:
            DUE_WORK.labels(duty.name, "done").inc()
    return True


def _log(duty: Duty, row: dict[str, Any], error: Exception) -> None:
    """A refusal (a full column) is for people to mend; anything else is a defect."""
    if isinstance(error, Refusal):
        logger.warning("due work: {}, {} is put off: {}", duty.name, row["id"], error)
    else:
        logger.opt(exception=error).error("due work: {}, {} failed and is put off", duty.name, row["id"])


async def _do(duty: Duty, row: dict[str, Any]) -> None:
    actor = Actor(row["account_id"], row["workspace_id"], request_id=f"due:{new_request_id()}")
    async with attempt(), program_command(actor, row["project_id"]) as command:
        await duty.do(command, row["id"])
