"""What a task of one project is in another: its labels, people and custom fields, as far as that project has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.errors import Clash
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.models import CustomField, Label, Task
from tasktracker.services.access import readers_among
from tasktracker.services.command import ProjectCommand
from tasktracker.services.fitting import fitting
from tasktracker.services.labels import LABEL
from tasktracker.services.task_checks import require_free_source

_OUTSIDE = ("external_source", "external_id")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that a task (`ref`) does not have any more, and why. A label is told by its name."""

    ref: str
    field: str
    value: Any
    reason: str


class Translation:
    """From the project of one command to that of another."""

    def __init__(self, here: ProjectCommand, there: ProjectCommand) -> None:
        self._here = here
        self._there = there
        self.left_out: list[LeftOut] = []

    async def prepare(self, tasks: Sequence[Task]) -> None:
        """Read what translating the tasks needs."""
        here, there = self._here, self._there
        self._labels_here = {label.id: label for label in await _of(Label, here)}
        self._labels_there = {label.name: label for label in await _of(Label, there)}
        self._kinds_here = {field.key: field.kind for field in await _of(CustomField, here)}
        self._kinds_there = {field.key: field.kind for field in await _of(CustomField, there)}
        people = {each for task in tasks for each in (*task.assignee_ids, *task.watcher_ids)}
        self._people = await readers_among(there.db, there.project.id, people)

    async def fields(self, task: Task, ref: str) -> dict[str, Any]:
        """The fields of the task that are different in the other project, where it is called `ref`."""
        return {
            "label_ids": await self._label_ids(task, ref),
            "assignee_ids": self._assignee_ids(task, ref),
            "watcher_ids": [str(each) for each in task.watcher_ids if each in self._people],
            **await self._custom(task, ref),
            **await self._outside(task, ref),
        }

    async def _label_ids(self, task: Task, ref: str) -> list[str]:
        found = []
        for label in (self._labels_here[each] for each in task.label_ids if each in self._labels_here):
            if same := self._labels_there.get(label.name) or await self._new_label(label):
                found.append(str(same.id))
            else:
                reason = f"{self._there.project.key} has no such label, and you may not add one."
                self.left_out.append(LeftOut(ref, "label_ids", label.name, reason))
        return found

    async def _new_label(self, label: Label) -> Label | None:
        if Permission.MANAGE_PROJECT not in PROJECT_ROLE_MAY[self._there.role]:
            return None
        made = await LABEL.add(self._there, LABEL.state(label))
        self._labels_there[label.name] = made
        return made

    def _assignee_ids(self, task: Task, ref: str) -> list[str]:
        reason = f"This person cannot see {self._there.project.key}."
        gone = [each for each in task.assignee_ids if each not in self._people]
        self.left_out += [LeftOut(ref, "assignee_ids", str(each), reason) for each in gone]
        return [str(each) for each in task.assignee_ids if each in self._people]

    async def _custom(self, task: Task, ref: str) -> dict[str, Any]:
        same = {key: value for key, value in task.custom.items() if self._is_same_field(key)}
        fields, problems = await fitting(self._there, {"custom": same})
        reasons = {problem.pointer.removeprefix("/custom/"): problem.detail for problem in problems}
        for key, value in task.custom.items():
            if CUSTOM + key not in fields:
                unknown = f"{self._there.project.key} has no custom field with this key and kind."
                self.left_out.append(LeftOut(ref, CUSTOM + key, value, reasons.get(key, unknown)))
        return {**{CUSTOM + key: None for key in task.custom}, **fields}

    def _is_same_field(self, key: str) -> bool:
        return key in self._kinds_there and self._kinds_there[key] == self._kinds_here.get(key)

    async def _outside(self, task: Task, ref: str) -> dict[str, Any]:
        fields = {field: getattr(task, field) for field in _OUTSIDE}
        try:
            await require_free_source(self._there, fields, task)
        except Clash as clash:
            self.left_out.append(LeftOut(ref, "external_id", task.external_id, str(clash)))
            return dict.fromkeys(_OUTSIDE)
        return fields


async def _of(model: Any, command: ProjectCommand) -> list[Any]:
    rows: list[Any] = await model.filter(project_id=command.project.id).using_db(command.db)
    return rows
