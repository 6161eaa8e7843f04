"""Exporting a project: as JSON, complete and to be imported again, or its tasks as CSV. Both come in pieces."""

import csv
import io
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.services.clock import now
from tasktracker.services.transfer.export_pages import Called, read_head, read_tasks
from tasktracker.services.transfer.json_document import FORMAT, VERSION

COLUMNS = (
    *("ref", "title", "description", "column", "state", "priority", "assignees", "labels", "start", "due", "estimate"),
    *("parent", "external_source", "external_id", "created_at", "updated_at", "completed_at", "archived_at"),
)
"""Of a CSV; the custom fields come after them."""
_FORMULA = tuple("'=+-@\t\r")
"""What a spreadsheet would take for the beginning of a formula, or for what keeps it from being one."""
_DIVIDING = re.compile(r'[;,\["]')
_ONLY_HERE = ("people",)
_NOT_IN_FILE = ("state", "updated_at")


async def export_project(actor: Actor, key: str, file_format: str) -> AsyncIterator[bytes]:
    """The file in pieces, as `json` or `csv`. What is in the trash is not in it. Raises NotFound, Invalid."""
    if file_format not in _EXPORTS:
        raise Invalid.at("/query/format", f"This must be one of: {', '.join(_EXPORTS)}.")
    head = await read_head(actor, key)  # refused now, while there is an answer to say so
    return _EXPORTS[file_format](actor, key, head)


async def _json(actor: Actor, key: str, head: Mapping[str, Any]) -> AsyncIterator[bytes]:
    called = Called(head)
    document = {"format": FORMAT, "version": VERSION, "exported_at": now().isoformat(), **_described(head, called)}
    yield orjson.dumps(document)[:-1] + b',"tasks":['
    separator = b"\n"
    async for tasks in read_tasks(actor, key, comments=True):
        for task in tasks:
            yield separator + orjson.dumps(_without(called.task(task), _NOT_IN_FILE))
            separator = b",\n"
    yield b"\n]}\n"


def _described(head: Mapping[str, Any], called: Called) -> dict[str, Any]:
    """What surrounds the tasks, with names for ids."""
    described = _without(head, _ONLY_HERE)
    for part in ("columns", "labels"):
        described[part] = [_without(each, ("id",)) for each in head[part]]
    described["templates"] = [{**each, "content": called.task(each["content"])} for each in head["templates"]]
    return described


async def _csv(actor: Actor, key: str, head: Mapping[str, Any]) -> AsyncIterator[bytes]:
    called = Called(head)
    custom = [field["key"] for field in head["custom_fields"]]
    yield _record([*COLUMNS, *(f"custom.{field}" for field in custom)])
    async for tasks in read_tasks(actor, key, comments=False):
        for task in map(called.task, tasks):
            values = [*(task[column] for column in COLUMNS), *(task["custom"].get(field) for field in custom)]
            yield _record([_cell(value) for value in values])


_EXPORTS = {"json": _json, "csv": _csv}
FORMATS = tuple(_EXPORTS)


def _record(cells: Sequence[str]) -> bytes:
    """One record (RFC 4180), in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _names(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _names(names: Sequence[str]) -> str:
    """As `csv_values.names_of` reads them."""
    is_plain = not any(_DIVIDING.search(name) or name.startswith(_FORMULA) for name in names)
    return "; ".join(names) if is_plain else json.dumps(names, ensure_ascii=False)


def _without(raw: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name not in names}
