"""The columns of a project's board."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid, NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.ordering import position_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import CATEGORIES
from tasktracker.domain.text import Cleaner, clean_fields, line_of, one_of
from tasktracker.domain.usual_columns import usual_columns
from tasktracker.models import Account, BoardColumn, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.gathering import gathered
from tasktracker.services.task_changes import change_task, find_task
from tasktracker.services.views import ColumnView

WIP_LIMIT_MAX = 10_000
COLUMN_LIMIT = 50


async def _refuse_full(command: ProjectCommand, column: BoardColumn) -> None:
    if count := await Task.filter(column_id=column.id).using_db(command.db).count():
        raise Clash(f"“{column.name}” still holds {count} tasks, archived and trashed ones included. Move them first.")


COLUMN = Entity(
    "column",
    BoardColumn,
    ("name", "category", "wip_limit", "position"),
    Kinds(EventKind.COLUMN_ADDED, EventKind.COLUMN_EDITED, EventKind.COLUMN_DELETED),
    unique=("name",),
    refuse_removal=_refuse_full,
)


async def add_column(actor: Actor, key: str, raw: Mapping[str, Any]) -> ColumnView:
    """Add a column at the end; `name` and `category` are needed. Raises NotFound, Forbidden, Invalid, Clash."""
    fields = clean_column(raw)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        columns = await _columns(command)
        _require_free(columns, fields["name"])
        if len(columns) >= COLUMN_LIMIT:
            raise Clash(f"A board has at most {COLUMN_LIMIT} columns.")
        fields["position"] = position_between(columns[-1].position if columns else None, None)
        column = await COLUMN.add(command, fields)
    return _view(column)


async def edit_column(actor: Actor, key: str, column_id: UUID, raw: Mapping[str, Any]) -> ColumnView:
    """Rename a column, change what it means, or its limit (None lifts it).

    A limit below what is in it only stops more from coming in. Raises NotFound, Forbidden, Invalid, Clash.
    """
    fields = clean_fields("column", raw, _CLEANERS)
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        columns = await _columns(command)
        column = _find(columns, column_id)
        if "name" in fields:
            _require_free([each for each in columns if each.id != column.id], fields["name"])
        await COLUMN.edit(command, column, fields)
    return _view(column)


async def move_column(actor: Actor, key: str, column_id: UUID, *, after: UUID | None) -> ColumnView:
    """Put a column right after another one, or first (`after` None). Raises NotFound, Forbidden, Invalid."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        columns = await _columns(command)
        column = _find(columns, column_id)
        await COLUMN.edit(command, column, {"position": COLUMN.position_after(columns, column, after)})
    return _view(column)


async def delete_column(actor: Actor, key: str, column_id: UUID, *, move_to: UUID | None = None) -> None:
    """Delete a column; its tasks, archived and trashed ones too, go to the end of the column `move_to`.

    Without that, it must hold none. Raises NotFound, Forbidden, Clash, ColumnFull.
    """
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        column = await COLUMN.find(command, column_id)
        if move_to is not None:
            await _empty(command, column, await COLUMN.find(command, move_to))
        await COLUMN.refuse_removal(command, column)
        await COLUMN.delete(command, column)


async def _empty(command: ProjectCommand, column: BoardColumn, target: BoardColumn) -> None:
    """Move all tasks of a column to another one, in their order; one that holds as many as it may refuses them."""
    if target.id == column.id:
        raise Clash("Its tasks cannot go to the column that is to be deleted. Choose another one.")
    tasks = Task.filter(column_id=column.id).using_db(command.db).order_by("position")
    numbers: list[Any] = await tasks.values_list("number", flat=True)
    async with gathered(command, numbers):
        for number in numbers:
            task = await find_task(command, TaskRef(command.project.key, number), trashed=True)
            await change_task(command, task, {"column_id": str(target.id)})


async def create_default_columns(command: ProjectCommand) -> None:
    """What a new project starts with, in the language of whoever makes it."""
    maker = await Account.get(id=command.actor.account_id, using_db=command.db)
    last = None
    for name, category in usual_columns(maker.locale):
        last = position_between(last, None)
        await COLUMN.add(command, {"name": name, "category": category, "wip_limit": None, "position": last})


def _wip_limit(value: Any, pointer: str) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= WIP_LIMIT_MAX):
        raise Invalid.at(pointer, "A limit is a whole number from 1 to 10,000, or null for none.")
    return value


def clean_column(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a new column. Raises Invalid."""
    fields = {"wip_limit": None, **clean_fields("column", raw, _CLEANERS)}
    for needed in ("name", "category"):
        if needed not in fields:
            raise Invalid.at(f"/{needed}", f"A column needs a {needed}.")
    return fields


_CLEANERS: dict[str, Cleaner] = {
    "name": line_of(50),
    "category": lambda value, pointer: one_of(value, pointer, CATEGORIES),
    "wip_limit": _wip_limit,
}


async def _columns(command: ProjectCommand) -> list[BoardColumn]:
    return await BoardColumn.filter(project_id=command.project.id).using_db(command.db).order_by("position")


def _find(columns: list[BoardColumn], column_id: UUID) -> BoardColumn:
    for column in columns:
        if column.id == column_id:
            return column
    raise NotFound("column", column_id)


def _require_free(columns: list[BoardColumn], name: str) -> None:
    if any(column.name == name for column in columns):
        raise Clash(f"This board already has a column “{name}”.")


def _view(column: BoardColumn) -> ColumnView:
    return ColumnView(id=column.id, version=column.version, **COLUMN.state(column))
