"""Carrying a task to another project, with everything below it and everything that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_id
from tasktracker.models import BoardColumn, Task, TaskAlias
from tasktracker.services.command import ProjectCommand
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import column_of, enter_column, first_column, place
from tasktracker.services.subtasks import numbers_below
from tasktracker.services.task_changes import find_task, follow_column, task_view
from tasktracker.services.task_state import columns_of, task_state, write_state
from tasktracker.services.translation import LeftOut, Translation
from tasktracker.services.two_projects import two_projects_command
from tasktracker.services.views import TaskView

_NOT_IN_STATE = ("number", "comment_count", "attachment_count")
"""What the two events tell besides the state: a board of the past must show the task as it was there."""


@dataclass(frozen=True, slots=True)
class Relocated:
    """What a task is called now, and what it was called."""

    ref: str
    was: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """The task where it is now; all that went along, itself first; and what the other project did not take."""

    task: TaskView
    relocated: list[Relocated]
    left_out: list[LeftOut]


async def transfer_task(actor: Actor, ref: TaskRef, key: str, *, column_id: Any = None) -> TransferView:
    """Carry a task and its subtasks to the project with that key: into that column, or one that means the same.

    Comments, files, history, version and relations go along; the parent stays behind. Labels are found by name, and
    made if the actor may; custom fields by key and kind. What the project does not take is left out and told; who
    cannot see it watches no longer. Raises NotFound, Forbidden, Invalid, ColumnFull, Clash.
    """
    if key == ref.key:
        raise Invalid.at("/project", f"{ref} is in {key} already. Name another project.")
    wanted = None if column_id is None else clean_id(column_id, "/column_id")
    async with two_projects_command(actor, ref.key, key, Permission.EDIT_TASKS) as (here, there):
        _keep_time(here, there)
        numbers = await numbers_below(here, await find_task(here, ref), put_away=True)
        async with gathered(here, numbers), gathered(there):
            tasks = [await find_task(here, TaskRef(ref.key, each), trashed=True) for each in numbers]
            crossing = _Crossing(here, there, Translation(here, there))
            await crossing.carry(tasks, wanted)
        return TransferView(await task_view(there, tasks[0]), crossing.relocated, crossing.translation.left_out)


def _keep_time(here: ProjectCommand, there: ProjectCommand) -> None:
    """Let the arrival be later than anything before it in both logs: a task's history is read in the order of time."""
    here.at = max(here.at, there.at)
    there.at = here.at + timedelta(microseconds=1)


class _Crossing:
    """Tasks on their way from one project to another."""

    def __init__(self, here: ProjectCommand, there: ProjectCommand, translation: Translation) -> None:
        self._here = here
        self._there = there
        self.translation = translation
        self.relocated: list[Relocated] = []

    async def carry(self, tasks: Sequence[Task], column_id: str | None) -> None:
        """Carry the tasks, each of which comes after its parent; the first goes to that column."""
        await self.translation.prepare(tasks)
        aliases = [TaskAlias(project_id=task.project_id, number=task.number, task_id=task.id) for task in tasks]
        for task in tasks:
            is_first = task is tasks[0]
            column = await column_of(self._there, column_id) if column_id and is_first else await self._same(task)
            await self._carry(task, column, None if is_first else str(task.parent_id))
        await TaskAlias.bulk_create(aliases, using_db=self._there.db)

    async def _same(self, task: Task) -> BoardColumn:
        """The first column that means the same, or else the one for new tasks."""
        meaning = (await column_of(self._here, str(task.column_id))).category
        columns = await self._there.rows.columns()
        return next((each for each in columns if each.category == meaning), None) or await first_column(self._there)

    async def _carry(self, task: Task, column: BoardColumn, parent_id: str | None) -> None:
        here, there = self._here, self._there
        before = _told(task)
        old, new = TaskRef(here.project.key, task.number), TaskRef(there.project.key, there.project.next_number)
        fields = {**await self.translation.fields(task, str(new)), "parent_id": parent_id, "column_id": str(column.id)}
        fields["position"] = await _enter(there, column, task, new.number)
        there.project.next_number += 1
        task.project_id, task.number = there.project.id, new.number
        write_state(task, fields)
        follow_column(task, column, there.at)
        left = changes_between(before, dict.fromkeys(before))
        here.record(EventKind.TASK_LEFT, task.id, left, task_id=task.id, version=task.version + 1)
        task.version += 2
        task.updated_at = there.at
        facts = ("project_id", "number", "completed_at", "recur_at", "version", "updated_at")
        await there.rows.save(task, [*columns_of(fields), *facts])
        after = _told(task)
        arrived = changes_between(dict.fromkeys(after), after)
        there.record(EventKind.TASK_ARRIVED, task.id, arrived, task_id=task.id, version=task.version)
        self.relocated.append(Relocated(str(new), str(old)))


async def _enter(command: ProjectCommand, column: BoardColumn, task: Task, number: int) -> str:
    """A place in the column. What is in the archive or the trash fills none."""
    is_away = task.archived_at or task.trashed_at
    return await (place(command, column, number, None, None) if is_away else enter_column(command, column, number))


def _told(task: Task) -> dict[str, Any]:
    return {**task_state(task), **{field: getattr(task, field) for field in _NOT_IN_STATE}}
