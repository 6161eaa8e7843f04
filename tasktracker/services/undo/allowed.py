"""What may be taken back at all, as far as it can be told without trying."""

from collections.abc import Iterable

from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission, ProjectRole
from tasktracker.services.undo.steps import STEPS

_TRANSFER = frozenset({EventKind.TASK_LEFT, EventKind.TASK_ARRIVED})


def may_undo(kinds: Iterable[str], role: ProjectRole) -> bool:
    """Whether there is a way back from each kind of event, and the role may take it."""
    return all(_may_undo(EventKind(kind), role) for kind in kinds)


def _may_undo(kind: EventKind, role: ProjectRole) -> bool:
    step = STEPS.get(kind)
    if step is None and kind not in _TRANSFER:
        return False
    permission = step.permission if step else None
    return (permission or Permission.EDIT_TASKS) in PROJECT_ROLE_MAY[role]
