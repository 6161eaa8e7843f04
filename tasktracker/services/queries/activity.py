"""What was done in a project, or in all: logs read backwards, command by command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.events import EventKind
from tasktracker.services.access import VISIBLE, project_role, read_in_project, read_in_workspace, require_key
from tasktracker.services.queries.activity_sql import Wanted, commands
from tasktracker.services.queries.cursors import (
    clean_limit,
    decode_cursor,
    encode_cursor,
    moment_and_id,
)
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.undo.allowed import may_undo
from tasktracker.services.views import Page

UNTOLD = (EventKind.TASK_FELL_DUE, EventKind.REMINDER_ADDED, EventKind.REMINDER_DELETED, EventKind.REMINDER_FIRED)
"""What nobody did, and what is their owner's alone."""
_REVISION_MAX = 2**63 - 1


@cache
def _activity(wanted: Wanted) -> str:
    return f"""(WITH RECURSIVE heads AS (
    SELECT found.*, 1 AS place FROM ({wanted.command("access.id", "$5::bigint")}) found
    UNION ALL
    SELECT found.*, h.place + 1 FROM heads h, LATERAL ({wanted.command("access.id", "h.first")}) found
    WHERE h.place < $9)
    SELECT coalesce(json_agg(page ORDER BY page.command DESC), '[]') FROM (
    {commands(wanted, "heads", "access.id", "access.key")}) page)::text AS items"""


# In several logs, time is what orders. A log's times never go back, so each is entered at a revision, which the index
# of times finds. Of many projects those with the latest commands are enough: what comes first on the page can be in no
# other. All go back command by command together, and a log drops out when so many others are still later at the same
# step that with these, and what came before them, the page is full.
_BEFORE = """CASE WHEN $4::timestamptz IS NULL THEN v.revision + 1 WHEN v.id = $5::uuid THEN $11::bigint
    ELSE 1 + coalesce((SELECT e.revision FROM event e
        WHERE e.log_id = v.id AND e.at <= $4 AND (e.at < $4 OR v.id < $5)
        ORDER BY e.at DESC, e.revision DESC LIMIT 1), 0) END"""
_NEWEST_FIRST = "page.at DESC, page.log_id DESC, page.command DESC"


@cache
def _in_all(wanted: Wanted) -> str:
    return f"""($10::text IS NULL OR EXISTS (SELECT FROM ({VISIBLE}) v WHERE v.key = $10)) AS is_seen, (
    WITH RECURSIVE entered AS MATERIALIZED (
        SELECT v.id, v.key, v.is_private, v.project_role, latest.revision + 1 AS before, latest.at
        FROM ({VISIBLE}) v, LATERAL (SELECT {_BEFORE} AS place) entry,
            LATERAL ({wanted.latest("v.id", "entry.place")}) latest
        WHERE $10::text IS NULL OR v.key = $10 ORDER BY latest.at DESC, v.id DESC LIMIT $9),
    heads AS (
        SELECT p.id, p.key, p.is_private, p.project_role, found.*, 1 AS place
        FROM entered p, LATERAL ({wanted.command("p.id", "p.before")}) found
        UNION ALL
        SELECT h.id, h.key, h.is_private, h.project_role, found.*, h.place + 1
        FROM (SELECT *, row_number() OVER (ORDER BY at DESC, id DESC) - 1 AS later FROM heads) h,
            LATERAL ({wanted.command("h.id", "h.first")}) found
        WHERE h.place < $9 AND h.later * h.place < $9),
    newest AS MATERIALIZED (SELECT h.*, e.at AS begun FROM heads h
        JOIN event e ON e.log_id = h.id AND e.revision = h.first
        ORDER BY e.at DESC, h.id DESC, h.first DESC LIMIT $9)
    SELECT coalesce(json_agg(page ORDER BY {_NEWEST_FIRST}), '[]') FROM (
    {commands(wanted, "newest", "h.id", "h.key", "h.id AS log_id, h.key, h.is_private, h.project_role,")}
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


@dataclass(frozen=True, slots=True)
class PlacedCommandView(CommandView):
    """A command, and the key of the project that it was in."""

    project: str


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
    row = await read_in_project(actor, key, _activity(_wanted(by, kinds)), *args)
    found = [_command(each, row) for each in rows_of(row["items"])]
    more = len(found) > limit
    return Page(found[:limit], encode_cursor(found[limit - 1].command) if more else None)


async def list_all_activity(
    actor: Actor,
    *,
    project: str | None = None,
    by: UUID | None = None,
    kinds: Sequence[str] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[PlacedCommandView]:
    """What was done in all projects that the actor sees, newest first; narrowed as `list_activity`, or to one project.

    Raises NotSignedIn, NotFound, Invalid.
    """
    at, log, command = _decode_place(cursor)
    if project is not None:
        require_key(project)
    args = [at, log, by, None if kinds is None else list(kinds), list(UNTOLD), clean_limit(limit) + 1, project]
    row = await read_in_workspace(actor, _in_all(_wanted(by, kinds)), *args, command)
    if not row["is_seen"]:
        raise NotFound("project", project or "")
    found = rows_of(row["items"])
    logs = [each.pop("log_id") for each in found[:limit]]
    items = [_placed(each, row) for each in found[:limit]]
    return Page(items, _place(items[-1], logs[-1]) if len(found) > limit else None)


def _wanted(by: UUID | None, kinds: Sequence[str] | None) -> Wanted:
    return Wanted(by=by is not None, kinds=kinds is not None)


def _place(last: PlacedCommandView, log: str) -> str:
    """Where the list goes on. Commands of one log may be of the same moment, where a clock was set back."""
    return encode_cursor(last.at.isoformat(), str(log), last.command)


def _decode_place(cursor: str | None) -> tuple[datetime | None, UUID | None, int]:
    values = decode_cursor(cursor, str, str, int)
    if values is None:
        return None, None, 0
    return *moment_and_id(*values[:2]), max(0, min(values[2], _REVISION_MAX))


def _placed(raw: dict[str, Any], access: dict[str, Any]) -> PlacedCommandView:
    role = {"workspace_role": access["workspace_role"], "project_role": raw.pop("project_role")}
    key = raw.pop("key")
    told = _told(raw, {**role, "is_private": raw.pop("is_private"), "key": key})
    return PlacedCommandView(project=key, **told)


def _command(raw: dict[str, Any], access: dict[str, Any]) -> CommandView:
    return CommandView(**_told(raw, access))


def _told(raw: dict[str, Any], access: dict[str, Any]) -> dict[str, Any]:
    """The fields of a command's view."""
    is_undone, kinds, is_redacted = raw.pop("undone"), raw.pop("kinds"), raw.pop("redacted")
    deeds = [Deed(**{**each, "subject_id": UUID(each["subject_id"])}) for each in raw.pop("events")]
    may = not is_undone and not is_redacted and may_undo(kinds, project_role(access))
    return {**raw, "deeds": deeds, "is_undone": is_undone, "may_undo": may}
