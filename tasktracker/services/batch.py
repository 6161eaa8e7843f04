"""Many changes of a project's tasks as one: all of them or none, and one undo."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_operations import Operation, clean_operations, operation_named
from tasktracker.domain.text import inside
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.dry_run import dry_run as rolled_back
from tasktracker.services.gathering import gathered
from tasktracker.services.task_changes import Spot, add_task, change_task, find_task, stamp_task, unstamp_task
from tasktracker.services.task_checks import resolved
from tasktracker.services.tasks import require_current

_Doer = Callable[[ProjectCommand, Operation], Awaitable[Task]]


@dataclass(frozen=True, slots=True)
class OperationResult:
    """What an operation came to: the task, its version after it, and what the operation changed in it."""

    ref: str
    version: int
    changes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """`command` is the revision of the first event, by which the whole can be undone; None if nothing was changed."""

    command: int | None
    dry_run: bool
    results: list[OperationResult]


async def run_batch(actor: Actor, key: str, raw: Sequence[Mapping[str, Any]], *, dry_run: bool = False) -> BatchResult:
    """Do 1 to 1,000 operations in their order, in one command; with `dry_run` see what would come of them.

    Each sees what those before it did. Raises what the single calls raise, naming the operation.
    """
    operations = clean_operations(raw, key)
    async with rolled_back(wanted=dry_run), project_command(actor, key, Permission.EDIT_TASKS) as command:
        first = command.project.revision + 1
        async with gathered(command, [each.ref.number for each in operations if each.ref]):
            results = [await _run(command, index, each) for index, each in enumerate(operations)]
        is_kept = bool(command.events) and not dry_run
    return BatchResult(first if is_kept else None, dry_run, results)


async def _run(command: ProjectCommand, index: int, operation: Operation) -> OperationResult:
    began = len(command.events)
    with operation_named(index, operation.ref):
        task = await _DO[operation.op](command, operation)
    return OperationResult(**outcome(command, task, began))


def outcome(command: ProjectCommand, task: Task, began: int) -> dict[str, Any]:
    """What an `OperationResult` tells of a task, when the command had recorded so many events before the operation."""
    events = (event for event in command.events[began:] if event.subject_id == task.id)
    changes = [change.as_json() for event in events for change in event.changes]
    return {"ref": str(TaskRef(command.project.key, task.number)), "version": task.version, "changes": changes}


async def _create(command: ProjectCommand, operation: Operation) -> Task:
    with inside("/fields"):
        return await add_task(command, await resolved(command, operation.fields))


async def _edit(command: ProjectCommand, operation: Operation) -> Task:
    task = await _task(command, operation)
    with inside("/fields"):
        fields = await resolved(command, operation.fields, task)
    await require_current(command, task, fields, operation.version)
    with inside("/fields"):
        await change_task(command, task, fields)
    return task


async def _move(command: ProjectCommand, operation: Operation) -> Task:
    task = await _task(command, operation)
    wanted = {"column_id": operation.column_id, "position": None}
    await require_current(command, task, wanted, operation.version)
    await change_task(command, task, {}, Spot(operation.column_id, operation.after, operation.before))
    return task


def _stamp(stamp: str, do: Callable[[ProjectCommand, Task, str], Awaitable[None]]) -> _Doer:
    async def stamped(command: ProjectCommand, operation: Operation) -> Task:
        task = await _task(command, operation, trashed=True)
        await do(command, task, stamp)
        return task

    return stamped


async def _task(command: ProjectCommand, operation: Operation, *, trashed: bool = False) -> Task:
    assert operation.ref  # noqa: S101  clean_operations has made sure
    return await find_task(command, operation.ref, trashed=trashed)


_DO: dict[str, _Doer] = {
    "create": _create,
    "edit": _edit,
    "move": _move,
    "archive": _stamp("archived_at", stamp_task),
    "unarchive": _stamp("archived_at", unstamp_task),
    "trash": _stamp("trashed_at", stamp_task),
    "restore": _stamp("trashed_at", unstamp_task),
}
