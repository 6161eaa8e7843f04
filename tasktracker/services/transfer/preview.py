"""A look at a CSV file before it is imported: how it is understood, and what its columns could become."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasktracker.domain.actor import Actor
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.transfer.csv_lines import TableOptions
from tasktracker.services.transfer.csv_mapping import FIELDS, find_columns
from tasktracker.services.transfer.csv_text import read_table

SAMPLES = 5
"""Lines that a preview shows."""
_CELL = 200
"""Characters of a cell that it shows."""


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A column of the file: the field that it would become (None: it would be left out), and its first cells."""

    name: str
    field: str | None
    samples: Sequence[str]


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """What a column can become; `name` is what a custom field is called, else None."""

    field: str
    name: str | None


@dataclass(frozen=True, slots=True)
class TablePreview:
    """How a CSV file is understood. `lines` counts those that hold tasks."""

    encoding: str
    delimiter: str
    has_header: bool
    lines: int
    columns: Sequence[PreviewColumn]
    fields: Sequence[FieldChoice]


async def preview_csv(actor: Actor, key: str, content: bytes | str, options: TableOptions) -> TablePreview:
    """Look at a file that may be imported into the project. Raises NotFound, Invalid."""
    custom = {each.key: each.name for each in await list_custom_fields(actor, key)}
    return await asyncio.to_thread(_preview, content, options, custom)


def _preview(content: bytes | str, options: TableOptions, custom: Mapping[str, str]) -> TablePreview:
    table = read_table(content, options.delimiter)
    mapped = find_columns(table.rows, custom, options.mapping, has_header=options.has_header)
    first = [row.cells for row in mapped.rows[:SAMPLES]]
    columns = [
        PreviewColumn(name, mapped.fields.get(place), [_cell(cells, place) for cells in first])
        for place, name in enumerate(mapped.names)
    ]
    choices = [FieldChoice(field, None) for field in FIELDS]
    choices += [FieldChoice(CUSTOM + each, name) for each, name in custom.items()]
    return TablePreview(table.encoding, table.delimiter, mapped.has_header, len(mapped.rows), columns, choices)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place][:_CELL] if place < len(cells) else ""
