"""The places of the tasks of one column, kept in memory while many of them are moved."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import Any

from tasktracker.models import Task
from tasktracker.services.task_rows import Gap


class ColumnOrder:
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
