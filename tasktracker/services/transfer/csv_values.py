"""The cells of a CSV file as JSON values: lists, numbers, days in the ways that people write them."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tasktracker.domain.errors import Invalid
from tasktracker.domain.task_fields import PRIORITIES

DATE_FORMATS = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "YYYY/MM/DD": "%Y/%m/%d",
    "DD-MM-YYYY": "%d-%m-%Y",
    "MM-DD-YYYY": "%m-%d-%Y",
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
_FORMULA = re.compile(r"'['=+\-@\t\r]")
_PRIORITY = {
    **{name: name for name in PRIORITIES},
    "": "none",
    "no priority": "none",
    "lowest": "low",
    "minor": "low",
    "normal": "medium",
    "major": "high",
    "highest": "urgent",
    "critical": "urgent",
    "blocker": "urgent",
}
_TRUE, _FALSE = {"true", "yes", "1", "x"}, {"false", "no", "0", ""}


def text_of(cell: str) -> str:
    """The text in a cell. An apostrophe keeps spreadsheets from taking it for a formula, and is taken away."""
    return cell[1:] if _FORMULA.match(cell) else cell


def names_of(cell: str) -> list[str]:
    """Several names: between semicolons, or else commas; or a JSON array, where a name holds one of them."""
    text = text_of(cell).strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
    parts = text.split(";" if ";" in text else ",")
    return [part.strip() for part in parts if part.strip()]


def priority_of(cell: str) -> str:
    """A priority by its name or by one of its usual names."""
    return _PRIORITY.get(cell.strip().lower(), cell.strip())


def number_of(cell: str) -> float | str | None:
    """A number, with a point or a comma; what is none stays as it is, to be refused with the rest."""
    text = cell.strip()
    if not text:
        return None
    try:
        return float(text.replace(",", ".") if "." not in text else text)
    except ValueError:
        return text


def truth_of(cell: str) -> bool | str:
    """Yes or no; what is neither stays as it is."""
    text = cell.strip().lower()
    if text in _TRUE:
        return True
    return False if text in _FALSE else text


def day_of(cell: str, date_format: str | None) -> str | None:
    """A day or moment as the API takes it; what cannot be read stays as it is, to be refused with the rest."""
    text = cell.strip()
    if not text or _ISO.fullmatch(text) or date_format is None:
        return text or None
    day = _parsed(text, date_format)
    return text if day is None else day.isoformat()


def find_date_format(cells: Iterable[str], wanted: str | None) -> str | None:
    """The format that fits the most of the days; None where all are written as ISO 8601 wants.

    Raises Invalid where two fit and mean different days: nobody can tell whether 3/4 is in March or in April.
    """
    if wanted is not None:
        if wanted not in DATE_FORMATS:
            raise Invalid.at("/date_format", f"This must be one of: {', '.join(DATE_FORMATS)}.")
        return wanted
    texts = {cell.strip() for cell in cells}
    open_texts = sorted(text for text in texts if text and not _ISO.fullmatch(text))
    read = {name: [_parsed(text, name) for text in open_texts] for name in DATE_FORMATS}
    best = max((_hits(days) for days in read.values()), default=0)
    fitting = [name for name, days in read.items() if best and _hits(days) == best]
    if len({tuple(map(str, read[name])) for name in fitting}) > 1:
        raise Invalid.at("/date_format", f"These days can be read as {' or '.join(fitting)}. Say which is meant.")
    return fitting[0] if fitting else None


def _hits(days: Sequence[date | None]) -> int:
    return sum(day is not None for day in days)


def _parsed(text: str, name: str) -> date | None:
    try:
        return datetime.strptime(text, DATE_FORMATS[name]).date()  # noqa: DTZ007  a day has no time zone
    except ValueError:
        return None


def custom_reader(kind: str, date_format: str | None) -> Callable[[str], Any]:
    """How the cells of a custom field of that kind are read."""
    readers: Mapping[str, Callable[[str], Any]] = {
        "number": number_of,
        "checkbox": truth_of,
        "date": lambda cell: day_of(cell, date_format),
        "multi_select": names_of,
    }
    return readers.get(kind, lambda cell: text_of(cell).strip() or None)
