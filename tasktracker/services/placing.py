"""Where a task goes in a column, and whether it may go in at all. Exact, because the project is locked."""

from uuid import UUID

from tasktracker.domain.errors import Clash, ColumnFull, Invalid
from tasktracker.domain.ordering import position_between
from tasktracker.models import BoardColumn
from tasktracker.services.command import ProjectCommand


async def column_of(command: ProjectCommand, column_id: str) -> BoardColumn:
    """The project's column with that id. Raises Invalid."""
    wanted = UUID(column_id)
    for column in await command.rows.columns():
        if column.id == wanted:
            return column
    raise Invalid.at("/column_id", "This project has no such column; it may have been deleted.")


async def first_column(command: ProjectCommand) -> BoardColumn:
    """The column for new tasks: the first that is unstarted, else the first of all."""
    columns = await command.rows.columns()
    if not columns:
        raise Clash(f"Project {command.project.key} has no column to put a task in. Add one first.")
    return next((column for column in columns if column.category == "unstarted"), columns[0])


async def enter_column(
    command: ProjectCommand,
    column: BoardColumn,
    number: int = 0,
    after: int | None = None,
    before: int | None = None,
) -> str:
    """A position for a task that is not in the column yet. Raises ColumnFull."""
    await require_room(command, column, number)
    return await place(command, column, number, after, before)


async def require_room(command: ProjectCommand, column: BoardColumn, number: int) -> None:
    """Raise `ColumnFull` if the column takes no more than what is in it besides task `number`."""
    if column.wip_limit is not None and await command.rows.crowd(column.id, number) >= column.wip_limit:
        raise ColumnFull(column.name, column.wip_limit)


async def place(
    command: ProjectCommand, column: BoardColumn, number: int, after: int | None, before: int | None
) -> str:
    """A free position right after or right before the named neighbour, else at the end."""
    return position_between(*await command.rows.gap(column.id, number, after, before))


async def place_again(command: ProjectCommand, column: BoardColumn, position: str, number: int) -> str:
    """The position that task `number` had in the column once, or the next free one behind it."""
    is_taken, above = await command.rows.look(column.id, position, number)
    return position_between(position, above) if is_taken else position
