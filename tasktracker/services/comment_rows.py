"""The rows of a project's comments, as a command reads and writes them: one by one, each at once.

`services.gathered_comments` has the same for many comments.
"""

from collections.abc import Mapping
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.models import Comment

_COUNT = """
    UPDATE task SET comment_count = comment_count + new.step FROM unnest($1::uuid[], $2::int[]) AS new(id, step)
    WHERE task.id = new.id AND new.step <> 0
"""
WRITTEN = ("body", "reactions", "version", "edited_at", "deleted_at")
"""What may change of a comment."""


class CommentRows:
    """The rows of one project's comments."""

    def __init__(self, db: BaseDBAsyncClient, project_id: UUID) -> None:
        self.db = db
        self.project_id = project_id

    async def find(self, comment_id: UUID) -> Comment | None:
        return await Comment.filter(id=comment_id, task__project_id=self.project_id).using_db(self.db).first()

    async def save(self, comment: Comment) -> None:
        """Write what may have changed."""
        await comment.save(using_db=self.db, update_fields=WRITTEN)

    async def count(self, task_id: UUID, step: int) -> None:
        """So many more comments (or less) are at the task. No version step: they are no change to its own fields."""
        await self.count_all({task_id: step})

    async def count_all(self, steps: Mapping[UUID, int]) -> None:
        await self.db.execute_query(_COUNT, [[*steps], [*steps.values()]])
