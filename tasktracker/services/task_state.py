"""A task's row as the JSON values that the log holds, and back.

A field of the log is a column of the row, or two: a `due` is a day or a moment. Custom fields stand in the log one by
one (`custom.severity`), so that they merge one by one; on the row they are one JSON object.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.task_fields import CUSTOM, DEFAULTS, PRIORITIES, moment_text
from tasktracker.models import Task

ID_LISTS = tuple(field for field in DEFAULTS if field.endswith("_ids"))
STAMPS = ("completed_at", "archived_at", "trashed_at")
_SAME = ("title", "description", "position", "estimate", "recurrence", "external_source", "external_id")


def task_state(task: Task) -> dict[str, Any]:
    """Every field of the task. A custom field that has no value is not there."""
    return {
        **{field: getattr(task, field) for field in _SAME},
        "column_id": str(task.column_id),
        "priority": PRIORITIES[task.priority],
        "parent_id": task.parent_id and str(task.parent_id),
        "start": _when(task.start_on, task.start_at),
        "due": _when(task.due_on, task.due_at),
        **{field: [str(each) for each in getattr(task, field)] for field in ID_LISTS},
        **{field: _iso(getattr(task, field)) for field in STAMPS},
        **{CUSTOM + key: value for key, value in task.custom.items()},
    }


def state_for(task: Task, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of the task; a custom field without a value is None."""
    state = task_state(task)
    return {field: state.get(field) for field in fields}


def write_state(task: Task, fields: Mapping[str, Any]) -> None:
    """Put the log's values of some fields into the row."""
    for field, value in fields.items():
        if field.startswith(CUSTOM):
            task.custom = _with(task.custom, field.removeprefix(CUSTOM), value)
        elif field in ("start", "due"):
            _write_when(task, field, value)
        else:
            setattr(task, field, _row_value(field)(value))


def columns_of(fields: Iterable[str]) -> list[str]:
    """The columns of the row that hold the fields."""
    columns: dict[str, None] = {}
    for field in fields:
        if field.startswith(CUSTOM):
            columns["custom"] = None
        elif field in ("start", "due"):
            columns |= dict.fromkeys((f"{field}_on", f"{field}_at"))
        else:
            columns[field] = None
    return list(columns)


def _row_value(field: str) -> Callable[[Any], Any]:
    if field in ID_LISTS:
        return lambda ids: [UUID(each) for each in ids]
    if field in STAMPS:
        return lambda text: text and datetime.fromisoformat(text)
    return _ROW_VALUE.get(field, lambda same: same)


_ROW_VALUE: dict[str, Callable[[Any], Any]] = {
    "priority": PRIORITIES.index,
    "column_id": UUID,
    "parent_id": lambda text: text and UUID(text),
}


def _write_when(task: Task, field: str, value: str | None) -> None:
    is_moment = value is not None and "T" in value
    setattr(task, f"{field}_on", date.fromisoformat(value) if value and not is_moment else None)
    setattr(task, f"{field}_at", datetime.fromisoformat(value) if value and is_moment else None)


def _with(custom: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A new object: the ORM compares by identity what it has loaded."""
    rest = {name: each for name, each in custom.items() if name != key}
    return rest if value is None else {**rest, key: value}


def _when(day: date | None, moment: datetime | None) -> str | None:
    if moment is not None:
        return moment_text(moment)
    return None if day is None else day.isoformat()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
