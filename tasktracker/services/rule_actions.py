"""What rules do to a task, inside a command that is open already."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from tasktracker.domain.task_fields import clean_task_fields
from tasktracker.domain.text import inside
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.comments import say
from tasktracker.services.placing import column_of
from tasktracker.services.task_changes import change_task, stamp_task
from tasktracker.services.task_checks import require_known, resolved
from tasktracker.services.task_state import state_for

Action = Mapping[str, Any]
"""One of a rule's actions, as `domain.rules.clean_actions` returns it."""


async def perform(command: ProjectCommand, task: Task, actions: Sequence[Action]) -> None:
    """Do to the task what a rule says. Raises Invalid for what is gone since the rule was written; ColumnFull."""
    for index, action in enumerate(actions):
        with inside(f"/actions/{index}"):
            await _DO[action["do"]](command, task, action)


async def require_possible_actions(command: ProjectCommand, actions: Sequence[Action]) -> None:
    """Refuse actions that name what the project does not have. Raises Invalid."""
    for index, action in enumerate(actions):
        with inside(f"/{index}"):
            if action["do"] == "move":
                await column_of(command, action["column_id"])
            elif action["do"] == "set":
                with inside("/fields"):
                    await resolved(command, clean_task_fields(action["fields"]))
            elif action["do"] in _ADDING:
                await require_known(command, action)


async def _set(command: ProjectCommand, task: Task, action: Action) -> None:
    with inside("/fields"):
        await change_task(command, task, await resolved(command, clean_task_fields(action["fields"]), task))


def _add(field: str) -> Callable[[ProjectCommand, Task, Action], Awaitable[None]]:
    async def add(command: ProjectCommand, task: Task, action: Action) -> None:
        await require_known(command, action)
        ids = state_for(task, [field])[field]
        await change_task(command, task, clean_task_fields({field: [*ids, *action[field]]}))

    return add


def _remove(field: str) -> Callable[[ProjectCommand, Task, Action], Awaitable[None]]:
    async def remove(command: ProjectCommand, task: Task, action: Action) -> None:
        ids = state_for(task, [field])[field]
        await change_task(command, task, {field: [each for each in ids if each not in action[field]]})

    return remove


async def _move(command: ProjectCommand, task: Task, action: Action) -> None:
    await change_task(command, task, {"column_id": action["column_id"]})


async def _comment(command: ProjectCommand, task: Task, action: Action) -> None:
    await say(command, task, action["body"])


async def _archive(command: ProjectCommand, task: Task, _action: Action) -> None:
    await stamp_task(command, task, "archived_at")


_ADDING = ("add_labels", "add_assignees")
_DO: dict[str, Callable[[ProjectCommand, Task, Action], Awaitable[None]]] = {
    "set": _set,
    "add_labels": _add("label_ids"),
    "remove_labels": _remove("label_ids"),
    "add_assignees": _add("assignee_ids"),
    "remove_assignees": _remove("assignee_ids"),
    "move": _move,
    "comment": _comment,
    "archive": _archive,
}
