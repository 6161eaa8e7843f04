"""Playing a project's log backwards: what its tasks, columns, labels and the project itself were before an event.

States are the log's JSON values by field, by the id of what has them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasktracker.domain.events import EventKind, is_redacted
from tasktracker.domain.task_fields import DEFAULTS

State = dict[str, Any]
Logged = Mapping[str, Any]
"""An event: `kind`, `subject_id`, `task_id`, `version` and `changes`."""


@dataclass
class Past:
    """What there is; `rewind` takes it back in time."""

    tasks: dict[str, State] = field(default_factory=dict)
    columns: dict[str, State] = field(default_factory=dict)
    labels: dict[str, State] = field(default_factory=dict)
    project: State = field(default_factory=dict)


def rewind(past: Past, events: Iterable[Logged]) -> Past:
    """Take the events off, the newest of which comes first."""
    for event in events:
        if step := _STEPS.get(event["kind"]):
            step(past, event)
    return past


def _old(event: Logged) -> State:
    """The values before; one that was redacted is not known, and stays as it is."""
    return {change["field"]: change["old"] for change in event["changes"] if "old" in change}


def _unmake(table: str) -> Callable[[Past, Logged], None]:
    def step(past: Past, event: Logged) -> None:
        getattr(past, table).pop(event["subject_id"], None)

    return step


def _unedit(table: str) -> Callable[[Past, Logged], None]:
    def step(past: Past, event: Logged) -> None:
        state = getattr(past, table).get(event["subject_id"])
        if state is not None:
            state |= {**_old(event), "version": event["version"] - 1}

    return step


def _undelete(table: str) -> Callable[[Past, Logged], None]:
    def step(past: Past, event: Logged) -> None:
        state = {**_old(event), "id": event["subject_id"], "version": event["version"] - 1}
        getattr(past, table)[event["subject_id"]] = state

    return step


def _unedit_project(past: Past, event: Logged) -> None:
    past.project |= _old(event)


def _count(counter: str, by: int) -> Callable[[Past, Logged], None]:
    def step(past: Past, event: Logged) -> None:
        if (state := past.tasks.get(event["task_id"])) is not None:
            state[counter] += by

    return step


def _return(past: Past, event: Logged) -> None:
    """A task that went to another project was here. The event tells all of it, but for what was null.

    One that was purged since is not told any more.
    """
    if is_redacted(event["changes"]):
        return
    _undelete("tasks")(past, event)
    past.tasks[event["subject_id"]] = {**DEFAULTS, **past.tasks[event["subject_id"]]}


def _entity(table: str, noun: str) -> dict[str, Callable[[Past, Logged], None]]:
    return {f"{noun}Added": _unmake(table), f"{noun}Edited": _unedit(table), f"{noun}Deleted": _undelete(table)}


_STEPS: dict[str, Callable[[Past, Logged], None]] = {
    EventKind.TASK_CREATED: _unmake("tasks"),
    EventKind.TASK_ARRIVED: _unmake("tasks"),
    EventKind.TASK_LEFT: _return,
    **dict.fromkeys(
        (
            *(EventKind.TASK_EDITED, EventKind.TASK_MOVED, EventKind.TASK_ARCHIVED, EventKind.TASK_UNARCHIVED),
            *(EventKind.TASK_TRASHED, EventKind.TASK_RESTORED),
        ),
        _unedit("tasks"),
    ),
    EventKind.COMMENT_ADDED: _count("comment_count", -1),
    EventKind.COMMENT_DELETED: _count("comment_count", 1),
    EventKind.COMMENT_RESTORED: _count("comment_count", -1),
    EventKind.ATTACHMENT_ADDED: _count("attachment_count", -1),
    EventKind.ATTACHMENT_DELETED: _count("attachment_count", 1),
    EventKind.ATTACHMENT_RESTORED: _count("attachment_count", -1),
    **_entity("columns", "Column"),
    **_entity("labels", "Label"),
    **dict.fromkeys(
        (EventKind.PROJECT_EDITED, EventKind.PROJECT_ARCHIVED, EventKind.PROJECT_UNARCHIVED), _unedit_project
    ),
}
