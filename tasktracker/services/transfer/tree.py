"""The tree of a project's tasks, kept in memory while many of them are put under others."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid
from tasktracker.services.command import ProjectCommand
from tasktracker.services.task_checks import DEEPEST

_PARENTS = "SELECT id, parent_id FROM task WHERE project_id = $1 AND parent_id IS NOT NULL"


class Tree:
    """Which task is below which."""

    def __init__(self, rows: list[Mapping[str, Any]]) -> None:
        self._above: dict[UUID, UUID] = {row["id"]: row["parent_id"] for row in rows}
        self._below: dict[UUID, set[UUID]] = {}
        for child, parent in self._above.items():
            self._below.setdefault(parent, set()).add(child)

    @classmethod
    async def of(cls, command: ProjectCommand) -> "Tree":
        return cls([*await command.db.execute_query_dict(_PARENTS, [command.project.id])])

    def put(self, child: UUID | None, parent: UUID | None) -> None:
        """Put a task below another one, or at the top; None is one that is still to be made. Raises Invalid."""
        if parent is not None:
            path = [parent, *self._way_up(parent)]
            if child in path:
                raise Invalid.at("/parent", "This task itself is on the way up; the tree would be a circle.")
            if len(path) + self._height(child) > DEEPEST:
                raise Invalid.at("/parent", f"Subtasks go {DEEPEST} levels deep. Choose a parent further up.")
        if child is not None:
            self._link(child, parent)

    def _link(self, child: UUID, parent: UUID | None) -> None:
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
