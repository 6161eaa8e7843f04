"""Walking the events of a command backwards, and taking each of them back."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import orjson

from tasktracker.domain.errors import CannotUndo, Clash, Invalid, NotFound
from tasktracker.domain.events import Change, EventKind, is_redacted
from tasktracker.domain.permissions import require_in_project
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.command import ProjectCommand
from tasktracker.services.undo.blockers import refuse_blocked
from tasktracker.services.undo.taken import Gather, Logged, Step

_COMMAND = """
    SELECT e.revision, e.kind, e.subject_id, e.task_id, e.version, e.at, e.changes FROM event e,
        (SELECT coalesce(command, revision) AS first FROM event WHERE log_id = $1 AND revision = $2) wanted
    WHERE e.log_id = $1 AND e.revision >= wanted.first
      AND (e.command = wanted.first OR (e.command IS NULL AND e.revision = wanted.first))
    ORDER BY e.revision
"""

_NAMED_BY_ID = (EventKind.COLUMN_ADDED, EventKind.LABEL_ADDED, EventKind.COMMENT_ADDED)
_TURN = 100
"""Events after which others get their turn."""


@dataclass(frozen=True, slots=True)
class UndoView:
    """What was taken back (`undone`: the revision of its first event), and the command that did it (likewise)."""

    undone: int
    command: int


@dataclass(frozen=True)
class Half:
    """What a command did in one project, and the command that takes that back."""

    command: ProjectCommand
    events: Sequence[Logged]

    @classmethod
    async def of(cls, command: ProjectCommand, revision: int) -> "Half":
        """With all events of the command that the event of that revision belongs to. Raises NotFound, CannotUndo."""
        rows = await command.db.execute_query_dict(_COMMAND, [command.project.id, revision])
        if not rows:
            raise NotFound("event", revision)
        events = [_logged(row) for row in rows]
        going = frozenset(name for event in events if (name := _added(event)))
        return cls(command, [replace(event, going=going) for event in events])

    def of_kind(self, kind: EventKind) -> list[Logged]:
        """Its events of that kind, in their order."""
        return [event for event in self.events if event.kind == kind]

    async def take_back(self, steps: Mapping[EventKind, Step]) -> UndoView:
        """Take all of it back, the last first. Raises Forbidden, CannotUndo, ColumnFull, Clash."""
        first = self.events[0].revision
        self._require_open()
        for gather, run in groupby(reversed(self.events), lambda event: _gather_of(steps.get(event.kind))):
            events = [*run]
            async with self._together(gather, events):
                for number, event in enumerate(events, 1):
                    await self._take_back(event, steps.get(event.kind))
                    if number % _TURN == 0:
                        await asyncio.sleep(0)
        project = self.command.project
        self.command.record(EventKind.COMMAND_UNDONE, project.id, [Change("revision", None, first)])
        return UndoView(first, project.revision + 1)

    def _together(self, gather: Gather | None, events: Sequence[Logged]) -> AbstractAsyncContextManager[None]:
        """What reads and writes the rows of the events together; one alone needs no more than it is."""
        ids = [*dict.fromkeys(event.subject_id for event in events)]
        return nullcontext() if gather is None or len(ids) == 1 else gather(self.command, ids)

    def _require_open(self) -> None:
        project = self.command.project
        if project.archived_at and not self.of_kind(EventKind.PROJECT_ARCHIVED):
            raise Clash(f"Project {project.key} is archived. Unarchive it to change anything in it.")

    async def _take_back(self, event: Logged, step: Step | None) -> None:
        if step is None:
            raise CannotUndo(f"There is no way back from this: {event.kind}.")
        if step.permission is not None:
            require_in_project(self.command.role, step.permission)
        try:
            in_the_way = await step.take_back(self.command, event)
        except (Invalid, Clash, NotFound) as refusal:
            raise CannotUndo(f"This cannot be put back as it was. {refusal}") from refusal
        if in_the_way is not None:
            await refuse_blocked(self.command, self.events, event.subject_id, in_the_way)


def _gather_of(step: Step | None) -> Gather | None:
    return None if step is None else step.gather


def _added(event: Logged) -> str | None:
    """What a thing that the event added is called by what uses it."""
    if event.kind == EventKind.CUSTOM_FIELD_ADDED:
        return CUSTOM + str(event.new["key"])
    return str(event.subject_id) if event.kind in _NAMED_BY_ID else None


def _logged(row: dict[str, Any]) -> Logged:
    changes = orjson.loads(row["changes"])
    if is_redacted(changes):
        raise CannotUndo("What this changed was removed from the log for good, so there is nothing to go back to.")
    fields = {"kind": EventKind(row["kind"]), "changes": [Change(**change) for change in changes]}
    return Logged(**{**row, **fields})
