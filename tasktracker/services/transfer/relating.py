"""How the tasks of an import stand to each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasktracker.domain.errors import Invalid, NotFound, Refusal, pointer_to
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.relations import relate_in
from tasktracker.services.transfer.drafts import Draft
from tasktracker.services.transfer.planning import by_name


async def relate(command: ProjectCommand, drafts: Sequence[Draft], *, is_own: bool) -> list[str]:
    """Relate the tasks that were written, as their lines say; returns what names a task that is not here.

    `is_own`: the file comes from this project, so that its references are the project's.
    """
    named = by_name(drafts)
    unknown: list[str] = []
    for draft in drafts:
        for pointer, kind, name in _relations(draft):
            other = await _task(command, named, name, is_own=is_own)
            if other is None:
                unknown.append(f"{draft.line.ref} {kind.replace('_', ' ')} {name}")
            elif draft.task is not None:
                await _relate(command, draft, kind, other, pointer)
    return unknown


async def _relate(command: ProjectCommand, draft: Draft, kind: str, other: Task, pointer: str) -> None:
    task = draft.task
    assert task  # noqa: S101  the caller has made sure
    version = task.version
    try:
        await relate_in(command, task, kind, other)
    except Refusal as refusal:
        draft.line.refuse(Invalid.at(pointer, str(refusal)))
    if task.version != version and draft.line.outcome == "unchanged":
        draft.line.outcome = "update"


async def _task(command: ProjectCommand, named: Mapping[str, Draft], name: str, *, is_own: bool) -> Task | None:
    if (draft := named.get(name.upper())) is not None:
        return draft.task
    if not is_own:
        return None
    try:
        ref = TaskRef.parse(name)
    except NotFound:
        return None
    task = await command.rows.find(ref.number) if ref.key == command.project.key else None
    return None if task is None or task.trashed_at else task


def _relations(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """A pointer, the kind, and the name of the other task."""
    raw: Any = draft.line.raw.get("relations") or {}
    if draft.task is None:
        return
    if not isinstance(raw, Mapping):
        draft.line.refuse(Invalid.at("/relations", "This must be an object: lists of references by kind."))
        return
    for kind, names in raw.items():
        if kind not in RELATIONS or not isinstance(names, list):
            advice = f"This must be a list of references, under one of: {', '.join(RELATIONS)}."
            draft.line.refuse(Invalid.at(pointer_to("relations", kind), advice))
            continue
        for index, name in enumerate(names):
            yield pointer_to("relations", kind, index), kind, str(name).strip()
