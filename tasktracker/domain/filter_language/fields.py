"""The fields that a filter may ask for: a table."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.wording import closest, shown
from tasktracker.domain.task_fields import CATEGORIES, PRIORITIES


class Kind(StrEnum):
    """The type of a field: which values it takes, and how they compare."""

    TEXT = "text"
    NAME = "name"
    CHOICE = "choice"
    RANK = "rank"
    FLAG = "flag"
    PERSON = "person"
    PROJECT = "project"
    TASK = "task"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    CUSTOM = "custom"


ORDERED = frozenset({Kind.RANK, Kind.DATE, Kind.NUMBER, Kind.COUNT, Kind.CUSTOM})
"""Kinds that take `<`, `<=`, `>`, `>=` and ranges."""


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` are the words that a CHOICE or RANK takes, a RANK's in ascending order."""

    name: str
    kind: Kind
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()

    @property
    def custom_key(self) -> str:
        """The key of a project's own field; empty for the others."""
        return self.name.removeprefix(CUSTOM_PREFIX) if self.name.startswith(CUSTOM_PREFIX) else ""


CUSTOM_PREFIX = "field."

STATES = (*CATEGORIES, "open", "closed")
HAS = (
    "description", "due", "start", "estimate", "labels", "assignee", "subtasks", "parent", "comments", "attachments",
    "relations", "recurrence",
)  # fmt: skip
IS = (
    "open", "closed", "overdue", "blocked", "blocking", "archived", "trashed", "recurring", "subtask", "watched",
)  # fmt: skip

FIELDS: dict[str, Field] = {
    each.name: each
    for each in (
        Field("title", Kind.TEXT),
        Field("description", Kind.TEXT, may_be_empty=True),
        Field("state", Kind.CHOICE, choices=STATES),
        Field("column", Kind.NAME),
        Field("priority", Kind.RANK, choices=PRIORITIES),
        Field("assignee", Kind.PERSON, may_be_empty=True),
        Field("watcher", Kind.PERSON, may_be_empty=True),
        Field("creator", Kind.PERSON),
        Field("commenter", Kind.PERSON, may_be_empty=True),
        Field("label", Kind.NAME, may_be_empty=True),
        Field("due", Kind.DATE, may_be_empty=True),
        Field("start", Kind.DATE, may_be_empty=True),
        Field("created", Kind.DATE),
        Field("updated", Kind.DATE),
        Field("completed", Kind.DATE, may_be_empty=True),
        Field("archived", Kind.DATE, may_be_empty=True),
        Field("trashed", Kind.DATE, may_be_empty=True),
        Field("estimate", Kind.NUMBER, may_be_empty=True),
        Field("comments", Kind.COUNT),
        Field("subtasks", Kind.COUNT),
        Field("number", Kind.COUNT),
        Field("project", Kind.PROJECT),
        Field("ref", Kind.TASK),
        Field("parent", Kind.TASK, may_be_empty=True),
        Field("blocks", Kind.TASK, may_be_empty=True),
        Field("blocked-by", Kind.TASK, may_be_empty=True),
        Field("relates", Kind.TASK, may_be_empty=True),
        Field("duplicates", Kind.TASK, may_be_empty=True),
        Field("source", Kind.NAME, may_be_empty=True),
        Field("external", Kind.NAME, may_be_empty=True),
        Field("has", Kind.CHOICE, choices=HAS),
        Field("is", Kind.CHOICE, choices=IS),
    )
}

_ELSEWHERE = {"author": "creator", "deadline": "due", "owner": "assignee", "tag": "label", "tags": "label"}
"""What other trackers call a field."""

_CUSTOM_KEY = re.compile(r"[a-z0-9_]+")


def find_field(written: str, start: int) -> Field:
    """The field of that name, in capitals or not. Raises FilterProblem at the name, which starts at `start`."""
    name = written.lower()
    if name.startswith(CUSTOM_PREFIX):
        return _custom_field(name, start, start + len(written))
    if (found := FIELDS.get(name)) is None:
        detail = f"There is no field “{shown(written)}”. Put the text into quotes to search for it as it is."
        suggestion = _ELSEWHERE.get(name) or closest(name, FIELDS)
        raise FilterProblem(detail, start, start + len(written), suggestion=suggestion)
    return found


def _custom_field(name: str, start: int, end: int) -> Field:
    if not _CUSTOM_KEY.fullmatch(name, len(CUSTOM_PREFIX)):
        detail = "After “field.” comes the key of a custom field: letters a–z, digits and underscores."
        raise FilterProblem(detail, start, end)
    return Field(name, Kind.CUSTOM, may_be_empty=True)
