"""The rows of a project's tasks, as a command reads and writes them: one by one, each at once.

`services.gathering` has the same for many tasks: read together, written together.
"""

from collections.abc import Iterable, Sequence
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
_END = "SELECT max(position) AS low FROM task WHERE column_id = $1 AND number <> $2"


class TaskRows:
    """The rows of one project's tasks."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        self.db = db
        self.project_id = project_id

    async def find(self, number: int) -> Task | None:
        return await Task.filter(project_id=self.project_id, number=number).using_db(self.db).first()

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
