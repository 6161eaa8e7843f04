"""Which column of a CSV file becomes which field of a task: as somebody says, or by the names in its header."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.domain.text import gather
from tasktracker.services.transfer.csv_text import Row

FIELDS: Mapping[str, Sequence[str]] = {
    "title": ("summary", "name", "subject", "task", "task name", "card name", "issue", "content"),
    "description": ("body", "details", "notes", "card description"),
    "column": ("status", "list", "list name", "section"),
    "state": ("group", "category"),
    "priority": ("importance",),
    "labels": ("label", "tags", "tag"),
    "assignees": ("assignee", "assigned to", "owner", "responsible", "members"),
    "start": ("start date", "begins"),
    "due": ("due date", "deadline"),
    "estimate": ("points", "story points", "estimated hours"),
    "parent": ("parent task", "parent id"),
    "ref": ("reference",),
    "external_source": ("source",),
    "external_id": ("id", "key", "issue key", "card id", "task id"),
    "created_at": ("created", "created date", "date created"),
    "completed_at": ("completed", "completed date", "closed", "resolved"),
    "archived_at": ("archived",),
}
"""The fields that a column can become, each with what else its column may be called."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The columns of a file. `fields` names the field of each column that has one, by its place."""

    names: Sequence[str]
    fields: Mapping[int, str]
    rows: Sequence[Row]
    has_header: bool

    @property
    def by_name(self) -> dict[str, str]:
        return {self.names[place]: field for place, field in self.fields.items()}

    @property
    def ignored(self) -> list[str]:
        return [name for place, name in enumerate(self.names) if place not in self.fields]

    def place_of(self, field: str) -> int | None:
        return next((place for place, each in self.fields.items() if each == field), None)


def map_columns(
    rows: Sequence[Row],
    custom: Mapping[str, str],
    wanted: Mapping[str, str] | None,
    *,
    has_header: bool | None = None,
) -> Mapped:
    """Find the header, and what the columns are. Without a header they are called 1, 2, 3 and so on.

    `custom` holds the project's custom fields: names by keys. `wanted` maps names of columns to fields, and then
    nothing is guessed. Raises Invalid.
    """
    mapped = find_columns(rows, custom, wanted, has_header=has_header)
    if not {"title", "ref", "external_id"} & set(mapped.fields.values()):
        raise Invalid.at(
            "/mapping", f"No column is known to hold the titles. Say which one, as in {{“{mapped.names[0]}”: “title”}}."
        )
    return mapped


def find_columns(
    rows: Sequence[Row],
    custom: Mapping[str, str],
    wanted: Mapping[str, str] | None,
    *,
    has_header: bool | None = None,
) -> Mapped:
    """The same, whether or not a title is among them. Raises Invalid."""
    if not rows:
        raise Invalid.at("/content", "There is nothing in this file.")
    known = _known(custom)
    first = [cell.strip() for cell in rows[0].cells]
    is_header = _is_header(first, known, wanted) if has_header is None else has_header
    width = len(first) if is_header else max(len(row.cells) for row in rows)
    names = _named(first if is_header else [], width)
    fields = _guessed(names, known) if wanted is None else _told(names, wanted, set(known.values()))
    return Mapped(names, fields, rows[1:] if is_header else rows, is_header)


def _known(custom: Mapping[str, str]) -> dict[str, str]:
    """Fields by every name that a column may have for them."""
    known = {_plain(name): field for field, others in FIELDS.items() for name in (field, *others)}
    for key, name in custom.items():
        known |= {_plain(each): CUSTOM + key for each in (key, name, CUSTOM + key)}
    return known


def _is_header(first: Sequence[str], known: Mapping[str, str], wanted: Mapping[str, str] | None) -> bool:
    if wanted is not None:
        return set(wanted) <= set(first)
    return any(_plain(cell) in known for cell in first)


def _named(first: Sequence[str], width: int) -> list[str]:
    """Names that tell the columns apart."""
    names: list[str] = []
    for place in range(width):
        name = (first[place] if place < len(first) else "") or str(place + 1)
        names.append(name if name not in names else f"{name} ({place + 1})")
    return names


def _guessed(names: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """The first column that is called like a field becomes it; a name of its own goes before another one."""
    fields: dict[int, str] = {}
    exact = {_plain(field) for field in known.values()}
    for place in sorted(range(len(names)), key=lambda place: _plain(names[place]) not in exact):
        field = known.get(_plain(names[place]))
        if field and field not in fields.values():
            fields[place] = field
    return fields


def _told(names: Sequence[str], wanted: Mapping[str, str], fields: set[str]) -> dict[int, str]:
    problems: list[Problem] = []
    for name, field in wanted.items():
        pointer = pointer_to("mapping", name)
        if name not in names:
            problems.append(Problem(pointer, f"The file has no column “{name}”; it has {', '.join(names)}."))
        elif field not in fields:
            problems.append(Problem(pointer, f"There is no field “{field}”; there are {', '.join(sorted(fields))}."))
        elif list(wanted.values()).count(field) > 1:
            problems.append(Problem(pointer, f"Several columns are to become “{field}”. Choose one."))
    gather(problems)
    return {names.index(name): field for name, field in wanted.items()}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.lower()).strip()
