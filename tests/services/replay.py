"""A task as its events tell it, and as its row says it is."""

from collections.abc import Sequence
from typing import Any

from tasktracker.domain.task_fields import CUSTOM, DEFAULTS
from tasktracker.models import Event, Task
from tasktracker.services.crossing import NOT_IN_STATE
from tasktracker.services.task_state import task_state


def replayed(events: Sequence[Event]) -> dict[str, Any]:
    """The state after the task's own events; each change must begin where the one before it ended."""
    state = {**DEFAULTS, "position": None}
    for event in events:
        for change in event.changes:
            if change["field"] in NOT_IN_STATE:
                continue
            assert state.get(change["field"]) == change["old"], change
            state[change["field"]] = change["new"]
    return {field: value for field, value in state.items() if value is not None or not field.startswith(CUSTOM)}


def state_of(task: Task) -> dict[str, Any]:
    """The same fields, from the row."""
    return task_state(task)
