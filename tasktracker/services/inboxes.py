"""Putting what has happened into people's inboxes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.ids import new_id
from tasktracker.domain.notices import REASONS
from tasktracker.realtime.doorbell import doorbell
from tasktracker.services.access import READERS
from tasktracker.services.command import ProjectCommand
from tasktracker.services.transaction import after_commit

_PEOPLE = """
    SELECT a.handle, a.id FROM account a JOIN membership m ON m.account_id = a.id AND m.workspace_id = $1
    WHERE a.handle = ANY($2::text[]) AND a.is_active
"""
_CONCERNED = f"""
    WITH news AS (
        SELECT n.reason, n.account_id, e.revision, e.task_id, e.workspace_id, e.actor_id, e.at, t.project_id,
            t.watcher_ids || t.assignee_ids AS people
        FROM unnest($2::bigint[], $3::text[], $4::uuid[]) AS n(revision, reason, account_id)
        JOIN event e ON e.log_id = $1 AND e.revision = n.revision JOIN task t ON t.id = e.task_id)
    SELECT who.id AS account_id, news.revision, news.reason, news.task_id, news.workspace_id, news.at FROM news
    CROSS JOIN unnest(CASE WHEN news.account_id IS NULL THEN news.people ELSE ARRAY[news.account_id] END) AS who(id)
    JOIN ({READERS}) reader ON reader.project_id = news.project_id AND reader.account_id = who.id
    WHERE who.id IS DISTINCT FROM news.actor_id
"""
_FIELDS = ("account_id", "revision", "reason", "task_id", "workspace_id", "at")
_WRITE = """
    INSERT INTO notification (log_id, id, account_id, revision, reason, task_id, workspace_id, created_at)
    SELECT $1, new.* FROM unnest(
        $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::uuid[], $8::timestamptz[]) AS new
    ON CONFLICT (account_id, log_id, revision) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class News:
    """An event (by its revision), and why somebody is told of it; `account_id` None: all whom the task concerns."""

    revision: int
    reason: str
    account_id: UUID | None


async def tell(db: BaseDBAsyncClient, log_id: UUID, news: Sequence[News]) -> None:
    """Put events of one log into the inboxes of those whom they concern, once for each event and person.

    Only people who can see the task's project by now are told, and never the one who did it; of several reasons the
    strongest counts.
    """
    if not news:
        return
    columns = [[getattr(each, name) for each in news] for name in ("revision", "reason", "account_id")]
    rows = _strongest(await db.execute_query_dict(_CONCERNED, [log_id, *columns]))
    await _write(db, log_id, rows)


async def tell_at_once(
    command: ProjectCommand, account_ids: Collection[UUID], task_id: UUID, revision: int, reason: str
) -> None:
    """Put an event into these people's inboxes by the very command that records it, under that revision.

    The command has made sure that they see the task.
    """
    told = (revision, reason, task_id, command.actor.workspace_id, command.at)
    rows = [dict(zip(_FIELDS, (account_id, *told), strict=True)) for account_id in account_ids]
    await _write(command.db, command.project.id, rows)


def ring_inboxes(account_ids: Collection[UUID]) -> None:
    """Tell the open pages of these people that their inboxes have changed, once that is committed."""
    after_commit(lambda: doorbell.ring_inboxes(account_ids))


async def people_called(db: BaseDBAsyncClient, workspace_id: UUID, handles: Collection[str]) -> dict[str, UUID]:
    """The active people of the workspace with one of these handles, by handle."""
    if not handles:
        return {}
    rows = await db.execute_query_dict(_PEOPLE, [workspace_id, list(handles)])
    return {row["handle"]: row["id"] for row in rows}


async def _write(db: BaseDBAsyncClient, log_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Nobody is told twice of one event."""
    if rows:
        ids = [new_id() for _ in rows]
        await db.execute_query(_WRITE, [log_id, ids, *([row[name] for row in rows] for name in _FIELDS)])
        ring_inboxes([row["account_id"] for row in rows])


def _strongest(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each account and event the row with the strongest reason."""
    weakest_first = sorted(rows, key=lambda row: REASONS.index(row["reason"]))
    return list({(row["account_id"], row["revision"]): row for row in weakest_first}.values())
