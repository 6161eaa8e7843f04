"""An event that is to be taken back, and what a kind of event needs for that."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.events import Change, EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.services.command import ProjectCommand


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as the log holds it.

    `going` holds the ids of the columns, labels and comments, and the names of the custom fields (`custom.severity`),
    that the same command added: they go when it is undone.
    """

    revision: int
    kind: EventKind
    subject_id: UUID
    task_id: UUID | None
    version: int
    at: datetime
    changes: Sequence[Change]
    going: frozenset[str] = frozenset()

    @property
    def old(self) -> dict[str, Any]:
        """The fields as they were."""
        return {change.field: change.old for change in self.changes}

    @property
    def new(self) -> dict[str, Any]:
        """The fields as the event made them."""
        return {change.field: change.new for change in self.changes}

    def differing(self, state: Mapping[str, Any]) -> list[str]:
        """The fields that are no longer what the event made them."""
        return [change.field for change in self.changes if state.get(change.field) != change.new]


async def nothing(_command: ProjectCommand, _event: Logged) -> Sequence[str] | None:
    """For what goes with another event, or stays."""
    return None


TakeBack = Callable[[ProjectCommand, Logged], Awaitable[Sequence[str] | None]]
"""Takes the event back, and returns None; or does nothing, and returns the fields that have changed since (empty: all
of the subject)."""


Gather = Callable[[ProjectCommand, Sequence[UUID]], AbstractAsyncContextManager[None]]
"""Lets the command read and write the rows with the ids together, while many events are taken back."""


@dataclass(frozen=True, slots=True)
class Step:
    """How to take back one kind of event, and what that needs (None: the step asks by itself).

    `gather` is for many events in a row that have the same one; None where each is taken back by itself.
    """

    take_back: TakeBack
    permission: Permission | None
    gather: Gather | None = None
