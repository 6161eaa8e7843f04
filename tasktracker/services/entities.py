"""The simple things of a project: rows that the log tells of as added, edited and deleted, field by field.

Whoever knows an entity can read its log: undo takes its events back, and time travel plays them backwards. Tasks,
comments and the project itself have rules of their own, and stand apart. What belongs to the workspace may be one, too.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from tortoise import fields as orm
from tortoise.models import Model

from tasktracker.domain.errors import Clash, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.ordering import position_between
from tasktracker.domain.permissions import Permission
from tasktracker.services.command import Command, ProjectCommand, WorkspaceCommand

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Kinds:
    """What the log calls the three things that can happen to an entity; None for what cannot."""

    added: EventKind
    edited: EventKind | None
    deleted: EventKind


async def _let_go(_command: ProjectCommand, _row: Model) -> None:
    """Most things may go at any time."""


async def _take_any(_command: ProjectCommand, _row: Model, _values: Mapping[str, Any]) -> None:
    """Most things may have any values."""


@dataclass(frozen=True)
class Entity(Generic[Row]):
    """A kind of thing, such as labels. `fields` are the columns that the log holds, as JSON values.

    `permission` is what changing one needs. A thing of a task (`of_task`) is found through it, and is in its history.
    """

    noun: str
    model: type[Row]
    fields: tuple[str, ...]
    kinds: Kinds
    permission: Permission = Permission.MANAGE_PROJECT
    of_task: bool = False
    unique: tuple[str, ...] = ()
    """Fields of which no two things of a project have the same value."""
    refuse_removal: Callable[[ProjectCommand, Row], Awaitable[None]] = _let_go
    """Raises Clash for what is still in use."""
    refuse_values: Callable[[ProjectCommand, Row, Mapping[str, Any]], Awaitable[None]] = _take_any
    """Raises Clash for values under which what uses the row would no longer fit."""

    def state(self, row: Row) -> dict[str, Any]:
        """The row as the log's values."""
        return {field: _json(getattr(row, field)) for field in self.fields}

    def write(self, row: Row, values: Mapping[str, Any]) -> None:
        """Put the log's values of some fields into the row."""
        for field, value in values.items():
            setattr(row, field, self._column_value(field, value))

    async def find(self, command: ProjectCommand, row_id: UUID) -> Row:
        """The project's row with that id. Raises NotFound."""
        row = await self.find_or_none(command, row_id)
        if row is None:
            raise NotFound(self.noun, row_id)
        return row

    async def find_or_none(self, command: ProjectCommand, row_id: UUID) -> Row | None:
        """The same, or None."""
        owner = "task__project_id" if self.of_task else "project_id"
        return await self.model.filter(id=row_id, **{owner: command.project.id}).using_db(command.db).first()

    async def add(self, command: Command, values: Mapping[str, Any], **columns: Any) -> Row:
        """A new row with the log's values, and with `columns` that the log does not hold (such as its id)."""
        owner = {} if self.of_task else _owner(command)
        typed = {field: self._column_value(field, value) for field, value in values.items()}
        row = self.model(**owner, **typed, **columns)
        await row.save(using_db=command.db, force_create=True)
        self._record(command, self.kinds.added, row, {}, self.state(row))
        return row

    async def edit(self, command: Command, row: Row, values: Mapping[str, Any], kind: EventKind | None = None) -> bool:
        """Set some fields; returns whether that changed anything. `kind` is what that is called, if not an edit."""
        before = self.state(row)
        self.write(row, values)
        after = self.state(row)
        kind = kind or self.kinds.edited
        if after == before or kind is None:
            return False
        row.version += 1  # type: ignore[attr-defined]  # every entity has one
        await row.save(using_db=command.db)
        self._record(command, kind, row, before, after)
        return True

    async def delete(self, command: Command, row: Row) -> None:
        """Delete the row; the log keeps what it held."""
        await row.delete(using_db=command.db)
        row.version += 1  # type: ignore[attr-defined]
        self._record(command, self.kinds.deleted, row, self.state(row), {})

    async def fitting(self, command: ProjectCommand, row: Row | None, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values that a row once had, to be given to it again (None: to a new one).

        A place that is taken becomes the next free one. Raises Clash for any other value that something else has now,
        or that is in the way of what uses the row.
        """
        fit = dict(values)
        if row is not None:
            await self.refuse_values(command, row, fit)
        for field in self.unique:
            if field in fit and await self._is_taken(command, row, field, fit[field]):
                raise Clash(f"Another {self.noun} has the {field} “{fit[field]}” now.")
        if "position" in fit and await self._is_taken(command, row, "position", fit["position"]):
            later = self.model.filter(project_id=command.project.id, position__gt=fit["position"])
            after = await later.using_db(command.db).order_by("position").first()
            fit["position"] = position_between(fit["position"], getattr(after, "position", None))
        return fit

    def position_after(self, rows: Sequence[Row], row: Row, after: UUID | None) -> str:
        """A place for one of the rows, which are in their order: right after another one, or first. Raises Invalid."""
        others = [each for each in rows if each.pk != row.pk]
        ids = [None, *(each.pk for each in others)]
        if after not in ids:
            raise Invalid.at("/after", f"There is no other {self.noun} {after} here.")
        places = [None, *(each.position for each in others), None]  # type: ignore[attr-defined]  # these have one
        index = ids.index(after)
        return position_between(places[index], places[index + 1])

    async def _is_taken(self, command: ProjectCommand, row: Row | None, field: str, value: Any) -> bool:
        others = self.model.filter(project_id=command.project.id, **{field: value}).using_db(command.db)
        return await (others.exclude(id=row.pk) if row else others).exists()

    def _record(
        self, command: Command, kind: EventKind, row: Row, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        changes = changes_between({**dict.fromkeys(after), **before}, {**dict.fromkeys(before), **after})
        task_id = row.task_id if self.of_task else None  # type: ignore[attr-defined]
        command.record(kind, row.pk, changes, task_id=task_id, version=row.version)  # type: ignore[attr-defined]

    def _column_value(self, field: str, value: Any) -> Any:
        kind = self.model._meta.fields_map[field]  # noqa: SLF001  Tortoise has no public way
        if isinstance(kind, orm.UUIDField) and value is not None:
            return UUID(value)
        if isinstance(kind, orm.DatetimeField) and value is not None:
            return datetime.fromisoformat(value)
        return value


def _owner(command: Command) -> dict[str, UUID]:
    """The column that says whose log tells of a row, where that is not its task's."""
    match command:
        case ProjectCommand():
            return {"project_id": command.project.id}
        case WorkspaceCommand():
            return {"workspace_id": command.workspace.id}
    raise TypeError(f"{type(command).__name__} has no log for an entity.")


def _json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
