"""Many tasks in one command: their rows are read together, and written together.

A command that changes one task takes about two statements for it. A thousand of them at that price would hold the
project for seconds, so here a task that was read is kept, and what was changed is written when the block ends, or as
soon as anything else asks the database: no statement of the command ever sees an old row.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import orjson
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import BaseDBAsyncClient, ConnectionWrapper

from tasktracker.models import BoardColumn, Task
from tasktracker.services.column_order import ColumnOrder
from tasktracker.services.command import ProjectCommand
from tasktracker.services.portions import portions
from tasktracker.services.subtask_count import SubtaskCount
from tasktracker.services.task_rows import Gap, PlaceUnder, TaskRows
from tasktracker.services.tree import Tree

_ORDER = """
    SELECT number, position, archived_at IS NULL AND trashed_at IS NULL AS is_on_board
    FROM task WHERE column_id = $1 ORDER BY position
"""
_CHILDREN = "SELECT id, parent_id FROM task WHERE parent_id = ANY($1::uuid[]) AND trashed_at IS NULL"
_FEW = 20
"""Places in the tree that are asked for one by one; for more of them the whole tree is read."""
_ADD = "INSERT INTO task ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::task, $1::jsonb)"
_SAVE = """
    UPDATE task SET {assignments} FROM jsonb_populate_recordset(NULL::task, $1::jsonb) new WHERE task.id = new.id
"""


@asynccontextmanager
async def gathered(
    command: ProjectCommand, numbers: Iterable[int] = (), *, ids: Iterable[UUID] = ()
) -> AsyncIterator[None]:
    """Let the command read and write the rows of its tasks together; those with the numbers or ids are read at once.

    Inside the block tasks are found and saved by `command.rows`, and columns stay as they are.
    """
    db, rows = command.db, command.rows
    together = GatheredRows(db, command.project.id)
    await together.read(numbers, ids)
    command.rows = together
    command.db = command.comments.db = _SettledClient(db, together)
    try:
        yield
        await together.write()
    finally:
        command.db = command.comments.db = db
        command.rows = rows


class GatheredRows(TaskRows):
    """The rows that a command has read, and those that it still has to write."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        super().__init__(db, project_id)
        self._tasks: dict[int, Task] = {}
        self._numbers: dict[UUID, int] = {}
        self._subtasks = SubtaskCount((), ())
        self._places = 0
        self._tree: Tree | None = None
        self._columns: Sequence[BoardColumn] | None = None
        self._orders: dict[UUID, ColumnOrder] = {}
        self._added: dict[int, Task] = {}
        self._changed: dict[int, set[str]] = {}

    async def read(self, numbers: Iterable[int] = (), ids: Iterable[UUID] = ()) -> None:
        """Read the tasks with these numbers or ids, as far as there are any."""
        for named, wanted in (("number__in", [*dict.fromkeys(numbers)]), ("id__in", [*dict.fromkeys(ids)])):
            for part in portions(wanted):
                found = Task.filter(project_id=self.project_id, **{named: part})
                self._keep(await found.using_db(self.db))

    async def find(self, number: int) -> Task | None:
        if number not in self._tasks and (task := await super().find(number)) is not None:
            self._keep([task])
        return self._tasks.get(number)

    async def with_id(self, task_id: UUID) -> Task | None:
        if task_id not in self._numbers and (task := await super().with_id(task_id)) is not None:
            self._keep([task])
        number = self._numbers.get(task_id)
        return None if number is None else self._tasks[number]

    async def has_subtasks(self, task: Task) -> bool:
        if not self._subtasks.knows(task.id):
            await self.write()
            ids = [each.id for each in self._tasks.values()]
            self._subtasks = SubtaskCount(ids, await self.db.execute_query_dict(_CHILDREN, [ids]))
        return self._subtasks.of(task.id) > 0

    async def place_under(self, number: int, task: Task | None) -> PlaceUnder | None:
        self._places += 1
        if self._places <= _FEW:
            await self.write()
            return await super().place_under(number, task)
        parent, tree = await self.find(number), await self._whole_tree()
        if parent is None or parent.trashed_at:
            return None
        child = task.id if task else None
        return PlaceUnder(parent.id, tree.is_below(parent.id, child), tree.depth(parent.id, child))

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
            order = self._orders[column_id] = ColumnOrder(await self.db.execute_query_dict(_ORDER, [column_id]))
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
        for rows in portions(tasks):
            await self.db.execute_query(_ADD.format(names=", ".join(columns)), [_json(rows, columns)])
            for task in rows:
                task._saved_in_db = True  # noqa: SLF001  as the ORM notes after its own INSERT

    async def _save_all(self, tasks: list[Task], columns: tuple[str, ...]) -> None:
        assignments = ", ".join(f"{name} = new.{name}" for name in columns)
        for rows in portions(tasks):
            await self.db.execute_query(_SAVE.format(assignments=assignments), [_json(rows, ("id", *columns))])

    async def _whole_tree(self) -> Tree:
        if self._tree is None:
            await self.write()
            self._tree = await Tree.of(self.db, self.project_id)
        return self._tree

    async def _order(self, column_id: UUID) -> ColumnOrder:
        if column_id not in self._orders:
            await self.write()
            self._orders[column_id] = ColumnOrder(await self.db.execute_query_dict(_ORDER, [column_id]))
        return self._orders[column_id]

    def _keep(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self._tasks[task.number] = task
            self._numbers[task.id] = task.number

    def _note(self, task: Task) -> None:
        """Keep the row as the newest one of its task, and its place in the order of its column."""
        self._keep([task])
        self._subtasks.put(task)
        if self._tree is not None:
            self._tree.link(task.id, task.parent_id)
        for column_id, order in self._orders.items():
            if column_id == task.column_id:
                order.put(task)
            else:
                order.take(task.number)


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


def _json(rows: Sequence[Task], columns: Sequence[str]) -> str:
    return orjson.dumps([{name: getattr(row, name) for name in columns} for row in rows], str).decode()


def _by_columns(changed: dict[int, set[str]]) -> dict[tuple[str, ...], list[int]]:
    """The numbers of the tasks of which the same columns were changed."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, columns in changed.items():
        groups.setdefault(tuple(sorted(columns)), []).append(number)
    return groups
