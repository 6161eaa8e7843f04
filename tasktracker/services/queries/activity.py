"""What was done in a project: its log read backwards, command by command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.events import EventKind
from tasktracker.services.access import project_role, read_in_project
from tasktracker.services.queries.cursors import clean_limit, decode_cursor, encode_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.undo.allowed import may_undo
from tasktracker.services.views import Page

LINES = 12
"""Events of one command that are told, at most."""
UNTOLD = (EventKind.TASK_FELL_DUE, EventKind.REMINDER_ADDED, EventKind.REMINDER_DELETED, EventKind.REMINDER_FIRED)
"""What nobody did, and what is their owner's alone."""
_REVISION_MAX = 2**63 - 1

_WANTED = """($6::uuid IS NULL OR e.actor_id = $6) AND ($7::text[] IS NULL OR e.kind = ANY($7))
    AND e.kind <> ALL($8::text[])"""
_NEXT = f"""SELECT coalesce(e.command, e.revision) AS first, e.revision AS last FROM event e
    WHERE e.log_id = access.id AND e.revision < {{before}} AND {_WANTED} ORDER BY e.revision DESC LIMIT 1"""
# A command's events follow each other, so the next one is found right before the first event of this one.
_HEADS = f"""WITH RECURSIVE heads AS (
    SELECT found.*, 1 AS place FROM ({_NEXT.format(before="$5")}) found
    UNION ALL
    SELECT found.*, h.place + 1 FROM heads h, LATERAL ({_NEXT.format(before="h.first")}) found WHERE h.place < $9)"""
_NUMBER = """CASE WHEN t.project_id = access.id THEN t.number ELSE (
    SELECT max(a.number) FROM task_alias a WHERE a.project_id = access.id AND a.task_id = t.id) END"""
_OF_COMMAND = f"e.log_id = access.id AND e.revision BETWEEN h.first AND h.last AND {_WANTED}"
_EVENTS = f"""(SELECT json_agg(line) FROM (
    SELECT e.revision, e.kind, e.subject_id, e.changes, access.key || '-' || {_NUMBER} AS task, t.title
    FROM event e LEFT JOIN task t ON t.id = e.task_id WHERE {_OF_COMMAND} ORDER BY e.revision LIMIT {LINES}) line)"""
_UNDONE = """EXISTS (SELECT FROM event u
    WHERE u.log_id = access.id AND u.kind = 'CommandUndone' AND u.revision > h.first
      AND (u.changes -> 0 ->> 'new')::bigint = h.first
      AND NOT EXISTS (SELECT FROM event again
          WHERE again.log_id = access.id AND again.kind = 'CommandUndone' AND again.revision > u.revision
            AND (again.changes -> 0 ->> 'new')::bigint = coalesce(u.command, u.revision)))"""
_ACTIVITY = f"""({_HEADS} SELECT coalesce(json_agg(page ORDER BY page.command DESC), '[]') FROM (
    SELECT h.first AS command, head.actor_id, head.at, head.request_id AS request, whole.kinds, whole.count,
        whole.redacted, {_EVENTS} AS events, {_UNDONE} AS undone
    FROM heads h JOIN event head ON head.log_id = access.id AND head.revision = h.first,
    LATERAL (SELECT json_agg(DISTINCT e.kind) AS kinds, count(*) AS count,
        bool_or(e.changes @> '[{{"redacted": true}}]') AS redacted FROM event e WHERE {_OF_COMMAND}) whole
    ) page)::text AS items"""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event as the activity tells it; `task` is its reference, and `title` its present title."""

    revision: int
    kind: str
    subject_id: UUID
    changes: list[dict[str, Any]]
    task: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class CommandView:
    """A command: the first `LINES` of its events (`count`: of how many), and whether the asker may try to undo it.

    `command` is the revision of its first event; `request` that of a rule begins with `rule:`.
    """

    command: int
    actor_id: UUID | None
    at: datetime
    request: str
    count: int
    deeds: list[Deed]
    is_undone: bool
    may_undo: bool


async def list_activity(
    actor: Actor,
    key: str,
    *,
    by: UUID | None = None,
    kinds: Sequence[str] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[CommandView]:
    """What was done in the project, newest first: by one person, or in events of these kinds only, if that is given.

    Raises NotFound, Invalid.
    """
    values = decode_cursor(cursor, int)
    before = _REVISION_MAX if values is None else max(0, min(values[0], _REVISION_MAX))
    args = [before, by, None if kinds is None else list(kinds), list(UNTOLD), clean_limit(limit) + 1]
    row = await read_in_project(actor, key, _ACTIVITY, *args)
    found = [_command(each, row) for each in rows_of(row["items"])]
    more = len(found) > limit
    return Page(found[:limit], encode_cursor(found[limit - 1].command) if more else None)


def _command(raw: dict[str, Any], access: dict[str, Any]) -> CommandView:
    is_undone, kinds, is_redacted = raw.pop("undone"), raw.pop("kinds"), raw.pop("redacted")
    deeds = [Deed(**{**each, "subject_id": UUID(each["subject_id"])}) for each in raw.pop("events")]
    may = not is_undone and not is_redacted and may_undo(kinds, project_role(access))
    return CommandView(**raw, deeds=deeds, is_undone=is_undone, may_undo=may)
