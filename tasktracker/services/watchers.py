"""Who watches a task, and so is told what happens to it."""

from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import Task
from tasktracker.services.access import readers_among
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.task_changes import change_task, find_task, task_view
from tasktracker.services.views import TaskView

LIMIT = 500
"""Watchers of one task."""


async def watch(actor: Actor, ref: TaskRef, account_id: UUID) -> TaskView:
    """Let somebody watch the task: oneself, or as somebody who may change tasks anybody who can see the project.

    Raises NotFound, Forbidden, Clash.
    """
    async with project_command(actor, ref.key, _needed(actor, account_id)) as command:
        task = await find_task(command, ref)
        if not await readers_among(command.db, command.project.id, [account_id]):
            raise NotFound("person who sees this project with the id", account_id)
        if account_id not in task.watcher_ids and len(task.watcher_ids) >= LIMIT:
            raise Clash(f"{LIMIT} people watch {ref} already, and no more fit.")
        await add_watcher(command, task, account_id)
        return await task_view(command, task)


async def unwatch(actor: Actor, ref: TaskRef, account_id: UUID) -> TaskView:
    """Let somebody watch the task no longer. Raises NotFound, Forbidden."""
    async with project_command(actor, ref.key, _needed(actor, account_id)) as command:
        task = await find_task(command, ref)
        await change_task(
            command, task, {"watcher_ids": [str(each) for each in task.watcher_ids if each != account_id]}
        )
        return await task_view(command, task)


async def add_watcher(command: ProjectCommand, task: Task, account_id: UUID) -> None:
    """Somebody watches the task from now on, unless it has its `LIMIT` of watchers."""
    if account_id not in task.watcher_ids and len(task.watcher_ids) < LIMIT:
        await change_task(command, task, {"watcher_ids": [str(each) for each in (*task.watcher_ids, account_id)]})


def _needed(actor: Actor, account_id: UUID) -> Permission:
    return Permission.VIEW if account_id == actor.account_id else Permission.EDIT_TASKS
