"""Many tasks in one command: their rows are read together, and written together.

A command that changes one task takes about two statements for it. A thousand of them at that price would hold the
project for seconds, so here a task that was read is kept, and what was changed is written when the block ends, or as
soon as anything else asks the database: no statement of the command ever sees an old row.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import orjson
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import BaseDBAsyncClient, ConnectionWrapper

from tasktracker.models import BoardColumn, Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.task_rows import Gap, TaskRows

_ORDER = """
    SELECT number, position, archived_at IS NULL AND trashed_at IS NULL AS is_on_board
    FROM task WHERE column_id = $1 ORDER BY position
"""
_ADD = "INSERT INTO task ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::task, $1::jsonb)"
_SAVE = """
    UPDATE task SET {assignments} FROM jsonb_populate_recordset(NULL::task, $1::jsonb) new WHERE task.id = new.id
"""
_AT_ONCE = 1_000
"""Rows in one statement."""


@asynccontextmanager
async def gathered(command: ProjectCommand, numbers: Iterable[int] = ()) -> AsyncIterator[None]:
    """Let the command read and write the rows of its tasks together; those with the `numbers` are read at once.

    Inside the block tasks are found and saved by `command.rows`, and columns stay as they are.
    """
    db, rows = command.db, command.rows
    together = GatheredRows(db, command.project.id)
    await together.read(numbers)
    command.db, command.rows = _SettledClient(db, together), together
    try:
        yield
        await together.write()
    finally:
        command.db, command.rows = db, rows


class GatheredRows(TaskRows):
    """The rows that a command has read, and those that it still has to write."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        super().__init__(db, project_id)
        self._tasks: dict[int, Task] = {}
        self._columns: Sequence[BoardColumn] | None = None
        self._orders: dict[UUID, _Order] = {}
        self._added: dict[int, Task] = {}
        self._changed: dict[int, set[str]] = {}

    async def read(self, numbers: Iterable[int]) -> None:
        """Read the tasks with these numbers, as far as there are any."""
        wanted = [*dict.fromkeys(numbers)]
        for start in range(0, len(wanted), _AT_ONCE):
            part = Task.filter(project_id=self.project_id, number__in=wanted[start : start + _AT_ONCE])
            self._tasks |= {task.number: task for task in await part.using_db(self.db)}

    async def find(self, number: int) -> Task | None:
        if number not in self._tasks and (task := await super().find(number)) is not None:
            self._tasks[number] = task
        return self._tasks.get(number)

    async def add(self, task: Task) -> None:
        self._added[task.number] = task
        self._note(task)

    async def save(self, task: Task, columns: Iterable[str]) -> None:
        if task.number not in self._added:
            self._changed.setdefault(task.number, set()).update(columns)
        self._note(task)

    async def columns(self) -> Sequence[BoardColumn]:
        if self._columns is None:
            self._columns = await super().columns()
        return self._columns

    async def crowd(self, column_id: UUID, besides: int) -> int:
        order = await self._order(column_id)
        return len(order.on_board) - (besides in order.on_board)

    async def gap(self, column_id: UUID, number: int, after: int | None, before: int | None) -> Gap:
        return (await self._order(column_id)).gap(number, after, before)

    async def look(self, column_id: UUID, position: str, besides: int) -> tuple[bool, str | None]:
        order = await self._order(column_id)
        if order.is_given_up(position):
            await self.write()
            order = self._orders[column_id] = _Order(await self.db.execute_query_dict(_ORDER, [column_id]))
        return order.look(position, besides)

    async def write(self) -> None:
        """Write what is not written yet."""
        added, self._added = [*self._added.values()], {}
        changed, self._changed = self._changed, {}
        await self._add_all(added)
        for names, numbers in _by_columns(changed).items():
            await self._save_all([self._tasks[number] for number in numbers], names)

    async def _add_all(self, tasks: list[Task]) -> None:
        columns = [*Task._meta.fields_db_projection.values()]  # noqa: SLF001  Tortoise has no public way
        for rows in _parts(tasks):
            await self.db.execute_query(_ADD.format(names=", ".join(columns)), [_json(rows, columns)])
            for task in rows:
                task._saved_in_db = True  # noqa: SLF001  as the ORM notes after its own INSERT

    async def _save_all(self, tasks: list[Task], columns: tuple[str, ...]) -> None:
        assignments = ", ".join(f"{name} = new.{name}" for name in columns)
        for rows in _parts(tasks):
            await self.db.execute_query(_SAVE.format(assignments=assignments), [_json(rows, ("id", *columns))])

    async def _order(self, column_id: UUID) -> "_Order":
        if column_id not in self._orders:
            await self.write()
            self._orders[column_id] = _Order(await self.db.execute_query_dict(_ORDER, [column_id]))
        return self._orders[column_id]

    def _note(self, task: Task) -> None:
        """Keep the row as the newest one of its task, and its place in the order of its column."""
        self._tasks[task.number] = task
        for column_id, order in self._orders.items():
            if column_id == task.column_id:
                order.put(task)
            else:
                order.take(task.number)


class _Order:
    """The tasks of one column. A position that was given up stays taken: rows change places in any order."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        rows = list(rows)
        self._taken: list[str] = [row["position"] for row in rows]
        self._position: dict[int, str] = {row["number"]: row["position"] for row in rows}
        self._holder: dict[str, int] = {row["position"]: row["number"] for row in rows}
        self.on_board: set[int] = {row["number"] for row in rows if row["is_on_board"]}

    def gap(self, number: int, after: int | None, before: int | None) -> Gap:
        own = self._position.get(number)
        if after is not None and (low := self._position.get(after)) is not None:
            return low, self._at(bisect_right(self._taken, low), 1, own)
        if before is not None and (high := self._position.get(before)) is not None:
            return self._at(bisect_left(self._taken, high) - 1, -1, own), high
        return self._at(len(self._taken) - 1, -1, own), None

    def is_given_up(self, position: str) -> bool:
        """Whether a task stood there that has another place since."""
        return position not in self._holder and self._is_taken(position)

    def look(self, position: str, number: int) -> tuple[bool, str | None]:
        own = self._position.get(number)
        is_taken = position != own and self._is_taken(position)
        return is_taken, self._at(bisect_right(self._taken, position), 1, own)

    def put(self, task: Task) -> None:
        if self._position.get(task.number) != task.position:
            self.take(task.number)
            insort(self._taken, task.position)
            self._position[task.number] = task.position
            self._holder[task.position] = task.number
        if task.archived_at is None and task.trashed_at is None:
            self.on_board.add(task.number)
        else:
            self.on_board.discard(task.number)

    def take(self, number: int) -> None:
        if (position := self._position.pop(number, None)) is not None:
            self._holder.pop(position, None)
        self.on_board.discard(number)

    def _is_taken(self, position: str) -> bool:
        index = bisect_left(self._taken, position)
        return index < len(self._taken) and self._taken[index] == position

    def _at(self, index: int, step: int, own: str | None) -> str | None:
        """The position there, or the next one if that is the task's own; None beyond the ends."""
        if 0 <= index < len(self._taken) and self._taken[index] == own:
            index += step
        return self._taken[index] if 0 <= index < len(self._taken) else None


class _SettledClient(TransactionWrapper):
    """The same connection, for everything else: before each statement, what was gathered is written."""

    def __init__(self, db: BaseDBAsyncClient, rows: GatheredRows) -> None:
        super().__init__(db)  # type: ignore[arg-type]  # a transaction of asyncpg's, as all of them are here
        self._lock = db._lock  # type: ignore[attr-defined]  # noqa: SLF001  one connection, so one lock
        self._rows = rows

    def acquire_connection(self) -> "_SettledConnection":
        return _SettledConnection(self._lock, self)

    async def settle(self) -> None:
        await self._rows.write()


class _SettledConnection(ConnectionWrapper[Any]):
    """The connection for one statement."""

    client: _SettledClient

    async def __aenter__(self) -> Any:
        await self.client.settle()
        return await super().__aenter__()


def _parts(rows: list[Task]) -> Iterable[list[Task]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def _json(rows: list[Task], columns: Sequence[str]) -> str:
    return orjson.dumps([{name: getattr(row, name) for name in columns} for row in rows], str).decode()


def _by_columns(changed: dict[int, set[str]]) -> dict[tuple[str, ...], list[int]]:
    """The numbers of the tasks of which the same columns were changed."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, columns in changed.items():
        groups.setdefault(tuple(sorted(columns)), []).append(number)
    return groups
