"""From the bytes of a CSV file to its table: encoding, delimiter, header, rows with their line numbers."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from tasktracker.domain.errors import Invalid

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 30
"""Records that are looked at to find the delimiter."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("utf-8", "cp1252", "latin-1")
"""In the order of trying. The last one takes every byte; `cp1252` is what Windows calls it, with a few more signs."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a record; `line` is where it begins in the file, counted from 1."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was understood."""

    encoding: str
    delimiter: str
    rows: Sequence[Row]


def read_table(content: bytes | str, delimiter: str | None = None) -> Table:
    """The table in the file. `delimiter` None: whichever divides the first records best. Raises Invalid."""
    if delimiter is not None and delimiter not in DELIMITERS:
        raise Invalid.at("/delimiter", "This must be a comma, a semicolon, a tab or a vertical bar.")
    text, encoding = (content, "text") if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff")
    found = delimiter or _sniffed(text)
    return Table(encoding, found, _rows(text, found))


def _decoded(content: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode(content, encoding).removeprefix("\ufeff"), encoding
    if (wide := _without_bom(content)) is not None:
        return _decode(content, wide), wide
    for encoding in _GUESSES[:-1]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode(_GUESSES[-1]), _GUESSES[-1]


def _without_bom(content: bytes) -> str | None:
    """UTF-16 gives itself away: every other byte of Western text is null."""
    head = content[:1000]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 4 else None


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"The file begins as {encoding}, but it is not: the byte at {error.start} does not fit."
        raise Invalid.at("/content", detail) from None


def _sniffed(text: str) -> str:
    """The delimiter that makes the most columns, of the same number in the most records."""
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(text: str, delimiter: str) -> float:
    widths = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            widths += [len(cells)] if cells else []
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return 0
    if not widths or widths[0] == 1:
        return 0
    return widths[0] * widths.count(widths[0]) / len(widths)


def _rows(text: str, delimiter: str) -> list[Row]:
    """The records that are not empty. A quote that is not closed would swallow the rest of the file: it is refused."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Invalid.at("/content", f"The record that begins in line {line} cannot be read: {error}.") from None
    return rows
