"""The one way to change anything.

A command locks the row of its log first (a project, or a workspace for what belongs to no project), so that commands
on one log are serial: revisions without a gap, exact limits and numbers, no deadlock. Then it checks, changes rows,
and records events; on leaving the block the events are numbered, chained and written, and the transaction commits.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.actor import Actor
from tasktracker.domain.custom_fields import Definition
from tasktracker.domain.errors import Clash, Forbidden, NotFound, NotSignedIn
from tasktracker.domain.events import Change, Event, EventKind, Link, digest_of
from tasktracker.domain.permissions import (
    Permission,
    ProjectRole,
    WorkspaceRole,
    require_in_project,
    require_in_workspace,
)
from tasktracker.models import Project, Workspace
from tasktracker.realtime.doorbell import doorbell
from tasktracker.services.access import MEMBER, VISIBLE, asker, project_role, require_key
from tasktracker.services.clock import now
from tasktracker.services.comment_rows import CommentRows
from tasktracker.services.due_times import follow_due
from tasktracker.services.task_rows import TaskRows
from tasktracker.services.transaction import Work, unit_of_work

_LOCK_PROJECT = f"""
    SELECT locked.*, (SELECT p.revision FROM project p WHERE p.id = locked.id) AS revision_before
    FROM ({VISIBLE} AND p.key = $4 FOR NO KEY UPDATE OF p) locked
"""
_CLAIM = "SELECT id FROM project WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE SKIP LOCKED"
_LOCK_WORKSPACE = f"""
    SELECT locked.*, (SELECT w.revision FROM workspace w WHERE w.id = locked.id) AS revision_before
    FROM (SELECT w.*, member.workspace_role FROM ({MEMBER}) member JOIN workspace w ON w.id = member.workspace_id
          FOR NO KEY UPDATE OF w) locked
"""
_INSERT_EVENTS = """
    INSERT INTO event (workspace_id, log_id, actor_id, at, request_id,
                       command, revision, kind, subject_id, task_id, version, changes, digest, prev_hash, hash)
    SELECT $5, $4, $6, $3, $7, $8, new.revision, new.kind, new.subject_id, new.task_id, new.version, new.changes::jsonb,
           new.digest, new.prev_hash, new.hash
    FROM unnest($9::bigint[], $10::text[], $11::uuid[], $12::uuid[], $13::int[], $14::text[],
                $15::bytea[], $16::bytea[], $17::bytea[])
         AS new(revision, kind, subject_id, task_id, version, changes, digest, prev_hash, hash)
"""
_APPEND_TO_PROJECT = f"""
    WITH head AS (UPDATE project SET revision = $1, head_hash = $2, changed_at = $3, next_number = $18 WHERE id = $4)
    {_INSERT_EVENTS}
"""
_APPEND_TO_WORKSPACE = f"""
    WITH head AS (UPDATE workspace SET revision = $1, head_hash = $2, changed_at = $3 WHERE id = $4)
    {_INSERT_EVENTS}
"""


@dataclass
class Command:
    """A command under way: who acts, when, on which connection, and the events recorded so far."""

    actor: Actor
    db: BaseDBAsyncClient
    at: datetime
    events: list[Event] = field(default_factory=list)

    def record(
        self,
        kind: EventKind,
        subject_id: UUID,
        changes: Sequence[Change] = (),
        *,
        task_id: UUID | None = None,
        version: int = 1,
    ) -> None:
        """Note that something happened; it is written when the command ends."""
        self.events.append(Event(kind, subject_id, changes, task_id, version))


@dataclass
class ProjectCommand(Command):
    """A command on the project whose row it holds locked.

    `rows` and `comments` read and write the rows of its tasks and of what is said about them. `known` holds the ids
    that were found to be the project's, by field; `custom_fields` its custom fields by key, once they have been read.
    """

    project: Project = field(kw_only=True)
    role: ProjectRole = field(kw_only=True)
    rows: TaskRows = field(init=False)
    comments: CommentRows = field(init=False)
    known: set[tuple[str, str]] = field(init=False, default_factory=set)
    custom_fields: Mapping[str, Definition] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.rows = TaskRows(self.db, self.project.id)
        self.comments = CommentRows(self.db, self.project.id)

    @property
    def next_revision(self) -> int:
        """The revision that the event recorded next will have."""
        last: int = self.project.revision
        return last + len(self.events) + 1


@dataclass
class WorkspaceCommand(Command):
    """A command on the workspace whose row it holds locked."""

    workspace: Workspace = field(kw_only=True)
    role: WorkspaceRole = field(kw_only=True)


@asynccontextmanager
async def project_command(
    actor: Actor, key: str, permission: Permission, *, archived: bool = False
) -> AsyncIterator[ProjectCommand]:
    """Lock the project, check that the actor may, run the block, append its events, commit, ring.

    An archived project refuses every command but those that say `archived=True`.
    Raises NotFound, Forbidden, Clash.
    """
    require_write(actor)
    require_key(key)
    async with unit_of_work() as work:
        row = await _lock(work.db, _LOCK_PROJECT, [*asker(actor), key])
        if row is None:
            raise NotFound("project", key)
        role = project_role(row)
        require_in_project(role, permission)
        project = Project._init_from_db(**row)  # noqa: SLF001  Tortoise has no public way
        if project.archived_at and not archived:
            raise Clash(f"Project {key} is archived. Unarchive it to change anything in it.")
        command = ProjectCommand(actor, work.db, _now(project.changed_at), project=project, role=role)
        yield command
        await append_to_project(work, command, project)


@asynccontextmanager
async def program_command(actor: Actor, project_id: UUID) -> AsyncIterator[ProjectCommand]:
    """A command of the program itself: it does what the actor has arranged when they might, so no role is asked for.

    It waits for the project, unless `claim_project` has locked it in the same transaction already.
    """
    async with unit_of_work() as work:
        project = await Project.select_for_update(no_key=True).using_db(work.db).get(id=project_id)
        at = _now(project.changed_at)
        command = ProjectCommand(actor, work.db, at, project=project, role=ProjectRole.MANAGER)
        yield command
        await append_to_project(work, command, project)


async def claim_project(db: BaseDBAsyncClient, project_id: UUID) -> bool:
    """Lock the project for the transaction, without waiting: False if somebody holds it now, or it is archived."""
    return bool(await db.execute_query_dict(_CLAIM, [project_id]))


@asynccontextmanager
async def workspace_command(actor: Actor, permission: Permission | None) -> AsyncIterator[WorkspaceCommand]:
    """The same for what belongs to no project. `permission` None: anybody who is a member. Raises NotSignedIn."""
    require_write(actor)
    async with unit_of_work() as work:
        row = await _lock(work.db, _LOCK_WORKSPACE, asker(actor))
        if row is None:
            raise NotSignedIn("Your session has ended. Please sign in again.")
        role = WorkspaceRole(row["workspace_role"])
        if permission is not None:
            require_in_workspace(role, permission)
        workspace = Workspace._init_from_db(**row)  # noqa: SLF001
        command = WorkspaceCommand(actor, work.db, _now(workspace.changed_at), workspace=workspace, role=role)
        yield command
        await append_to_workspace(work, command, workspace)


async def append_to_project(work: Work, command: Command, project: Project) -> None:
    """Write the command's events to the project's log and move its head; nothing if nothing was recorded.

    What is planned for the times of its tasks follows them.
    """
    if command.events:
        await follow_due(command.db, command.events, command.at)
        values = _chain(command, project, project.workspace_id)  # type: ignore[attr-defined]
        await command.db.execute_query(_APPEND_TO_PROJECT, [*values, project.next_number])
        _ring_after_commit(work, project)


async def append_to_workspace(work: Work, command: Command, workspace: Workspace) -> None:
    """The same for a workspace's own log."""
    if command.events:
        await command.db.execute_query(_APPEND_TO_WORKSPACE, _chain(command, workspace, workspace.id))
        _ring_after_commit(work, workspace)


def _chain(command: Command, head: Project | Workspace, workspace_id: UUID) -> list[Any]:
    """Number and hash the events after `head`, move `head`, and return the values of the append statement."""
    actor, rows, first = command.actor, [], head.revision + 1
    for event in command.events:
        changes = [change.as_json() for change in event.changes]
        digest, prev_hash = digest_of(changes), head.head_hash
        link = Link(
            log_id=head.id,
            revision=head.revision + 1,
            kind=event.kind,
            subject_id=event.subject_id,
            task_id=event.task_id,
            version=event.version,
            actor_id=actor.account_id,
            at=command.at,
            request_id=actor.request_id,
            digest=digest,
        )
        head.revision, head.head_hash = link.revision, link.hash_after(prev_hash)
        rows.append(
            (link.revision, link.kind, link.subject_id, link.task_id, link.version, json.dumps(changes), digest,
             prev_hash, head.head_hash)
        )  # fmt: skip
    head.changed_at = command.at
    who = [workspace_id, actor.account_id, actor.request_id]
    return [head.revision, head.head_hash, command.at, head.id, *who, first, *map(list, zip(*rows, strict=True))]


def _ring_after_commit(work: Work, head: Project | Workspace) -> None:
    log_id, revision = head.id, head.revision
    work.after_commit.append(lambda: doorbell.ring(log_id, revision))


async def _lock(db: BaseDBAsyncClient, statement: str, values: list[Any]) -> dict[str, Any] | None:
    """The locked row with the asker's roles, or None if it does not exist for them.

    PostgreSQL reads the roles as of the statement's start and the locked row as of the moment it got the lock. If the
    log grew in between, the command before this one may have changed the roles: they are read again, under the lock.
    """
    rows = await db.execute_query_dict(statement, values)
    if rows and rows[0]["revision"] != rows[0]["revision_before"]:
        rows = await db.execute_query_dict(statement, values)
    return rows[0] if rows else None


def _now(last: datetime) -> datetime:
    """The time of this command: never before the log's last event, whichever replica's clock is behind."""
    return max(now(), last)


def require_write(actor: Actor) -> None:
    """Refuse whoever came with a token that only reads. Raises Forbidden."""
    if not actor.may_write:
        action = "change anything: this token is read-only"
        raise Forbidden(action, "token")
