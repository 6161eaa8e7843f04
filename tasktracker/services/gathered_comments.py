"""Many comments in one command: their rows are read together, and written together."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.models import Comment
from tasktracker.services.command import ProjectCommand
from tasktracker.services.comment_rows import WRITTEN, CommentRows
from tasktracker.services.portions import portions

_SAVE = f"""
    UPDATE comment SET {", ".join(f"{name} = new.{name}" for name in WRITTEN)}
    FROM jsonb_populate_recordset(NULL::comment, $1::jsonb) new WHERE comment.id = new.id
"""


@asynccontextmanager
async def gathered_comments(command: ProjectCommand, ids: Iterable[UUID]) -> AsyncIterator[None]:
    """Let the command read and write the comments with these ids together, and their counts.

    They are written when the block ends: inside it, nothing else of the command may ask for them or for tasks.
    """
    one_by_one, together = command.comments, GatheredComments(command.db, command.project.id)
    await together.read(ids)
    command.comments = together
    try:
        yield
        await together.write()
    finally:
        command.comments = one_by_one


class GatheredComments(CommentRows):
    """The comments that a command has read, and those that it still has to write."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        super().__init__(db, project_id)
        self._found: dict[UUID, Comment] = {}
        self._changed: dict[UUID, Comment] = {}
        self._steps: Counter[UUID] = Counter()

    async def read(self, ids: Iterable[UUID]) -> None:
        """Read the comments with these ids, as far as there are any."""
        for part in portions([*dict.fromkeys(ids)]):
            found = Comment.filter(id__in=part, task__project_id=self.project_id).using_db(self.db)
            self._found |= {comment.id: comment for comment in await found}

    async def find(self, comment_id: UUID) -> Comment | None:
        return self._found.get(comment_id)

    async def save(self, comment: Comment) -> None:
        self._changed[comment.id] = comment

    async def count(self, task_id: UUID, step: int) -> None:
        self._steps[task_id] += step

    async def write(self) -> None:
        """Write what is not written yet."""
        for part in portions([*self._changed.values()]):
            rows = [{"id": each.id, **{name: getattr(each, name) for name in WRITTEN}} for each in part]
            await self.db.execute_query(_SAVE, [orjson.dumps(rows, str).decode()])
        await self.count_all(self._steps)
