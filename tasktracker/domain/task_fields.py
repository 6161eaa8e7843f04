"""The fields of a task that people set: their names, their JSON values, and what is wrong with a bad one.

The same JSON values stand in requests, in the log's changes and in what the API answers.
"""

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.calendar import FIRST_YEAR, LAST_YEAR
from tasktracker.domain.errors import Invalid, NotFound, Problem
from tasktracker.domain.recurrence import clean_recurrence
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import Cleaner, clean_body, clean_fields, gather, line_of, one_of

PRIORITIES = ("none", "low", "medium", "high", "urgent")
"""In ascending order: the index is what the database stores."""

CATEGORIES = ("backlog", "unstarted", "started", "done", "cancelled")
"""What the column of a task means to reports and filters, whatever people call it."""

TITLE_LIMIT = 300
LIST_LIMIT = 50
"""Assignees or labels on one task."""

ESTIMATE_MAX = 100_000
"""In whatever the team counts by: points, hours."""

RELATIONS = {
    "blocks": "blocked_by",
    "blocked_by": "blocks",
    "relates_to": "relates_to",
    "duplicates": "duplicated_by",
    "duplicated_by": "duplicates",
}
"""How one task may stand to another, and how the other stands to it then. Each is a field `…_ids` of a task."""

CUSTOM = "custom."
"""What the names of custom fields begin with in the log: each merges by itself."""

DEFAULTS: dict[str, Any] = {
    "title": None,
    "description": "",
    "column_id": None,
    "priority": "none",
    "assignee_ids": [],
    "label_ids": [],
    "start": None,
    "due": None,
    "estimate": None,
    "parent_id": None,
    **{f"{relation}_ids": [] for relation in RELATIONS},
    "watcher_ids": [],
    "recurrence": None,
    "external_source": None,
    "external_id": None,
    "completed_at": None,
    "archived_at": None,
    "trashed_at": None,
}
"""What a task has before anything is set: the `old` side of a creation's changes."""


def clean_task_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Check and normalise the given fields (any subset). Raises `Invalid` naming every problem at once."""
    return clean_fields("task", raw, _CLEANERS)


def clean_id(value: Any, pointer: str) -> str:
    """A UUID in its usual text form."""
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise Invalid.at(pointer, "This must be an id (a UUID).") from None


def clean_ids(value: Any, pointer: str) -> list[str]:
    """A list of at most `LIST_LIMIT` UUIDs, each once."""
    if not isinstance(value, list | tuple):
        raise Invalid.at(pointer, "This must be a list of ids.")
    if len(value) > LIST_LIMIT:
        raise Invalid.at(pointer, f"At most {LIST_LIMIT} of these fit on one task.")
    clean: list[str] = []
    problems: list[Problem] = []
    for index, item in enumerate(value):
        try:
            clean.append(clean_id(item, f"{pointer}/{index}"))
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return list(dict.fromkeys(clean))


def clean_day_or_moment(value: Any, pointer: str) -> str | None:
    """A day (`2026-11-30`), a moment with its offset (RFC 3339), which becomes UTC, or None."""
    if value is None:
        return None
    when = _when(value, pointer, _WHEN)
    return moment_text(when) if isinstance(when, datetime) else when.isoformat()


def clean_moment(value: Any, pointer: str) -> datetime:
    """A moment with its offset (RFC 3339)."""
    when = _when(value, pointer, _MOMENT)
    if not isinstance(when, datetime):
        raise Invalid.at(pointer, _MOMENT)
    return when


def _when(value: Any, pointer: str, advice: str) -> date | datetime:
    try:
        when = date.fromisoformat(value) if len(value) <= len("2026-11-30") else datetime.fromisoformat(value)
        year = when.year
    except (ValueError, TypeError):
        raise Invalid.at(pointer, advice) from None
    require_usual_year(year, pointer)
    if isinstance(when, datetime) and when.tzinfo is None:
        raise Invalid.at(pointer, "Say which time zone this is in, as in 2026-11-30T17:00:00+01:00, or end it with Z.")
    return when


def require_usual_year(year: int, pointer: str) -> None:
    """Raise `Invalid` for a day that no team plans for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid.at(pointer, f"Choose a day between the years {FIRST_YEAR} and {LAST_YEAR}.")


def moment_text(when: datetime) -> str:
    """A moment as the log and the API write it: in UTC, to the second, ending in Z."""
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


_MOMENT = "Write a moment with its time zone, such as 2026-11-30T17:00:00+01:00."
_WHEN = (
    "Write a day as YYYY-MM-DD, such as 2026-11-30, or a moment such as 2026-11-30T17:00:00+01:00, or null for none."
)


def _estimate(value: Any, pointer: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Invalid.at(pointer, "An estimate is a number, such as 3 or 0.5, or null for none.")
    if not 0 <= value <= ESTIMATE_MAX:
        raise Invalid.at(pointer, f"An estimate is a number from 0 to {ESTIMATE_MAX:,}.")
    return round(float(value), 2)


def _parent(value: Any, pointer: str) -> TaskRef | None:
    """The reference; the service that knows the tasks makes it an id."""
    if value is None:
        return None
    try:
        return TaskRef.parse(value)
    except (NotFound, AttributeError, TypeError):
        raise Invalid.at(pointer, "Name the parent as WEB-12, or null for none.") from None


def _custom(value: Any, pointer: str) -> dict[str, Any]:
    """The shape only; what may stand in each is the project's matter."""
    if not isinstance(value, dict):
        raise Invalid.at(pointer, "This must be an object: the values of custom fields by their keys.")
    return value


def _optional_line(limit: int) -> Cleaner:
    line = line_of(limit)
    return lambda value, pointer: None if value is None else line(value, pointer)


_CLEANERS: dict[str, Cleaner] = {
    "title": line_of(TITLE_LIMIT),
    "description": clean_body,
    "column_id": clean_id,
    "priority": lambda value, pointer: one_of(value, pointer, PRIORITIES),
    "assignee_ids": clean_ids,
    "label_ids": clean_ids,
    "start": clean_day_or_moment,
    "due": clean_day_or_moment,
    "estimate": _estimate,
    "parent": _parent,
    "recurrence": clean_recurrence,
    "custom": _custom,
    "external_source": _optional_line(50),
    "external_id": _optional_line(200),
}
