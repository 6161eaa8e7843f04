"""Our own file of a whole project, as JSON: what it has to look like before anything is done with it.

It names columns and labels by their names, people by their handles and tasks by their references: no id is in it that
means anything elsewhere, so that it can be read into another project, on another server.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from tasktracker.domain.errors import Invalid, Problem
from tasktracker.domain.text import gather
from tasktracker.services.transfer.lines import LINES_MAX, Line

FORMAT = "tasktracker-project"
VERSION = 1
LISTS = ("columns", "labels", "custom_fields", "templates", "tasks")
_LISTED_MAX = 1_000
"""Columns, labels and so on; a project has fewer."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's parts, each of which is what its name says, with whatever in it."""

    project: Mapping[str, Any]
    columns: Sequence[Mapping[str, Any]]
    labels: Sequence[Mapping[str, Any]]
    custom_fields: Sequence[Mapping[str, Any]]
    templates: Sequence[Mapping[str, Any]]
    lines: Sequence[Line]


def read_document(content: bytes | str) -> Document:
    """The parts of a file. Raises Invalid for one that is none of ours, with pointers into it."""
    try:
        raw = orjson.loads(content)
    except ValueError as error:
        raise Invalid.at("", f"This is no valid JSON: {error}.") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise Invalid.at("/format", f"This is no export of a project: its “format” is not “{FORMAT}”.")
    if raw.get("version") != VERSION:
        raise Invalid.at("/version", f"This program reads version {VERSION} of the format.")
    problems = [
        Problem(f"/{name}", "This must be a list of objects.")
        for name in LISTS
        if not _is_list_of_objects(raw.get(name, []))
    ]
    if not isinstance(raw.get("project", {}), dict):
        problems.append(Problem("/project", "This must be an object: the project's settings."))
    gather(problems)
    parts = {name: raw.get(name, []) for name in LISTS}
    tasks = parts.pop("tasks")
    if len(tasks) > LINES_MAX:
        raise Invalid.at("/tasks", f"The file has {len(tasks):,} tasks; an import takes {LINES_MAX:,}.")
    if any(len(part) > _LISTED_MAX for part in parts.values()):
        raise Invalid.at("", f"The file has more than {_LISTED_MAX:,} columns, labels, fields or templates.")
    lines = [Line(place, task, partial(_point, place - 1)) for place, task in enumerate(tasks, start=1)]
    return Document(raw.get("project", {}), lines=lines, **parts)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _point(place: int, pointer: str) -> str:
    return f"/tasks/{place}{pointer}"
