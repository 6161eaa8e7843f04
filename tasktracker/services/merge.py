"""Two people edit one thing: fields that only one of them touched merge, a field both touched is a conflict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.errors import Conflict, Invalid
from tasktracker.domain.events import EventKind
from tasktracker.domain.task_operations import Version
from tasktracker.services.command import Command

_SINCE = "SELECT kind, changes FROM event WHERE {owner} = $3 AND subject_id = $1 AND version > $2 ORDER BY version"


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
    based_on = await _values_at(command, subject_id, version, *owner)
    fields = {
        field: {"base": based_on[field], "yours": value, "theirs": state[field]}
        for field, value in wanted.items()
        if field in based_on and state[field] != value
    }
    if fields:
        raise Conflict(current, fields)


async def _values_at(command: Command, subject_id: UUID, version: int, owner: str, owner_id: UUID) -> dict[str, Any]:
    """The fields changed since the version, each with the value that it had then."""
    rows = await command.db.execute_query_dict(_SINCE.format(owner=owner), [subject_id, version, owner_id])
    changes = [change for row in rows for change in _changes(row, rows)]
    changes += [
        change.as_json()
        for event in command.events  # what this command has done already is not written yet
        if event.subject_id == subject_id and event.version > version
        for change in event.changes
    ]
    values: dict[str, Any] = {}
    for change in changes:
        values.setdefault(change["field"], change["old"])
    return values


def _changes(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The changes of an event; of a way to another project only what is different there."""
    changes: list[dict[str, Any]] = orjson.loads(row["changes"])
    if row["kind"] == EventKind.TASK_LEFT:
        arrival = next(after for after in rows[rows.index(row) :] if after["kind"] == EventKind.TASK_ARRIVED)
        kept = {change["field"]: change["new"] for change in orjson.loads(arrival["changes"])}
        return [change for change in changes if kept.get(change["field"]) != change["old"]]
    return [] if row["kind"] == EventKind.TASK_ARRIVED else changes
