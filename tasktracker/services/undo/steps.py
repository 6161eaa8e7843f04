"""How each kind of event is taken back: one table."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.services.columns import COLUMN
from tasktracker.services.command import ProjectCommand
from tasktracker.services.custom_fields import CUSTOM_FIELD
from tasktracker.services.entities import Entity
from tasktracker.services.gathered_comments import gathered_comments
from tasktracker.services.labels import LABEL
from tasktracker.services.reminders import REMINDER
from tasktracker.services.rules import RULE
from tasktracker.services.templates import TEMPLATE
from tasktracker.services.undo import attachments, comments, project, tasks
from tasktracker.services.undo.taken import Gather, Logged, Step, TakeBack, nothing

ENTITIES: tuple[Entity[Any], ...] = (COLUMN, LABEL, CUSTOM_FIELD, TEMPLATE, RULE, REMINDER)
"""The simple things, which are all taken back alike."""


async def _take_back_added(entity: Entity[Any], command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    row = await entity.find_or_none(command, event.subject_id)
    if row is None or event.differing(entity.state(row)):
        return []
    await entity.refuse_removal(command, row)
    await entity.delete(command, row)
    return None


async def _take_back_edited(entity: Entity[Any], command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    row = await entity.find_or_none(command, event.subject_id)
    if row is None:
        return []
    if fields := event.differing(entity.state(row)):
        return fields
    await entity.edit(command, row, await entity.fitting(command, row, event.old))
    return None


async def _take_back_deleted(entity: Entity[Any], command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    if await entity.find_or_none(command, event.subject_id) is not None:
        return []
    columns: dict[str, Any] = {"id": event.subject_id, "version": event.version}
    if entity.of_task:
        columns["task_id"] = event.task_id
    values = dict.fromkeys(entity.fields) | event.old
    await entity.add(command, await entity.fitting(command, None, values), **columns)
    return None


def _of_entities() -> dict[EventKind, Step]:
    steps = {}
    for entity in ENTITIES:
        takes: list[tuple[EventKind | None, Any]] = [
            (entity.kinds.added, _take_back_added),
            (entity.kinds.edited, _take_back_edited),
            (entity.kinds.deleted, _take_back_deleted),
        ]
        for kind, take in takes:
            if kind is not None:
                steps[kind] = Step(partial(take, entity), entity.permission)
    return steps


def _steps(
    permission: Permission | None, takes: dict[EventKind, TakeBack], gather: Gather | None = None
) -> dict[EventKind, Step]:
    return {kind: Step(take, permission, gather) for kind, take in takes.items()}


STEPS: dict[EventKind, Step] = {
    **_steps(Permission.EDIT_TASKS, tasks.STEPS, tasks.gather),
    EventKind.TASK_EDITED: Step(tasks.take_back_edit, None, tasks.gather),
    **_steps(Permission.COMMENT, comments.STEPS, gathered_comments),
    **_steps(Permission.COMMENT, attachments.STEPS),
    **_steps(Permission.MANAGE_PROJECT, project.STEPS),
    **_of_entities(),
    EventKind.COMMAND_UNDONE: Step(nothing, None),
}
"""A kind that is missing has no way back, but for those of a transfer (`undo.transfers`)."""
