"""The markers: one character at the start of a word, and what follows it."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.quick_add.interface import Context, Kind
from tasktracker.domain.quick_add.words import unquoted
from tasktracker.domain.task_fields import ESTIMATE_MAX, PRIORITIES

_ESTIMATE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Marker:
    kind: Kind
    value: Any


def read_marker(word: str, context: Context) -> Marker | None:
    """What a word that begins with a marker says; None if it says nothing here."""
    kind, read = _READERS[word[0]]
    given = unquoted(word[1:])
    value = read(given, context) if given else None
    return None if value is None else Marker(kind, value)


def _priority(given: str, _context: Context) -> str | None:
    """By name, by the beginning of its name (all differ in the first letter), or by number: 1 is urgent, 4 is low."""
    if given in _NUMBERED:
        return _NUMBERED[given]
    return next((name for name in PRIORITIES if name.startswith(given.lower())), None)


def _assignee(given: str, context: Context) -> str | None:
    """By handle; or by first name, if only one person has it."""
    if given.lower() in context.people:
        return context.people[given.lower()]
    named = {
        person
        for handle, person in context.people.items()
        if (first := context.names.get(handle, "").split()[:1]) and _plain(first[0]) == _plain(given)
    }
    return named.pop() if len(named) == 1 else None


def _estimate(given: str, _context: Context) -> float | None:
    return float(given) if _ESTIMATE.fullmatch(given) and float(given) <= ESTIMATE_MAX else None


def _one_of(names: Collection[str], given: str) -> str | None:
    """The name as it is; or, if only one name reads so, with dashes in place of its blanks."""
    alike = [name for name in names if _plain(name) == _plain(given)]
    dashed = [name for name in names if _dashed(name) == _dashed(given)]
    return next((found[0] for found in (alike, dashed) if len(found) == 1), None)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _dashed(name: str) -> str:
    return _plain(name).replace(" ", "-")


_NUMBERED: dict[str, str] = {str(number): priority for number, priority in enumerate(reversed(PRIORITIES[1:]), start=1)}

_READERS: dict[str, tuple[Kind, Callable[[str, Context], Any]]] = {
    "!": ("priority", _priority),
    "@": ("assignee", _assignee),
    "#": ("project", lambda given, context: _one_of(context.projects, given)),
    "*": ("label", lambda given, context: _one_of(context.labels, given)),
    ">": ("column", lambda given, context: _one_of(context.columns, given)),
    "~": ("estimate", _estimate),
}
