"""A date by itself, as in a field for one: the words of quick add with nothing around them."""

from tasktracker.domain.quick_add.interface import Context
from tasktracker.domain.quick_add.moments import value_of
from tasktracker.domain.quick_add.phrases import When, read_phrase
from tasktracker.domain.quick_add.words import fold

_INTRODUCTION = "due "
"""Before words that mean something else without one, such as `sat`."""


def read_date(text: str, context: Context) -> str | None:
    """A day (2026-11-30) or a moment in UTC (2026-11-30T16:00:00Z), or None if the text is anything but one date."""
    line = fold(text)
    return _read(line, context) or _read(_INTRODUCTION + line, context)


def _read(line: str, context: Context) -> str | None:
    phrase = read_phrase(line, 0, context)
    if phrase is None or phrase.end != len(line) or phrase.kind == "start" or not isinstance(phrase.value, When):
        return None
    return value_of(phrase.value, context)
