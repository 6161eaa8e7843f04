"""Lists that many people add to, each for themselves: an undo takes its own entries back and leaves those of others."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.events import Change
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.undo.taken import Logged

BY_ENTRY = frozenset({"watcher_ids", *(f"{kind}_ids" for kind in RELATIONS)})


def differing(event: Logged, state: Mapping[str, Any]) -> list[str]:
    """The fields that are no longer what the event made them; of such a list, only its own entries count."""
    return [
        change.field
        for change in event.changes
        if (_is_undone(change, state) if change.field in BY_ENTRY else state.get(change.field) != change.new)
    ]


def old_values(event: Logged, state: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields are to be again."""
    lists = {change.field: back(change, state[change.field]) for change in event.changes if change.field in BY_ENTRY}
    return event.old | lists


def concerned(change: Change) -> set[str]:
    """The entries that the change added or removed."""
    return {*change.old} ^ {*change.new}


def back(change: Change, current: list[str]) -> list[str]:
    """The list without what the change added, and with what it removed."""
    if current == change.new:
        return list(change.old)
    kept = [each for each in current if each not in concerned(change)]
    return kept + [each for each in change.old if each in concerned(change)]


def _is_undone(change: Change, state: Mapping[str, Any]) -> bool:
    current = state[change.field]
    return any((each in current) != (each in change.new) for each in concerned(change))
