"""What the fields of a task are called, and their values in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tasktracker.domain.errors import Invalid
from tasktracker.domain.recurrence import Recurrence, clean_recurrence
from tasktracker.ui.formats import day_text, list_text, moment_text
from tasktracker.ui.language import number_text, t
from tasktracker.ui.presenters.recurrence import recurrence_text
from tasktracker.ui.presenters.words import priority_name


def field_names() -> dict[str, str]:
    """The fields of a task, by what the API, the log and rules call them; the log has its own name for a parent."""
    return {
        "title": t("Title"),
        "description": t("Description"),
        "column_id": t("State"),
        "priority": t("Priority"),
        "assignee_ids": t("Assignees"),
        "label_ids": t("Labels"),
        "start": t("Start"),
        "due": t("Due date"),
        "estimate": t("Estimate"),
        "parent": t("Parent"),
        "parent_id": t("Parent"),
        "recurrence": t("Repeats"),
    }


def value_words(field: str, value: Any, names: Mapping[str, str], kind: str = "") -> str:
    """A JSON value of the log or the API for people; empty for none.

    `names` say what ids stand for; `kind` is that of a custom field.
    """
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return list_text([_name(field, each, names, kind) for each in value])
    if field in ("start", "due") or kind == "date":
        return _when(value)
    return _WORDS[field](value) if field in _WORDS else _name(field, value, names, kind)


def _name(field: str, value: Any, names: Mapping[str, str], kind: str) -> str:
    """What an id stands for. What is no id is itself."""
    unknown = {
        "column_id": t("a deleted column"),
        "label_ids": t("a deleted label"),
        "parent_id": t("another task"),
        **dict.fromkeys(("assignee_ids", "watcher_ids", "person"), t("somebody who left")),
    }
    return names.get(str(value)) or unknown.get(kind or field, str(value))


def _when(value: str) -> str:
    if "T" in value:
        return moment_text(datetime.fromisoformat(value))
    return day_text(date.fromisoformat(value), "long")


def _recurrence(value: Any) -> str:
    try:
        return recurrence_text(Recurrence.from_json(clean_recurrence(value, "/recurrence") or {}))
    except Invalid:
        return str(value.get("rule"))


_WORDS: dict[str, Callable[[Any], str]] = {"priority": priority_name, "recurrence": _recurrence}
