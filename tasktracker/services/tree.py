"""The tree of a project's tasks, kept in memory while many of them are put under others."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.errors import Invalid

DEEPEST = 10
"""Levels of subtasks, the topmost task counted."""
_PARENTS = "SELECT id, parent_id FROM task WHERE project_id = $1 AND parent_id IS NOT NULL"


class Tree:
    """Which task is below which."""

    def __init__(self, rows: list[Mapping[str, Any]]) -> None:
        self._above: dict[UUID, UUID] = {row["id"]: row["parent_id"] for row in rows}
        self._below: dict[UUID, set[UUID]] = {}
        for child, parent in self._above.items():
            self._below.setdefault(parent, set()).add(child)

    @classmethod
    async def of(cls, db: BaseDBAsyncClient, project_id: UUID) -> "Tree":
        return cls([*await db.execute_query_dict(_PARENTS, [project_id])])

    def put(self, child: UUID | None, parent: UUID | None) -> None:
        """Put a task below another one, or at the top; None is one that is still to be made. Raises Invalid."""
        if parent is not None:
            if self.is_below(parent, child):
                raise Invalid.at("/parent", "This task itself is on the way up; the tree would be a circle.")
            if self.depth(parent, child) > DEEPEST:
                raise Invalid.at("/parent", f"Subtasks go {DEEPEST} levels deep. Choose a parent further up.")
        if child is not None:
            self.link(child, parent)

    def is_below(self, task_id: UUID, above: UUID | None) -> bool:
        """Whether a task is the other one, or somewhere below it."""
        return above in (task_id, *self._way_up(task_id))

    def depth(self, parent: UUID, child: UUID | None) -> int:
        """The levels that there would be, from the top down through the parent and the child to the lowest subtask."""
        return 1 + sum(1 for _ in self._way_up(parent)) + self._height(child)

    def link(self, child: UUID, parent: UUID | None) -> None:
        """Note where a task is, whatever that makes of the tree."""
        if (old := self._above.pop(child, None)) is not None:
            self._below[old].discard(child)
        if parent is not None:
            self._above[child] = parent
            self._below.setdefault(parent, set()).add(child)

    def _way_up(self, task_id: UUID) -> Iterator[UUID]:
        while (above := self._above.get(task_id)) is not None:
            yield above
            task_id = above

    def _height(self, task_id: UUID | None) -> int:
        """Levels from the task down, itself counted."""
        below = self._below.get(task_id, ()) if task_id else ()
        return 1 + max((self._height(child) for child in below), default=0)
