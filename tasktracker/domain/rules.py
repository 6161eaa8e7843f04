"""The rules of a project: when something happens, if the task fits, then do something.

A rule's `events` say when, its `actions` what is done. Its condition is a filter (`domain.filter_language`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.events import EventKind
from tasktracker.domain.task_fields import CUSTOM, clean_id, clean_ids, clean_task_fields
from tasktracker.domain.text import Cleaner, clean_body, gather, inside, one_of

EVENT_LIMIT = 20
ACTION_LIMIT = 20
"""Of one rule."""

CHANGED = "changed:"
CHANGEABLE = {
    "title": "title", "description": "description", "column_id": "column_id", "priority": "priority",
    "assignee_ids": "assignee_ids", "label_ids": "label_ids", "watcher_ids": "watcher_ids", "start": "start",
    "due": "due", "estimate": "estimate", "parent": "parent_id", "recurrence": "recurrence",
}  # fmt: skip
"""The fields that may stand after `changed:`, and what the log calls each. Custom fields may too."""

Changes = Iterable[Mapping[str, Any]]
"""The changes of an event, as in the log."""

_CUSTOM_FIELD = re.compile(re.escape(CUSTOM) + "[a-z0-9_]{1,40}", re.ASCII)
_CHANGING = frozenset({EventKind.TASK_EDITED, EventKind.TASK_MOVED})
_NO_EDIT = frozenset({"column_id", "position", "completed_at"})
"""What moving a task changes."""


def _completion(changes: Changes, *, is_set: bool) -> bool:
    return any(change["field"] == "completed_at" and (change["new"] is not None) is is_set for change in changes)


_EVENTS: dict[str, Callable[[str, Changes], bool]] = {
    "created": lambda kind, _: kind == EventKind.TASK_CREATED,
    "edited": lambda kind, changes: kind in _CHANGING and bool({change["field"] for change in changes} - _NO_EDIT),
    "moved": lambda kind, changes: kind in _CHANGING and any(change["field"] == "column_id" for change in changes),
    "completed": lambda _, changes: _completion(changes, is_set=True),
    "reopened": lambda _, changes: _completion(changes, is_set=False),
    "commented": lambda kind, _: kind == EventKind.COMMENT_ADDED,
    "due": lambda kind, _: kind == EventKind.TASK_FELL_DUE,
}
EVENTS = tuple(_EVENTS)
"""What may stand in a rule's `events`, besides `changed:` and a field."""

_IDS = {"add_labels": "label_ids", "remove_labels": "label_ids",
        "add_assignees": "assignee_ids", "remove_assignees": "assignee_ids"}  # fmt: skip
_NOT_SET = {
    "column_id": "Move the task with an action of its own: {“do”: “move”, “column_id”: …}.",
    "parent": "This belongs to one task; a rule cannot set it.",
    "external_source": "This belongs to one task; a rule cannot set it.",
    "external_id": "This belongs to one task; a rule cannot set it.",
}


def starts(events: Iterable[str], kind: str, changes: Changes) -> bool:
    """Whether an event of that kind, with these changes, is one of those that a rule waits for."""
    return any(_is(event, kind, changes) for event in events)


def clean_events(value: Any, pointer: str) -> list[str]:
    """Check and normalise what a rule waits for: a list of `EVENTS` and of `changed:` with a field. Raises Invalid."""
    events = _list(value, pointer, EVENT_LIMIT, "events")
    return list(dict.fromkeys(_each(events, pointer, _event)))


def clean_actions(value: Any, pointer: str) -> list[dict[str, Any]]:
    """Check and normalise what a rule does: a list of objects whose `do` names one of `ACTIONS`. Raises Invalid."""
    return _each(_list(value, pointer, ACTION_LIMIT, "actions"), pointer, _action)


def _is(event: str, kind: str, changes: Changes) -> bool:
    if event in _EVENTS:
        return _EVENTS[event](kind, changes)
    field = event.removeprefix(CHANGED)
    return kind in _CHANGING and any(change["field"] == CHANGEABLE.get(field, field) for change in changes)


def _list(value: Any, pointer: str, limit: int, noun: str) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= limit:
        raise Invalid.at(pointer, f"Give a list of 1 to {limit} {noun}.")
    return value


def _each(values: list[Any], pointer: str, clean: Cleaner) -> list[Any]:
    """The list with each value clean. Raises Invalid naming every problem at once."""
    found: list[Any] = []
    problems: list[Problem] = []
    for index, value in enumerate(values):
        try:
            found.append(clean(value, pointer + pointer_to(index)))
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return found


def _event(value: Any, pointer: str) -> str:
    if value in EVENTS:
        return str(value)
    field = value.removeprefix(CHANGED) if isinstance(value, str) and value.startswith(CHANGED) else ""
    if field in CHANGEABLE or _CUSTOM_FIELD.fullmatch(field):
        return CHANGED + field
    words = f"{', '.join(EVENTS)}, or {CHANGED} and a field: {', '.join(CHANGEABLE)}, or {CUSTOM} and a key"
    raise Invalid.at(pointer, f"This must be one of: {words}.")


def _action(value: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid.at(pointer, "An action is an object, such as {“do”: “archive”}.")
    do = one_of(value.get("do"), f"{pointer}/do", ACTIONS)
    members = _ACTIONS[do]
    unknown = [name for name in value if name not in members and name != "do"]
    takes = ", ".join(members) or "nothing"
    gather([Problem(pointer + pointer_to(name), f"The action {do} takes {takes}.") for name in unknown])
    return {"do": do, **{name: clean(value.get(name), f"{pointer}/{name}") for name, clean in members.items()}}


def _fields(value: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not value:
        raise Invalid.at(pointer, "Give the fields to set, as in {“priority”: “high”}.")
    gather([Problem(f"{pointer}/{field}", why) for field, why in _NOT_SET.items() if field in value])
    with inside(pointer):
        return clean_task_fields(value)


def _some_ids(value: Any, pointer: str) -> list[str]:
    ids = clean_ids(value, pointer)
    if not ids:
        raise Invalid.at(pointer, "Give at least one id.")
    return ids


def _words(value: Any, pointer: str) -> str:
    text = clean_body(value, pointer)
    if not text.strip():
        raise Invalid.at(pointer, "Write what the comment is to say.")
    return text


_ACTIONS: dict[str, dict[str, Cleaner]] = {
    "set": {"fields": _fields},
    **{do: {field: _some_ids} for do, field in _IDS.items()},
    "move": {"column_id": clean_id},
    "comment": {"body": _words},
    "archive": {},
}
ACTIONS = tuple(_ACTIONS)
"""What may stand in the `do` of an action."""
