"""Reading the log: comments and history of a task, the feed of a project."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.references import TaskRef
from tasktracker.services.access import VISIBLE, read_in_project
from tasktracker.services.queries.activity_sql import number_in
from tasktracker.services.queries.comment_json import COMMENT
from tasktracker.services.queries.cursors import (
    clean_limit,
    decode_cursor,
    decode_moment_and_id,
    encode_cursor,
    moment_cursor,
)
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import CommentView, EventView, Page

_TASK = "SELECT t.id FROM task t WHERE t.project_id = access.id AND t.number = $5"
_EVENT = """e.revision, coalesce(e.command, e.revision) AS command, e.kind,
    e.subject_id, e.actor_id, e.at, e.changes, e.request_id AS request"""
_OF_TASK = f"""{_EVENT}, access.key || '-' || t.number AS task,
    (SELECT v.key FROM ({VISIBLE}) v WHERE v.id = e.log_id) AS project"""
_BEFORE = "($6::timestamptz IS NULL OR (e.at, e.revision) < ($6, $7::bigint))"
"""A task that has changed projects has its history in two logs; time orders the parts, and revisions each of them."""
_LATEST = "ORDER BY e.at DESC, e.revision DESC LIMIT $8"
_COMMENTS = f"""EXISTS ({_TASK}) AS found, (
    SELECT coalesce(json_agg({COMMENT} ORDER BY c.created_at, c.id), '[]') FROM (
        SELECT c.* FROM comment c
        WHERE c.task_id = ({_TASK}) AND ($6::timestamptz IS NULL OR (c.created_at, c.id) > ($6, $7::uuid))
        ORDER BY c.created_at, c.id LIMIT $8) c, project cp WHERE cp.id = access.id)::text AS items"""
_HISTORY = f"""EXISTS ({_TASK}) AS found, (SELECT coalesce(json_agg(page), '[]') FROM (
    SELECT {_OF_TASK} FROM event e JOIN task t ON t.id = e.task_id
    WHERE e.task_id = ({_TASK}) AND {_BEFORE} {_LATEST}) page)::text AS items"""
_COMMENT_HISTORY = f"""EXISTS (SELECT FROM comment c WHERE c.id = $9::uuid AND c.task_id = ({_TASK})) AS found, (
    SELECT coalesce(json_agg(page), '[]') FROM (
        SELECT {_OF_TASK} FROM event e JOIN task t ON t.id = e.task_id
        WHERE e.task_id = ({_TASK}) AND e.subject_id = $9 AND e.kind <> '{EventKind.COMMENT_REACTED}'
          AND {_BEFORE} {_LATEST}) page)::text AS items"""
_FEED = f"""(SELECT coalesce(json_agg(page), '[]') FROM (
    SELECT {_EVENT}, access.key || '-' || {number_in("access.id")} AS task, access.key AS project
    FROM event e LEFT JOIN task t ON t.id = e.task_id
    WHERE e.log_id = access.id AND e.revision > $5 ORDER BY e.revision LIMIT $6) page)::text AS items"""
_REVISION_MAX = 2**63 - 1


async def list_comments(actor: Actor, ref: TaskRef, *, limit: int = 50, cursor: str | None = None) -> Page[CommentView]:
    """What was said about a task, oldest first. Raises NotFound, Invalid."""
    at, last = decode_moment_and_id(cursor)
    row = await read_in_project(actor, ref.key, _COMMENTS, ref.number, at, last, clean_limit(limit) + 1)
    comments = [CommentView.of(each) for each in _items(row, "task", ref)]
    more = len(comments) > limit
    end = comments[min(limit, len(comments)) - 1] if comments else None
    return Page(comments[:limit], moment_cursor(end.created_at, end.id) if end and more else None)


async def list_history(actor: Actor, ref: TaskRef, *, limit: int = 50, cursor: str | None = None) -> Page[EventView]:
    """What happened to a task and its comments, newest first. Raises NotFound, Invalid."""
    row = await read_in_project(actor, ref.key, _HISTORY, ref.number, *_event_cursor(cursor), clean_limit(limit) + 1)
    return _newest_first(_items(row, "task", ref), limit)


async def list_comment_history(
    actor: Actor, ref: TaskRef, comment_id: UUID, *, limit: int = 50, cursor: str | None = None
) -> Page[EventView]:
    """How a comment came to say what it says, newest first: no reactions. Raises NotFound, Invalid."""
    before = _event_cursor(cursor)
    row = await read_in_project(
        actor, ref.key, _COMMENT_HISTORY, ref.number, *before, clean_limit(limit) + 1, comment_id
    )
    return _newest_first(_items(row, "comment", comment_id), limit)


async def list_events(actor: Actor, key: str, *, after: int = 0, limit: int = 100) -> list[EventView]:
    """A project's log after a revision, in order, without a gap. Raises NotFound, Invalid."""
    if not 0 <= after <= _REVISION_MAX:
        raise Invalid.at("/query/after", "This must be a revision: a whole number from 0.")
    row = await read_in_project(actor, key, _FEED, after, clean_limit(limit))
    return [EventView(**each) for each in rows_of(row["items"])]


def _items(row: dict[str, Any], noun: str, name: object) -> list[dict[str, Any]]:
    if not row["found"]:
        raise NotFound(noun, name)
    return rows_of(row["items"])


def _newest_first(items: list[dict[str, Any]], limit: int) -> Page[EventView]:
    events = [EventView(**each) for each in items]
    more = len(events) > limit
    end = events[limit - 1] if more else None
    return Page(events[:limit], encode_cursor(end.at.isoformat(), end.revision) if end else None)


def _event_cursor(cursor: str | None) -> tuple[datetime | None, int | None]:
    values = decode_cursor(cursor, str, int)
    if values is None:
        return None, None
    try:
        return datetime.fromisoformat(values[0]).astimezone(UTC), max(0, min(int(values[1]), _REVISION_MAX))
    except (ValueError, OverflowError):
        raise _not_ours() from None


def _not_ours() -> Invalid:
    return Invalid.at("/query/cursor", "Use a cursor just as an earlier answer gave it.")
