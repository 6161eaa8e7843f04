"""What stands in the way of an undo, and what there is to undo."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Blocker
from tasktracker.domain.task_fields import moment_text
from tasktracker.services.access import read_in_project
from tasktracker.services.command import ProjectCommand

_LATER = """
    SELECT e.revision, e.kind, e.actor_id, e.at, e.changes FROM event e
    WHERE e.log_id = $1 AND e.revision > $2 AND (e.subject_id = $3 OR (e.task_id = $3 AND $4))
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


async def blockers_of(command: ProjectCommand, subject_id: UUID, fields: Sequence[str], last: int) -> list[Blocker]:
    """The events after revision `last` that changed one of the subject's fields, or (no fields) anything of it."""
    values = [command.project.id, last, subject_id, not fields]
    rows = await command.db.execute_query_dict(_LATER, values)
    found = []
    for row in rows:
        changed = [change["field"] for change in orjson.loads(row["changes"])]
        common = [field for field in changed if not fields or field in fields]
        if common or not fields:
            who = row["actor_id"] and str(row["actor_id"])
            found.append(Blocker(row["revision"], row["kind"], who, moment_text(row["at"]), common))
    return found


async def undone_by(command: ProjectCommand, first: int) -> int | None:
    """The first revision of the latest undo of the command, unless that was undone itself."""
    rows = await command.db.execute_query_dict(_UNDONE_BY, [command.project.id, first])
    undos = {row["undone"]: row["command"] for row in rows}
    by: int | None = undos.get(first)
    return None if by in undos else by


async def own_last(actor: Actor, key: str) -> int | None:
    """The first revision of the asker's latest command that is neither undone nor an undo itself. Raises NotFound."""
    revision: int | None = (await read_in_project(actor, key, _OWN_LAST))["revision"]
    return revision
