"""What stands in the way of an undo, and what there is to undo."""

from collections.abc import Mapping, Sequence
from typing import Any, Never
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Blocker, CannotUndo
from tasktracker.domain.task_fields import moment_text
from tasktracker.services.access import read_in_project
from tasktracker.services.command import ProjectCommand
from tasktracker.services.undo.taken import Logged

_LATER = """
    SELECT e.revision, e.kind, e.actor_id, e.at, e.changes FROM event e
    WHERE e.log_id = $1 AND e.revision > $2 AND CASE WHEN $4::text[] = '{}' THEN $3 IN (e.subject_id, e.task_id)
        ELSE e.subject_id = $3 AND jsonb_path_query_array(e.changes, '$[*].field') ?| $4 END
    ORDER BY e.revision LIMIT 100
"""
_UNDONE_BY = """
    SELECT (e.changes -> 0 ->> 'new')::bigint AS undone, coalesce(e.command, e.revision) AS command
    FROM event e WHERE e.log_id = $1 AND e.revision > $2 AND e.kind = 'CommandUndone' ORDER BY e.revision
"""
_OWN_LAST = """(
    WITH undone AS (
        SELECT (change ->> 'new')::bigint AS revision, coalesce(e.command, e.revision) AS by
        FROM event e, jsonb_array_elements(e.changes) change
        WHERE e.log_id = access.id AND e.kind = 'CommandUndone' AND change ->> 'field' = 'revision')
    SELECT coalesce(e.command, e.revision) FROM event e
    WHERE e.log_id = access.id AND e.actor_id = $2 AND e.request_id NOT LIKE '%:%'
      AND NOT EXISTS (SELECT FROM undone u WHERE u.by = coalesce(e.command, e.revision))
      AND NOT EXISTS (SELECT FROM undone u WHERE u.revision = coalesce(e.command, e.revision)
                      AND NOT EXISTS (SELECT FROM undone again WHERE again.revision = u.by))
    ORDER BY e.revision DESC LIMIT 1) AS revision"""


async def refuse_blocked(
    command: ProjectCommand, events: Sequence[Logged], subject_id: UUID, fields: Sequence[str]
) -> Never:
    """Raise CannotUndo for a command with these events: somebody has changed the subject's fields since.

    It names who; for no fields, whatever happened to the subject.
    """
    if by := await _undone_by(command, events[0].revision):
        raise CannotUndo(f"This has been undone already, by revision {by} of {command.project.key}.")
    blockers = await _blockers(command, subject_id, fields, events[-1].revision)
    raise CannotUndo(_reason(blockers), blockers)


async def own_last(actor: Actor, key: str) -> int | None:
    """The first revision of the asker's latest command that is neither undone nor an undo itself. Raises NotFound."""
    revision: int | None = (await read_in_project(actor, key, _OWN_LAST))["revision"]
    return revision


async def _blockers(command: ProjectCommand, subject_id: UUID, fields: Sequence[str], last: int) -> list[Blocker]:
    """The events after revision `last` that changed one of the subject's fields, or (no fields) anything of it."""
    rows = await command.db.execute_query_dict(_LATER, [command.project.id, last, subject_id, [*fields]])
    return [_blocker(command, row, fields) for row in rows]


def _blocker(command: ProjectCommand, row: Mapping[str, Any], fields: Sequence[str]) -> Blocker:
    changed = [change["field"] for change in orjson.loads(row["changes"])]
    common = [field for field in changed if not fields or field in fields]
    who = row["actor_id"] and str(row["actor_id"])
    return Blocker(command.project.key, row["revision"], row["kind"], who, moment_text(row["at"]), common)


def _reason(blockers: Sequence[Blocker]) -> str:
    if not blockers:
        return "Something else has changed it since."
    named = ", ".join(f"{each.kind} (revision {each.revision} of {each.project})" for each in blockers[:5])
    return f"Later changes stand in the way: {named}. Undo those first, or change it by hand."


async def _undone_by(command: ProjectCommand, first: int) -> int | None:
    """The first revision of the latest undo of the command, unless that was undone itself."""
    rows = await command.db.execute_query_dict(_UNDONE_BY, [command.project.id, first])
    undos = {row["undone"]: row["command"] for row in rows}
    by: int | None = undos.get(first)
    return None if by in undos else by
