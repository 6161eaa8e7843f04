"""Reading one's own inbox.

What has happened to a task that one may not see any more is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.notices import REASONS
from tasktracker.domain.text import one_of
from tasktracker.models.database import connection
from tasktracker.realtime.inbox_hub import Inbox
from tasktracker.services.access import VISIBLE, read_in_workspace
from tasktracker.services.queries.cursors import clean_limit, decode_moment_and_id, moment_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import Page

NOTIFICATION = """n.id, n.reason, v.key || '-' || t.number AS task, t.title, e.kind, e.subject_id, e.actor_id,
    e.changes, n.created_at AS at, n.read_at, n.snoozed_until"""
"""The columns of a `NotificationView`, from notification `n` joined with its `SURROUNDINGS`."""
SURROUNDINGS = f"""JOIN task t ON t.id = n.task_id JOIN ({VISIBLE}) v ON v.id = t.project_id
    JOIN event e ON e.log_id = n.log_id AND e.revision = n.revision"""
UNREAD = "n.read_at IS NULL AND (n.snoozed_until IS NULL OR n.snoozed_until <= now())"
_STATES = {"unread": UNREAD, "snoozed": "n.read_at IS NULL AND n.snoozed_until > now()", "all": "true"}
_AFTER = "(n.created_at, n.id) < ($5::timestamptz, $6::uuid)"
_OWN = "n.account_id = $2 AND n.workspace_id = $1"
_VISIBLE_UNREAD = f"""FROM notification n WHERE {_OWN} AND {UNREAD}
    AND (SELECT t.project_id FROM task t WHERE t.id = n.task_id) IN (SELECT v.id FROM ({VISIBLE}) v)"""
"""Task by task: joined, PostgreSQL might go through the tasks of all projects for these few."""
_COUNT = f"(SELECT count(*) {_VISIBLE_UNREAD}) AS unread"
MANY = 100
"""Unread notifications that a page counts: beyond, they are just many."""
FEW_UNREAD = f"(SELECT count(*) FROM (SELECT {_VISIBLE_UNREAD} LIMIT {MANY}) unread)"
"""How many are unread, up to `MANY`."""
MARK = f"""(SELECT count(*) || '.' || coalesce(sum(hashtext(unread.id::text)), 0) FROM (
    SELECT n.id FROM notification n WHERE n.workspace_id = {{workspace}} AND n.account_id = {{account}} AND {UNREAD}
    ORDER BY n.created_at DESC, n.id DESC LIMIT {2 * MANY}) unread)"""
"""The mark of an inbox: another one whenever something else is unread in it, also because a time has come."""
_MARKS = f"""
    SELECT inbox.workspace_id, inbox.account_id,
        {MARK.format(workspace="inbox.workspace_id", account="inbox.account_id")} AS mark
    FROM unnest($1::uuid[], $2::uuid[]) AS inbox(workspace_id, account_id)
"""


@dataclass(frozen=True, slots=True)
class NotificationView:
    """Something that happened to a task (`kind`, `changes`: as in the log), and why one is told of it (`reason`).

    `subject_id` is what it happened to: the task, or a comment on it. One that is snoozed is unread again from
    `snoozed_until` on.
    """

    id: UUID
    reason: str
    task: str
    title: str
    kind: str
    subject_id: UUID
    actor_id: UUID | None
    changes: list[dict[str, Any]]
    at: datetime
    read_at: datetime | None
    snoozed_until: datetime | None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "NotificationView":
        """From a row of `NOTIFICATION`, as JSON typed by `rows_of`."""
        until = row.pop("snoozed_until")
        return cls(**row, snoozed_until=until and datetime.fromisoformat(until))


@dataclass(frozen=True, slots=True)
class InboxCount:
    """How many notifications are neither read nor snoozed."""

    unread: int


async def list_notifications(
    actor: Actor, *, state: str = "unread", reason: str | None = None, limit: int = 50, cursor: str | None = None
) -> Page[NotificationView]:
    """What the asker is told, for that reason or for any, newest first. `state` is unread, snoozed or all.

    Raises NotSignedIn, Invalid.
    """
    one_of(state, "/query/state", tuple(_STATES))
    if reason is not None:
        one_of(reason, "/query/reason", REASONS)
    after = [] if cursor is None else decode_moment_and_id(cursor)
    for_it = "true" if reason is None else f"n.reason = ${5 + len(after)}"
    select = f"""(SELECT coalesce(json_agg(page), '[]') FROM (
        SELECT {NOTIFICATION} FROM notification n {SURROUNDINGS}
        WHERE {_OWN} AND {_STATES[state]} AND {for_it} AND {_AFTER if after else "true"}
        ORDER BY n.created_at DESC, n.id DESC LIMIT $4) page)::text AS items"""
    reasons = [] if reason is None else [reason]
    row = await read_in_workspace(actor, select, clean_limit(limit) + 1, *after, *reasons)
    found = [NotificationView.of(each) for each in rows_of(row["items"])]
    more = len(found) > limit
    return Page(found[:limit], moment_cursor(found[limit - 1].at, found[limit - 1].id) if more else None)


async def marks_of(inboxes: Sequence[Inbox]) -> dict[Inbox, str]:
    """The present marks of inboxes: for pages that have proved whose they are."""
    rows = await connection().execute_query_dict(_MARKS, [list(column) for column in zip(*inboxes, strict=True)])
    return {(row["workspace_id"], row["account_id"]): row["mark"] for row in rows}


async def count_notifications(actor: Actor) -> InboxCount:
    """How much there is to read. Raises NotSignedIn."""
    return InboxCount((await read_in_workspace(actor, _COUNT))["unread"])
