"""What a saved view may hold: a filter, and how the tasks that it finds are laid out."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.custom_fields import is_field_key
from tasktracker.domain.errors import FilterProblem, Invalid, Problem, pointer_to
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT, parse
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.domain.text import Cleaner, clean_body, clean_boolean, gather, inside, one_of

VIEWS = ("board", "list", "table", "calendar", "timeline")
GROUPS = ("column", "assignee", "priority", "label", "parent", "due")
COLUMNS = (
    "ref", "title", "column", "state", "priority", "assignee", "label", "start", "due", "estimate", "parent",
    "subtasks", "comments", "attachments", "watcher", "creator", "created", "updated", "completed", "project",
)  # fmt: skip
"""Fields that a view may show, and with them `custom.<key>`, whose field may be gone by the time it is shown."""

COLUMN_LIMIT = 30
_SORTABLE = (
    "position", "number", "title", "priority", "start", "due", "estimate", "created", "updated", "completed",
)  # fmt: skip
SORTS = (*_SORTABLE, *(f"-{word}" for word in _SORTABLE))
"""A dash: the other way round. `position` is the order of the board."""

_EMPTY: dict[str, Any] = {"view": "board", "group": None, "sort": "position", "columns": [], "compact": False}


def clean_query(value: Any, pointer: str) -> str:
    """A filter that can be read; empty: every task. Raises Invalid, FilterProblem."""
    text = clean_body(value, pointer, limit=LENGTH_LIMIT)
    try:
        parse(text)
    except FilterProblem as problem:
        raise problem.at_pointer(pointer) from None
    return text


def clean_layout(value: Any, pointer: str) -> dict[str, Any]:
    """A layout with all of its members: those that are not given have their usual values. Raises Invalid."""
    if not isinstance(value, Mapping):
        raise Invalid.at(pointer, f"This must be an object with any of: {', '.join(_EMPTY)}.")
    clean = {**_EMPTY}
    problems: list[Problem] = []
    with inside(pointer):
        for name, each in value.items():
            try:
                clean[name] = _member(name)(each, pointer_to(name))
            except Invalid as refusal:
                problems.extend(refusal.problems)
        gather(problems)
    return clean


def _member(name: str) -> Cleaner:
    if name not in _MEMBERS:
        raise Invalid.at(pointer_to(name), f"A layout has no “{name}”; it has {', '.join(_MEMBERS)}.")
    return _MEMBERS[name]


def _group(value: Any, pointer: str) -> str | None:
    return None if value is None else one_of(value, pointer, GROUPS)


def _columns(value: Any, pointer: str) -> list[str]:
    if not isinstance(value, list):
        raise Invalid.at(pointer, "This must be a list of the names of fields.")
    if len(value) > COLUMN_LIMIT:
        raise Invalid.at(pointer, f"A view shows at most {COLUMN_LIMIT} columns. Leave some out.")
    gather(
        [
            Problem(pointer + pointer_to(index), advice)
            for index, name in enumerate(value)
            if (advice := _column_problem(name, value[:index]))
        ]
    )
    return value


def _column_problem(name: Any, before: list[Any]) -> str:
    """What is wrong with a column after those; empty if it may stand there."""
    if not isinstance(name, str) or not (name in COLUMNS or _is_custom(name)):
        return f"This must be one of: {', '.join(COLUMNS)}; or {CUSTOM}… with the key of a custom field."
    return "This column is there already. Name it once." if name in before else ""


def _is_custom(name: str) -> bool:
    return name.startswith(CUSTOM) and is_field_key(name.removeprefix(CUSTOM))


_MEMBERS: dict[str, Cleaner] = {
    "view": lambda value, pointer: one_of(value, pointer, VIEWS),
    "group": _group,
    "sort": lambda value, pointer: one_of(value, pointer, SORTS),
    "columns": _columns,
    "compact": clean_boolean,
}
