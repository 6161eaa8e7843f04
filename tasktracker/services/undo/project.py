"""Taking back what was done to a project itself, and to who is in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import ProjectRole
from tasktracker.services import projects
from tasktracker.services.command import ProjectCommand
from tasktracker.services.undo.taken import Logged, TakeBack

_BACK = {
    EventKind.PROJECT_EDITED: EventKind.PROJECT_EDITED,
    EventKind.PROJECT_ARCHIVED: EventKind.PROJECT_UNARCHIVED,
    EventKind.PROJECT_UNARCHIVED: EventKind.PROJECT_ARCHIVED,
}


async def _take_back_change(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    state = projects.project_state(command.project, event.new)
    if fields := event.differing(state):
        return fields
    old: dict[str, Any] = dict(event.old)
    if old.get("archived_at"):
        old["archived_at"] = datetime.fromisoformat(old["archived_at"])
    await projects.change_project(command, _BACK[event.kind], old)
    return None


async def _take_back_member(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    role = await projects.role_of(command, event.subject_id)
    if role != event.new.get("role"):
        return ["role"]
    old = event.old.get("role")
    await projects.change_member(command, event.subject_id, ProjectRole(old) if old else None)
    return None


STEPS: dict[EventKind, TakeBack] = {
    **dict.fromkeys(_BACK, _take_back_change),
    EventKind.PROJECT_MEMBER_SET: _take_back_member,
    EventKind.PROJECT_MEMBER_REMOVED: _take_back_member,
}
