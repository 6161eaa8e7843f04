"""Undo: a command that takes another one back, whatever it was and however many things it changed.

Its events are walked backwards, and each field is put back to what it was, if it still is what the command made it.
Where somebody has changed it since, nothing at all is taken back, and the refusal names what stands in the way. An
undo is a command like any other, so it can be undone too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Blocker, CannotUndo, Clash, Invalid, NotFound
from tasktracker.domain.events import Change, EventKind, is_redacted
from tasktracker.domain.permissions import Permission, require_in_project
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.two_projects import two_projects_command
from tasktracker.services.undo.blockers import blockers_of, own_last, undone_by
from tasktracker.services.undo.other_side import other_side
from tasktracker.services.undo.steps import STEPS
from tasktracker.services.undo.taken import Logged

_COMMAND = """
    SELECT e.revision, e.kind, e.subject_id, e.task_id, e.version, e.changes FROM event e,
        (SELECT coalesce(command, revision) AS first FROM event WHERE log_id = $1 AND revision = $2) wanted
    WHERE e.log_id = $1 AND e.revision >= wanted.first
      AND (e.command = wanted.first OR (e.command IS NULL AND e.revision = wanted.first))
    ORDER BY e.revision
"""


@dataclass(frozen=True, slots=True)
class UndoView:
    """What was taken back (`undone`: the revision of its first event), and the command that did it (likewise)."""

    undone: int
    command: int


async def undo_command(actor: Actor, key: str, revision: int) -> UndoView:
    """Take back the whole command that the event of that revision belongs to.

    Raises NotFound, Forbidden, CannotUndo, ColumnFull.
    """
    other = await other_side(actor, key, revision)
    if other is None:
        async with project_command(actor, key, Permission.VIEW, archived=True) as command:
            return await _undo(command, revision)
    async with two_projects_command(actor, key, other.key, Permission.EDIT_TASKS) as (command, elsewhere):
        await _undo(elsewhere, other.revision)
        return await _undo(command, revision)


async def undo_last(actor: Actor, key: str) -> UndoView:
    """Take back the asker's own latest command in the project that is not undone yet. Raises as `undo_command`."""
    revision = await own_last(actor, key)
    if revision is None:
        raise CannotUndo("You have changed nothing in this project that could be undone.")
    return await undo_command(actor, key, revision)


async def _undo(command: ProjectCommand, revision: int) -> UndoView:
    events = await _events(command, revision)
    first = events[0].revision
    _require_open(command, events)
    for event in reversed(events):
        await _take_back(command, event, events)
    command.record(EventKind.COMMAND_UNDONE, command.project.id, [Change("revision", None, first)])
    return UndoView(first, command.project.revision + 1)


async def _events(command: ProjectCommand, revision: int) -> list[Logged]:
    rows = await command.db.execute_query_dict(_COMMAND, [command.project.id, revision])
    if not rows:
        raise NotFound("event", revision)
    events = [_logged(row) for row in rows]
    going = frozenset(name for event in events if (name := _added(event)))
    return [replace(event, going=going) for event in events]


def _added(event: Logged) -> str | None:
    """What tasks call a thing that the event added."""
    if event.kind == EventKind.CUSTOM_FIELD_ADDED:
        return CUSTOM + str(event.new["key"])
    is_added = event.kind in (EventKind.COLUMN_ADDED, EventKind.LABEL_ADDED)
    return str(event.subject_id) if is_added else None


def _logged(row: dict[str, Any]) -> Logged:
    changes = orjson.loads(row["changes"])
    if is_redacted(changes):
        raise CannotUndo("What this changed was removed from the log for good, so there is nothing to go back to.")
    fields = {"kind": EventKind(row["kind"]), "changes": [Change(**change) for change in changes]}
    return Logged(**{**row, **fields})


def _require_open(command: ProjectCommand, events: Sequence[Logged]) -> None:
    if command.project.archived_at and all(event.kind != EventKind.PROJECT_ARCHIVED for event in events):
        raise Clash(f"Project {command.project.key} is archived. Unarchive it to change anything in it.")


async def _take_back(command: ProjectCommand, event: Logged, events: Sequence[Logged]) -> None:
    step = STEPS.get(event.kind)
    if step is None:
        raise CannotUndo(f"There is no way back from this: {event.kind}.")
    if step.permission is not None:
        require_in_project(command.role, step.permission)
    try:
        in_the_way = await step.take_back(command, event)
    except (Invalid, Clash, NotFound) as refusal:
        raise CannotUndo(f"This cannot be put back as it was. {refusal}") from refusal
    if in_the_way is not None:
        if by := await undone_by(command, events[0].revision):
            raise CannotUndo(f"This has been undone already, by revision {by}.")
        blockers = await blockers_of(command, event.subject_id, in_the_way, events[-1].revision)
        raise CannotUndo(_reason(blockers), blockers)


def _reason(blockers: Sequence[Blocker]) -> str:
    if not blockers:
        return "Something else has changed it since."
    named = ", ".join(f"{blocker.kind} (revision {blocker.revision})" for blocker in blockers[:5])
    return f"Later changes stand in the way: {named}. Undo those first, or change it by hand."
