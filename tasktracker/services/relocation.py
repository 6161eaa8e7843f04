"""Carrying a task to another project, with everything below it and everything that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_id
from tasktracker.domain.text import clean_key, named_at
from tasktracker.models import BoardColumn, Task, TaskAlias
from tasktracker.services.command import ProjectCommand
from tasktracker.services.crossing import cross, keep_time, room_in
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import column_of, first_column
from tasktracker.services.subtasks import numbers_below
from tasktracker.services.task_changes import find_task, task_view
from tasktracker.services.translation import LeftOut, Translation
from tasktracker.services.two_projects import two_projects_command
from tasktracker.services.views import TaskView


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
    clean_key(key, "/project")
    wanted = None if column_id is None else clean_id(column_id, "/column_id")
    with named_at("/project", key):
        return await _transfer_task(actor, ref, key, wanted)


async def _transfer_task(actor: Actor, ref: TaskRef, key: str, column_id: str | None) -> TransferView:
    async with two_projects_command(actor, ref.key, key, Permission.EDIT_TASKS) as (here, there):
        task = await find_task(here, ref)
        if here is there:
            raise Invalid.at("/project", f"{ref} is in {key} already. Name another project.")
        keep_time(here, there)
        numbers = await numbers_below(here, task, put_away=True)
        async with gathered(here, numbers), gathered(there):
            tasks = [await find_task(here, TaskRef(ref.key, each), trashed=True) for each in numbers]
            crossing = _Crossing(here, there, Translation(here, there))
            await crossing.carry(tasks, column_id)
        return TransferView(await task_view(there, tasks[0]), crossing.relocated, crossing.translation.left_out)


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
        aliases = []
        for task in tasks:
            is_first = task is tasks[0]
            column = await column_of(self._there, column_id) if column_id and is_first else await self._same(task)
            aliases.append(await self._carry(task, column, None if is_first else str(task.parent_id)))
        await TaskAlias.bulk_create(aliases, using_db=self._there.db)

    async def _same(self, task: Task) -> BoardColumn:
        """The first column that means the same, or else the one for new tasks."""
        meaning = (await column_of(self._here, str(task.column_id))).category
        columns = await self._there.rows.columns()
        return next((each for each in columns if each.category == meaning), None) or await first_column(self._there)

    async def _carry(self, task: Task, column: BoardColumn, parent_id: str | None) -> TaskAlias:
        here, there = self._here, self._there
        old, new = TaskRef(here.project.key, task.number), TaskRef(there.project.key, there.project.next_number)
        fields = {**await self.translation.fields(task, str(new)), "parent_id": parent_id, "column_id": str(column.id)}
        fields["position"] = await room_in(there, column, task, new.number)
        there.project.next_number += 1
        self.relocated.append(Relocated(str(new), str(old)))
        return await cross(here, there, task, new.number, fields, column)
