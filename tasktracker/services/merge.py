"""Two people edit one thing: fields that only one of them touched merge, a field both touched is a conflict."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.errors import Conflict, Invalid
from tasktracker.domain.task_operations import Version
from tasktracker.services.command import Command

_BASE = """
    WITH since AS (SELECT version, kind, changes FROM event
                   WHERE {owner} = $3 AND subject_id = $1 AND version > $2),
    first AS (
        SELECT change ->> 'field' AS field, min(since.version) AS version
        FROM since CROSS JOIN jsonb_array_elements(since.changes) AS change
        LEFT JOIN since arrival
            ON since.kind = 'TaskLeft' AND arrival.kind = 'TaskArrived' AND arrival.version = since.version + 1
        WHERE since.kind <> 'TaskArrived' AND change ->> 'field' = ANY($4)
            AND NOT EXISTS (SELECT FROM jsonb_array_elements(arrival.changes) AS kept
                            WHERE kept -> 'field' = change -> 'field' AND kept -> 'new' = change -> 'old')
        GROUP BY 1)
    SELECT first.field, change -> 'old' AS old
    FROM first JOIN since USING (version) CROSS JOIN jsonb_array_elements(since.changes) AS change
    WHERE change ->> 'field' = first.field
"""
"""What fields were before their first change since a version. On the way to another project a task leaves and arrives
with all that it is; what is the same there is no change.

PostgreSQL picks them out of what may be thousands of versions of long texts: to read them all here would hold up
everybody.
"""


async def refuse_conflict(
    command: Command,
    subject_id: UUID,
    current: int,
    state: Mapping[str, Any],
    wanted: Mapping[str, Any],
    version: Version,
    *,
    task_id: UUID | None = None,
    log_id: UUID | None = None,
) -> None:
    """Raise `Conflict` if a wanted field was changed since `version` to something other than what is wanted.

    `state` holds the current values; without a version the writer does not care what they overwrite. The subject is
    a task, in whatever projects it was; or something of the task `task_id`; or something else, all of whose events are
    in the log `log_id`. Raises Invalid for a version that never was.
    """
    if version is None or version == "*" or version == current:  # noqa: PLR1714  so that mypy knows it for a number
        return
    if not 1 <= version <= current:
        raise Invalid.at("/version", f"There is no version {version}; the current one is {current}.")
    owner = ("log_id", log_id) if log_id else ("task_id", task_id or subject_id)
    based_on = await _values_at(command, subject_id, version, wanted, *owner)
    fields = {
        field: {"base": based_on[field], "yours": value, "theirs": state[field]}
        for field, value in wanted.items()
        if field in based_on and state[field] != value
    }
    if fields:
        raise Conflict(current, fields)


async def _values_at(
    command: Command, subject_id: UUID, version: int, wanted: Mapping[str, Any], owner: str, owner_id: UUID
) -> dict[str, Any]:
    """Those of the wanted fields that were changed since the version, each with the value that it had then."""
    rows = await command.db.execute_query_dict(_BASE.format(owner=owner), [subject_id, version, owner_id, list(wanted)])
    values = {row["field"]: orjson.loads(row["old"]) for row in rows}
    for event in command.events:  # what this command has done already is not written yet
        if event.subject_id == subject_id and event.version > version:
            for change in event.changes:
                values.setdefault(change.field, change.as_json()["old"])
    return values
