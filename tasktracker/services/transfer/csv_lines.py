"""From a CSV file to the lines of an import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tasktracker.domain.errors import Invalid, pointer_to
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.transfer.csv_mapping import Mapped, map_columns
from tasktracker.services.transfer.csv_text import Row, read_table
from tasktracker.services.transfer.csv_values import (
    custom_reader,
    day_of,
    find_date_format,
    names_of,
    number_of,
    priority_of,
    text_of,
)
from tasktracker.services.transfer.lines import LINES_MAX, Line, TableReport

_DAYS = ("start", "due", "created_at", "completed_at", "archived_at")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What somebody says about a CSV file; None: find it out.

    `source` is what the tasks' `external_source` becomes where no column tells it.
    """

    mapping: Mapping[str, str] | None = None
    delimiter: str | None = None
    date_format: str | None = None
    has_header: bool | None = None
    source: str = "csv"


@dataclass(frozen=True, slots=True)
class CustomColumn:
    """A custom field of the project, as far as reading its cells needs."""

    name: str
    kind: str


def read_csv(
    content: bytes | str, options: TableOptions, custom: Mapping[str, CustomColumn]
) -> tuple[list[Line], TableReport]:
    """The lines of a CSV file, and how it was understood. Raises Invalid."""
    table = read_table(content, options.delimiter)
    names = {key: field.name for key, field in custom.items()}
    mapped = map_columns(table.rows, names, options.mapping, has_header=options.has_header)
    if len(mapped.rows) > LINES_MAX:
        raise Invalid.at(
            "/content", f"The file has {len(mapped.rows):,} lines; an import takes {LINES_MAX:,}. Split it."
        )
    date_format = find_date_format(_days_in(mapped, custom), options.date_format)
    readers = {place: _reader(field, custom, date_format) for place, field in mapped.fields.items()}
    lines = [_line(row, mapped, readers, options.source) for row in mapped.rows]
    report = TableReport(
        table.encoding, table.delimiter, mapped.has_header, mapped.by_name, mapped.ignored, date_format
    )
    return lines, report


def _days_in(mapped: Mapped, custom: Mapping[str, CustomColumn]) -> list[str]:
    """All cells that hold days."""
    days = {*_DAYS, *(CUSTOM + key for key, field in custom.items() if field.kind == "date")}
    places = [place for place, field in mapped.fields.items() if field in days]
    return [_cell(row, place) for row in mapped.rows for place in places]


def _reader(field: str, custom: Mapping[str, CustomColumn], date_format: str | None) -> Callable[[str], Any]:
    if field.startswith(CUSTOM):
        return custom_reader(custom[field.removeprefix(CUSTOM)].kind, date_format)
    if field in _DAYS:
        return lambda cell: day_of(cell, date_format)
    return _READERS.get(field, lambda cell: text_of(cell).strip() or None)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "title": lambda cell: text_of(cell).strip(),
    "description": text_of,
    "priority": priority_of,
    "labels": names_of,
    "assignees": names_of,
    "estimate": number_of,
}


def _line(row: Row, mapped: Mapped, readers: Mapping[int, Callable[[str], Any]], source: str) -> Line:
    raw: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for place, field in mapped.fields.items():
        value = readers[place](_cell(row, place))
        if field.startswith(CUSTOM):
            custom[field.removeprefix(CUSTOM)] = value
        else:
            raw[field] = value
    if raw.get("external_id") and not raw.get("external_source"):
        raw["external_source"] = source
    line = Line(row.line, {**raw, **({"custom": custom} if custom else {})}, partial(_point, mapped))
    if len(row.cells) > len(mapped.names):
        line.refuse(Invalid.at("", "This line has more cells than the header."))
    return line


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _point(mapped: Mapped, pointer: str) -> str:
    """The column of the file that holds what is pointed at."""
    steps = pointer.split("/")[1:]
    field = CUSTOM + steps[1] if steps[:1] == ["custom"] and len(steps) > 1 else "".join(steps[:1])
    place = mapped.place_of(field)
    return pointer if place is None else pointer_to(mapped.names[place])
