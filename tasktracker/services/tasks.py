"""Everything that changes one task."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, VersionNeeded
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_id, clean_task_fields
from tasktracker.domain.task_operations import Version
from tasktracker.domain.text import named_at
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.merge import refuse_conflict
from tasktracker.services.task_changes import (
    Spot,
    add_task,
    change_task,
    find_task,
    stamp_task,
    task_view,
    unstamp_task,
)
from tasktracker.services.task_checks import resolved
from tasktracker.services.task_state import state_for
from tasktracker.services.templates import fields_of_template
from tasktracker.services.views import TaskView


async def create_task(actor: Actor, key: str, raw: Mapping[str, Any], *, template_id: UUID | None = None) -> TaskView:
    """Create a task from its fields, and from those of a template that are not given.

    A `title` is needed; the column defaults to the first one that is not backlog. Raises NotFound, Forbidden, Invalid,
    ColumnFull.
    """
    clean = clean_task_fields(raw)
    async with project_command(actor, key, Permission.EDIT_TASKS) as command:
        with named_at("/template", template_id):
            base = await fields_of_template(command, template_id) if template_id else {}
        fields = {**base, **await resolved(command, clean)}
        if "title" not in fields:
            raise Invalid.at("/title", "A task needs a title.")
        task = await add_task(command, fields)
        return await task_view(command, task)


async def edit_task(actor: Actor, ref: TaskRef, raw: Mapping[str, Any], *, version: Version = None) -> TaskView:
    """Set some fields. With a `version` older than the current one, fields nobody else touched since then merge.

    Raises NotFound, Forbidden, Invalid, Conflict (the same field was changed by somebody else), ColumnFull,
    VersionNeeded.
    """
    clean = clean_task_fields(raw)
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref)
        fields = await resolved(command, clean, task)
        await require_current(command, task, fields, version)
        await change_task(command, task, fields)
        return await task_view(command, task)


async def move_task(actor: Actor, ref: TaskRef, spot: Spot, *, version: Version = None) -> TaskView:
    """Put a task somewhere on the board. A neighbour that has gone meanwhile is passed over.

    Raises NotFound, Forbidden, Invalid, Conflict (somebody else moved it since `version`), ColumnFull, VersionNeeded.
    """
    column_id = clean_id(spot.column_id, "/column_id")
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref)
        await require_current(command, task, {"column_id": column_id, "position": None}, version)
        await change_task(command, task, {}, Spot(column_id, spot.after, spot.before))
        return await task_view(command, task)


async def archive_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Take a task off the board for good; it stays findable."""
    return await _stamp(actor, ref, "archived_at")


async def unarchive_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Put an archived task back where it was. Raises ColumnFull."""
    return await _unstamp(actor, ref, "archived_at")


async def trash_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Throw a task away; it can be restored."""
    return await _stamp(actor, ref, "trashed_at")


async def restore_task(actor: Actor, ref: TaskRef) -> TaskView:
    """Take a task out of the trash. Raises ColumnFull."""
    return await _unstamp(actor, ref, "trashed_at")


async def require_current(command: ProjectCommand, task: Task, fields: Mapping[str, Any], version: Version) -> None:
    """Refuse to overwrite what somebody else has changed since `version`. Raises Conflict, Invalid, VersionNeeded."""
    if version is None and command.project.requires_version:
        raise VersionNeeded
    await refuse_conflict(command, task.id, task.version, state_for(task, fields), fields, version)


async def _stamp(actor: Actor, ref: TaskRef, stamp: str) -> TaskView:
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref, trashed=True)
        await stamp_task(command, task, stamp)
        return await task_view(command, task)


async def _unstamp(actor: Actor, ref: TaskRef, stamp: str) -> TaskView:
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref, trashed=True)
        await unstamp_task(command, task, stamp)
        return await task_view(command, task)
