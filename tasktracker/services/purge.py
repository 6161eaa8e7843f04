"""Removing tasks from the trash for good: their rows, what hangs on them, and what the logs hold of them.

The events stay, so that every chain holds, and tell which fields were changed but not what stood in them.
"""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from loguru import logger

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, NotFound
from tasktracker.domain.events import Change, EventKind, is_redacted, redacted
from tasktracker.domain.ids import new_request_id
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.models import Task
from tasktracker.models.database import connection
from tasktracker.services.access import read_in_project
from tasktracker.services.availability import is_unavailable
from tasktracker.services.clock import now
from tasktracker.services.command import ProjectCommand, program_command, project_command
from tasktracker.services.files import loosen_files
from tasktracker.services.task_changes import change_task, find_task
from tasktracker.services.task_state import task_state
from tasktracker.services.transaction import unit_of_work

KEPT = timedelta(days=30)
"""How long a task stays in the trash."""
_AT_ONCE = 100

_RELATED = " || ".join(f"t.{relation}_ids" for relation in RELATIONS)
_INVOLVED = f"""(
    SELECT array_agg(DISTINCT involved.id) FROM (
        SELECT t.project_id AS id
        UNION SELECT x.project_id FROM task x WHERE x.parent_id = t.id OR x.id = ANY({_RELATED})
        UNION SELECT e.log_id FROM event e WHERE e.task_id = t.id) involved)"""
"""The projects that task `t` is in, or named in, or was in."""
_FIND = f"(SELECT {_INVOLVED} FROM task t WHERE t.project_id = access.id AND t.number = $5) AS projects"
_FIND_AGAIN = f"SELECT {_INVOLVED} AS projects FROM task t WHERE t.id = $1"
_DUE = f"""
    SELECT t.id, t.project_id, t.trashed_at, p.workspace_id, {_INVOLVED} AS projects, coalesce(
        (SELECT e.actor_id FROM event e WHERE e.task_id = t.id AND e.kind = 'TaskTrashed' ORDER BY e.at DESC LIMIT 1),
        t.created_by_id) AS account_id
    FROM task t JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
    WHERE t.trashed_at < $1 AND (t.trashed_at, t.id) > ($2, $3) ORDER BY t.trashed_at, t.id LIMIT $4
"""
_LOCK = "SELECT id FROM project WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"
_NAMED_BY = f"SELECT x.id FROM task x, task t WHERE t.id = $1 AND (x.parent_id = t.id OR x.id = ANY({_RELATED}))"
_TOLD = "SELECT id, log_id, revision, changes FROM event WHERE task_id = $1 AND kind <> 'EventRedacted'"
_REDACT = """
    UPDATE event SET changes = new.changes::jsonb FROM unnest($1::bigint[], $2::text[]) AS new(id, changes)
    WHERE event.id = new.id
"""
_FORGET = (
    "DELETE FROM notification WHERE task_id = $1",
    "DELETE FROM reminder WHERE task_id = $1",
    "DELETE FROM comment WHERE task_id = $1",
    "DELETE FROM task WHERE id = $1",
)


async def purge_task(actor: Actor, ref: TaskRef) -> None:
    """Remove a task that is in the trash for good. Its subtasks stay, without a parent.

    Raises NotFound, Forbidden, Clash (it is not in the trash).
    """
    row = await read_in_project(actor, ref.key, _FIND, ref.number, permission=Permission.MANAGE_PROJECT)
    if row["projects"] is None:
        raise NotFound("task", ref)
    async with unit_of_work() as work:
        await work.db.execute_query_dict(_LOCK, [row["projects"]])
        async with project_command(actor, ref.key, Permission.MANAGE_PROJECT) as command:
            task = await find_task(command, ref, trashed=True)
            if task.trashed_at is None:
                raise Clash(f"{ref} is not in the trash. Throw it away first.")
            await _purge(command, task, row["projects"])


async def purge_trash() -> int:
    """Purge what has been in the trash for longer than `KEPT`; returns how many tasks that were.

    Any number of processes may do it at once. What somebody is working on at the moment waits for the next time, and
    so does what is in an archived project, in which nothing changes.
    """
    before, last, purged = now() - KEPT, (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0)), 0
    while rows := await connection().execute_query_dict(_DUE, [before, *last, _AT_ONCE]):
        for row in rows:
            purged += await _purge_due(row, before)
        last = rows[-1]["trashed_at"], rows[-1]["id"]
    return purged


async def _purge_due(row: Mapping[str, Any], before: datetime) -> bool:
    """Purge one task, in the name of whoever threw it away. A failure keeps nothing else from being purged."""
    try:
        return await _purge_if_free(row, before)
    except Exception as error:
        if is_unavailable(error):
            raise
        logger.opt(exception=error).error("upkeep: task {} could not be purged", row["id"])
        return False


async def _purge_if_free(row: Mapping[str, Any], before: datetime) -> bool:
    actor = Actor(row["account_id"], row["workspace_id"], request_id=f"purge:{new_request_id()}")
    async with unit_of_work() as work:
        locked = await work.db.execute_query_dict(f"{_LOCK} SKIP LOCKED", [row["projects"]])
        if len(locked) < len(row["projects"]):
            return False
        async with program_command(actor, row["project_id"]) as command:
            still = Task.filter(id=row["id"], project_id=row["project_id"], trashed_at__lt=before)
            if (task := await still.using_db(command.db).first()) is None:
                return False
            await _purge(command, task, row["projects"])
    return True


async def _purge(command: ProjectCommand, task: Task, locked: Sequence[UUID]) -> None:
    """Purge the task; the projects that it is involved with must be the `locked` ones. Raises Clash."""
    rows = await command.db.execute_query_dict(_FIND_AGAIN, [task.id])
    if not set(rows[0]["projects"]) <= set(locked):
        raise Clash("Somebody is changing this task at the moment. Try again.")
    async with AsyncExitStack() as stack:
        commands = {command.project.id: command}
        for project_id in rows[0]["projects"]:
            if project_id not in commands:
                other = program_command(command.actor, project_id)
                commands[project_id] = await stack.enter_async_context(other)
        await _take_out_of_others(commands, command, task)
        await loosen_files(command, task.id)
        for statement in _FORGET:
            await command.db.execute_query(statement, [task.id])
        await _redact(commands, command, task)
        command.record(EventKind.TASK_PURGED, task.id, task_id=task.id, version=task.version + 1)


async def _take_out_of_others(commands: Mapping[UUID, ProjectCommand], command: ProjectCommand, task: Task) -> None:
    """Subtasks lose their parent, and related tasks the relation."""
    purged = str(task.id)
    ids = [row["id"] for row in await command.db.execute_query_dict(_NAMED_BY, [task.id])]
    for other in await Task.filter(id__in=ids).using_db(command.db).order_by("id"):
        state = task_state(other)
        fields: dict[str, Any] = {"parent_id": None} if state["parent_id"] == purged else {}
        for field in (f"{relation}_ids" for relation in RELATIONS):
            fields[field] = [each for each in state[field] if each != purged]
        await change_task(commands[other.project_id], other, fields)


async def _redact(commands: Mapping[UUID, ProjectCommand], command: ProjectCommand, task: Task) -> None:
    """Take what was told of the task out of the logs, and say in each of them of which events."""
    told = await command.db.execute_query_dict(_TOLD, [task.id])
    rows = [(row, changes) for row in told if (changes := orjson.loads(row["changes"])) and not is_redacted(changes)]
    ids = [row["id"] for row, _ in rows]
    await command.db.execute_query(_REDACT, [ids, [orjson.dumps(redacted(changes)).decode() for _, changes in rows]])
    for log_id, inside in commands.items():
        revisions = sorted(row["revision"] for row, _ in rows if row["log_id"] == log_id)
        if revisions:
            changes = [Change("revision", None, revision) for revision in revisions]
            inside.record(EventKind.EVENT_REDACTED, task.id, changes, task_id=task.id)
