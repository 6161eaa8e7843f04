"""The fields that a project gives its tasks by itself: their kinds, and what may stand in each.

A value is a JSON value, the same in requests, in the log (`custom.<key>`) and in answers. Null is no value, everywhere.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.task_fields import clean_id, require_usual_year
from tasktracker.domain.text import clean_boolean, clean_line, gather

KINDS = ("text", "number", "date", "select", "multi_select", "person", "url", "checkbox")
WITH_OPTIONS = ("select", "multi_select")
FIELD_LIMIT = 50
"""Custom fields in one project."""
OPTION_LIMIT = 100
"""Options of one field."""

_KEY = re.compile(r"[a-z0-9_]{1,40}")
_KEY_LENGTH = 40
_OPTION_LENGTH = 100
_OPTIONS_NAMED = 20
"""In a refusal, at most."""
_TEXT_LENGTH = 500
_NUMBER_MAX = 1e12
_DECIMALS = 6
_URL_LENGTH = 2_000
_URL = re.compile(r"(https?)(://[^\s\\\"<>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a value is checked against. `options` are the choices of a select, in order."""

    kind: str
    options: Sequence[str] = ()


def clean_value(definition: Definition, value: Any, pointer: str) -> Any:
    """The value as it is kept; null and an empty choice become None. Raises Invalid."""
    return None if value is None else _CLEANERS[definition.kind](value, pointer, definition.options)


def is_field_key(text: str) -> bool:
    """Whether the text could be a custom field's key."""
    return _KEY.fullmatch(text) is not None


def clean_field_key(value: Any, pointer: str) -> str:
    """What names a custom field in the API and in filters."""
    if not isinstance(value, str) or not is_field_key(value):
        raise Invalid.at(pointer, f"Use 1 to {_KEY_LENGTH} letters a–z, digits and underscores, such as severity.")
    return value


def key_for(name: str, taken: Collection[str]) -> str:
    """A key that is not taken, made of the name: its letters without their accents, then a number if need be."""
    ascii_only = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_") or "field"
    suffixes = ("", *(f"_{number}" for number in range(2, len(taken) + 2)))
    keys = (base[: _KEY_LENGTH - len(suffix)] + suffix for suffix in suffixes)
    return next(key for key in keys if key not in taken)


def clean_options(value: Any, pointer: str) -> list[str]:
    """The choices of a select, in order; two that differ in their capitals only would be taken for one another."""
    if not isinstance(value, list):
        raise Invalid.at(pointer, "This must be a list of texts.")
    if len(value) > OPTION_LIMIT:
        raise Invalid.at(pointer, f"A field has at most {OPTION_LIMIT} options.")
    clean: dict[str, str] = {}
    problems: list[Problem] = []
    for index, item in enumerate(value):
        try:
            option = clean_option(item, f"{pointer}/{index}")
        except Invalid as refusal:
            problems.extend(refusal.problems)
            continue
        if option.casefold() in clean:
            problems.append(Problem(f"{pointer}/{index}", f"“{option}” is in the list already."))
        clean[option.casefold()] = option
    gather(problems)
    return list(clean.values())


def clean_option(value: Any, pointer: str) -> str:
    """One choice of a select."""
    return clean_line(value, pointer, limit=_OPTION_LENGTH)


def clean_renames(value: Any, pointer: str) -> dict[str, str]:
    """Which options are to become which. Raises Invalid."""
    if not isinstance(value, dict) or len(value) > OPTION_LIMIT:
        raise Invalid.at(pointer, f"This must be an object of at most {OPTION_LIMIT}: new names by old ones.")
    return {old: clean_option(new, pointer + pointer_to(old)) for old, new in value.items()}


def renamed_options(options: Sequence[str], renames: Mapping[str, str]) -> list[str]:
    """The options under their new names; those that come to the same name become one."""
    return list(dict.fromkeys(renames.get(option, option) for option in options))


def require_options(definition: Definition, pointer: str) -> None:
    """Raise `Invalid` for a select without options, and for options of what is none."""
    if definition.kind in WITH_OPTIONS and not definition.options:
        raise Invalid.at(pointer, "Give the options to choose from.")
    if definition.kind not in WITH_OPTIONS and definition.options:
        raise Invalid.at(pointer, f"Only {' and '.join(WITH_OPTIONS)} have options; this field is a {definition.kind}.")


def _number(value: Any, pointer: str, _options: Sequence[str]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid.at(pointer, "This must be a number, without quotes, or null for none.")
    if not abs(value) <= _NUMBER_MAX:  # nor is a value that is no number
        raise Invalid.at(pointer, f"This must be a number from {-_NUMBER_MAX:,.0f} to {_NUMBER_MAX:,.0f}.")
    return round(float(value), _DECIMALS) + 0.0  # no negative zero


def _day(value: Any, pointer: str, _options: Sequence[str]) -> str:
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise Invalid.at(pointer, "Write a day as YYYY-MM-DD, such as 2026-11-30, or null for none.") from None
    require_usual_year(day.year, pointer)
    return day.isoformat()


def _choice(value: Any, pointer: str, options: Sequence[str]) -> str:
    if value not in options:
        raise Invalid.at(pointer, _choose(options))
    return str(value)


def _choices(value: Any, pointer: str, options: Sequence[str]) -> list[str] | None:
    if not isinstance(value, list) or len(value) > OPTION_LIMIT:
        raise Invalid.at(pointer, f"This must be a list of at most {OPTION_LIMIT} options.")
    unknown = [index for index, each in enumerate(value) if each not in options]
    gather([Problem(f"{pointer}/{index}", _choose(options)) for index in unknown])
    return [option for option in options if option in value] or None


def _choose(options: Sequence[str]) -> str:
    more = ", …" if len(options) > _OPTIONS_NAMED else ""
    return f"This must be one of: {', '.join(options[:_OPTIONS_NAMED])}{more}."


def _url(value: Any, pointer: str, _options: Sequence[str]) -> str:
    text = value.strip() if isinstance(value, str) else ""
    found = _URL.fullmatch(text)
    if found is None or not _has_host(text):
        raise Invalid.at(pointer, "Write an address that begins with http:// or https://, or null for none.")
    return clean_line(found[1].lower() + found[2], pointer, limit=_URL_LENGTH)


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


_CLEANERS: dict[str, Callable[[Any, str, Sequence[str]], Any]] = {
    "text": lambda value, pointer, _options: clean_line(value, pointer, limit=_TEXT_LENGTH),
    "number": _number,
    "date": _day,
    "select": _choice,
    "multi_select": _choices,
    "person": lambda value, pointer, _options: clean_id(value, pointer),
    "url": _url,
    "checkbox": lambda value, pointer, _options: clean_boolean(value, pointer),
}
