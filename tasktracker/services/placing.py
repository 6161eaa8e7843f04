"""Where a task goes in a column, and whether it may go in at all. Exact, because the project is locked."""

from uuid import UUID

from tasktracker.domain.errors import Clash, ColumnFull, Invalid
from tasktracker.domain.ordering import position_between
from tasktracker.models import BoardColumn
from tasktracker.services.command import ProjectCommand

_COUNT = """
    SELECT count(*) AS tasks FROM task
    WHERE project_id = $1 AND column_id = $2 AND archived_at IS NULL AND trashed_at IS NULL AND number <> $3
"""
_AFTER = """
    WITH anchor AS (SELECT position FROM task WHERE column_id = $1 AND number = $2)
    SELECT anchor.position AS low, (SELECT min(t.position) FROM task t
        WHERE t.column_id = $1 AND t.number <> $3 AND t.position > anchor.position) AS high FROM anchor
"""
_BEFORE = """
    WITH anchor AS (SELECT position FROM task WHERE column_id = $1 AND number = $2)
    SELECT anchor.position AS high, (SELECT max(t.position) FROM task t
        WHERE t.column_id = $1 AND t.number <> $3 AND t.position < anchor.position) AS low FROM anchor
"""
_END = "SELECT max(position) AS low, NULL AS high FROM task WHERE column_id = $1 AND number <> $2"


async def column_of(command: ProjectCommand, column_id: str) -> BoardColumn:
    """The project's column with that id. Raises Invalid."""
    column = await BoardColumn.filter(id=UUID(column_id), project_id=command.project.id).using_db(command.db).first()
    if column is None:
        raise Invalid.at("/column_id", "This project has no such column; it may have been deleted.")
    return column


async def first_column(command: ProjectCommand) -> BoardColumn:
    """The column for new tasks: the first that is unstarted, else the first of all."""
    columns = await BoardColumn.filter(project_id=command.project.id).using_db(command.db).order_by("position")
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
    if column.wip_limit is not None:
        rows = await command.db.execute_query_dict(_COUNT, [command.project.id, column.id, number])
        if rows[0]["tasks"] >= column.wip_limit:
            raise ColumnFull(column.name, column.wip_limit)
    return await place(command, column, number, after, before)


async def place(
    command: ProjectCommand, column: BoardColumn, number: int, after: int | None, before: int | None
) -> str:
    """A free position right after or right before the named neighbour, else at the end.

    Archived and trashed tasks count as neighbours too: their positions are taken.
    """
    for statement, neighbour in ((_AFTER, after), (_BEFORE, before)):
        if neighbour is None:
            continue
        if rows := await command.db.execute_query_dict(statement, [column.id, neighbour, number]):
            return position_between(rows[0]["low"], rows[0]["high"])
    rows = await command.db.execute_query_dict(_END, [column.id, number])
    return position_between(rows[0]["low"], rows[0]["high"])
