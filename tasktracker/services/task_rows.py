"""The rows of a project's tasks, as a command reads and writes them: one by one, each at once.

`services.gathering` has the same for many tasks: read together, written together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.models import BoardColumn, Task

Gap = tuple[str | None, str | None]
"""The positions between which a task is to stand; None is the open end on that side."""

_COUNT = """
    SELECT count(*) AS tasks FROM task
    WHERE column_id = $1 AND archived_at IS NULL AND trashed_at IS NULL AND number <> $2
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
_AT = """
    SELECT EXISTS (SELECT FROM task WHERE column_id = $1 AND position = $2 AND number <> $3) AS is_taken,
        (SELECT min(position) FROM task WHERE column_id = $1 AND position > $2 AND number <> $3) AS above
"""
_HANGS_ON = "SELECT EXISTS (SELECT FROM task WHERE parent_id = $1 AND trashed_at IS NULL) AS has_subtasks"
_END = "SELECT max(position) AS low FROM task WHERE column_id = $1 AND number <> $2"


_PARENT = """
    WITH RECURSIVE above AS (
        SELECT t.id, t.parent_id, 1 AS level FROM task t
        WHERE t.project_id = $1 AND t.number = $2 AND t.trashed_at IS NULL
        UNION ALL SELECT t.id, t.parent_id, above.level + 1 FROM task t JOIN above ON t.id = above.parent_id),
    below AS (
        SELECT t.id, 1 AS level FROM task t WHERE t.id = $3
        UNION ALL SELECT t.id, below.level + 1 FROM task t JOIN below ON t.parent_id = below.id)
    SELECT (SELECT above.id FROM above WHERE above.level = 1) AS parent_id,
        EXISTS (SELECT FROM above WHERE id = $3) AS is_circle,
        (SELECT count(*) FROM above) + greatest(1, (SELECT coalesce(max(level), 1) FROM below)) AS depth
"""


@dataclass(frozen=True, slots=True)
class PlaceUnder:
    """Where a task would be in the tree: below which, whether in a circle, and how many levels there would be."""

    parent_id: UUID
    is_circle: bool
    depth: int


class TaskRows:
    """The rows of one project's tasks."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        self.db = db
        self.project_id = project_id

    async def find(self, number: int) -> Task | None:
        return await Task.filter(project_id=self.project_id, number=number).using_db(self.db).first()

    async def with_id(self, task_id: UUID) -> Task | None:
        return await Task.filter(project_id=self.project_id, id=task_id).using_db(self.db).first()

    async def has_subtasks(self, task: Task) -> bool:
        """Whether any task is below it that is not in the trash."""
        return bool((await self.db.execute_query_dict(_HANGS_ON, [task.id]))[0]["has_subtasks"])

    async def place_under(self, number: int, task: Task | None) -> PlaceUnder | None:
        """Where the task (None: a new one) would be under that of the number; None if that is not there, or trashed."""
        child = task.id if task else UUID(int=0)
        row = (await self.db.execute_query_dict(_PARENT, [self.project_id, number, child]))[0]
        return None if row["parent_id"] is None else PlaceUnder(**row)

    async def add(self, task: Task) -> None:
        await task.save(using_db=self.db, force_create=True)

    async def save(self, task: Task, columns: Iterable[str]) -> None:
        """Write the named columns."""
        await task.save(using_db=self.db, update_fields=[*dict.fromkeys(columns)])

    async def columns(self) -> Sequence[BoardColumn]:
        """The project's columns in their order."""
        return await BoardColumn.filter(project_id=self.project_id).using_db(self.db).order_by("position")

    async def crowd(self, column_id: UUID, besides: int) -> int:
        """How many tasks a column holds, those in the archive or the trash and task number `besides` left out."""
        return int((await self.db.execute_query_dict(_COUNT, [column_id, besides]))[0]["tasks"])

    async def gap(self, column_id: UUID, number: int, after: int | None, before: int | None) -> Gap:
        """Where task `number` would stand: right after or right before the named neighbour, else at the end.

        A neighbour that is not in the column is passed over. Archived and trashed ones count: their places are taken.
        """
        for statement, neighbour in ((_AFTER, after), (_BEFORE, before)):
            if neighbour is None:
                continue
            if rows := await self.db.execute_query_dict(statement, [column_id, neighbour, number]):
                return rows[0]["low"], rows[0]["high"]
        rows = await self.db.execute_query_dict(_END, [column_id, number])
        return rows[0]["low"], None

    async def look(self, column_id: UUID, position: str, besides: int) -> tuple[bool, str | None]:
        """Whether a task besides that one stands at the position, and the next position above it that is taken."""
        row = (await self.db.execute_query_dict(_AT, [column_id, position, besides]))[0]
        return row["is_taken"], row["above"]
