"""The fields of a task that people set: their names, their JSON values, and what is wrong with a bad one.

The same JSON values stand in requests, in the log's changes and in what the API answers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid, Problem
from tasktracker.domain.text import Cleaner, clean_body, clean_fields, gather, line_of, one_of

PRIORITIES = ("none", "low", "medium", "high", "urgent")
"""In ascending order: the index is what the database stores."""

TITLE_LIMIT = 300
LIST_LIMIT = 50
"""Assignees or labels on one task."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Of due dates. PostgreSQL's driver takes the first and the last day of all for infinity."""

DEFAULTS: dict[str, Any] = {
    "title": None,
    "description": "",
    "column_id": None,
    "priority": "none",
    "assignee_ids": [],
    "label_ids": [],
    "due": None,
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


def _ids(value: Any, pointer: str) -> list[str]:
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


def _due(value: Any, pointer: str) -> str | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise Invalid.at(pointer, "Write a day as YYYY-MM-DD, such as 2026-11-30, or null for none.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid.at(pointer, f"Choose a day between the years {FIRST_YEAR} and {LAST_YEAR}.")
    return day.isoformat()


_CLEANERS: dict[str, Cleaner] = {
    "title": line_of(TITLE_LIMIT),
    "description": clean_body,
    "column_id": clean_id,
    "priority": lambda value, pointer: one_of(value, pointer, PRIORITIES),
    "assignee_ids": _ids,
    "label_ids": _ids,
    "due": _due,
}
