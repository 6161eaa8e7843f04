"""Which tasks have subtasks, kept in memory while many of them are thrown away or put under others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tasktracker.models import Task


class SubtaskCount:
    """How many subtasks that are not in the trash each of the tasks with the `ids` has; `rows` are those subtasks."""

    def __init__(self, ids: Iterable[UUID], rows: Iterable[Mapping[str, Any]]) -> None:
        self._ids = set(ids)
        self._above: dict[UUID, UUID] = {row["id"]: row["parent_id"] for row in rows}
        self._count = Counter(self._above.values())

    def knows(self, task_id: UUID) -> bool:
        return task_id in self._ids

    def of(self, task_id: UUID) -> int:
        return self._count[task_id]

    def put(self, task: Task) -> None:
        """Count the task where it is now."""
        if (above := self._above.pop(task.id, None)) is not None:
            self._count[above] -= 1
        if task.parent_id is not None and task.trashed_at is None:
            self._above[task.id] = task.parent_id
            self._count[task.parent_id] += 1
