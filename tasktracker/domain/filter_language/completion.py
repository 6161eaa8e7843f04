"""What could be written next, at the place where somebody is writing a filter. The text may be broken anywhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from tasktracker.domain.filter_language import dates
from tasktracker.domain.filter_language.fields import CUSTOM_PREFIX, FIELDS, Field, Kind
from tasktracker.domain.filter_language.formatting import bare_or_quoted, person
from tasktracker.domain.filter_language.values import ANY, ME, NONE

OPTION_LIMIT = 50
"""Options that one completion offers."""

KEYWORDS = ("OR", "AND", "NOT")

# All of these see the text up to the cursor: a quote that is still open there ends there.
_QUOTED = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
_TERM = re.compile(rf'(?:{_QUOTED}|[^\s()"])+', re.DOTALL)
_FIELD = re.compile(r"-*([^\W\d_][\w.-]*):(<=|>=|<|>|=)?")
_VALUE = re.compile(rf'(?P<gap>,|\.\.)|(?P<value>(?:{_QUOTED}|(?!\.\.)[^,"])+)', re.DOTALL)
_OPEN = re.compile(r'"(?:[^"\\]|\\.)*\\?', re.DOTALL)

# These see the text from the cursor on: what an option takes the place of.
_REST_OF_NAME = re.compile(r"[\w.-]*:?")
_REST_OF_VALUE = re.compile(r'(?:(?!\.\.)[^\s,()"])*')
_REST_OF_QUOTED = re.compile(r'(?:[^":]*[^":\s])?"|[^\s,()"]*')

_AHEAD = re.compile(r"[+-]\d{1,6}", re.ASCII)


class OptionKind(StrEnum):
    FIELD = "field"
    KEYWORD = "keyword"
    WORD = "word"
    PERSON = "person"
    LABEL = "label"
    COLUMN = "column"
    PROJECT = "project"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Option:
    """`text` is what would be written, `label` what to show for it."""

    text: str
    label: str
    kind: OptionKind


@dataclass(frozen=True, slots=True)
class Completion:
    """Each option may take the place of the characters from `start` up to `end`."""

    start: int
    end: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The beginning of a name or value that ends at the cursor; of a value, also its field.

    `may_be_empty` says that `none` and `any` would mean something here. `taken` are the values before it in its list.
    """

    start: int
    end: int
    begun: str
    field: str = ""
    may_be_empty: bool = False
    taken: frozenset[str] = frozenset()


def complete(
    text: str,
    cursor: int,
    *,
    people: Iterable[str],
    labels: Iterable[str],
    columns: Iterable[str],
    projects: Iterable[str],
    custom_fields: Mapping[str, Iterable[str]],
) -> Completion:
    """The options at the cursor, those that begin as what is written there first.

    `people` are handles, `projects` keys; `custom_fields` gives for each key the choices that the field has, if any.
    """
    place = _place(text, max(0, min(cursor, len(text))))
    if place.field:
        named = {"label": labels, "column": columns, "project": projects, **_custom(custom_fields)}
        options = _values(place, people, named)
    else:
        options = _names(place, custom_fields)
    there = text[place.start : place.end]
    fitting = (option for option in _fitting(list(options), place) if option.text != there)
    return Completion(place.start, place.end, tuple(islice(fitting, OPTION_LIMIT)))


def _place(text: str, cursor: int) -> _Place:
    head = text[:cursor]
    start = next((found.start() for found in _TERM.finditer(head) if found.end() == cursor), cursor)
    if field := _FIELD.match(head, start):
        return _place_of_value(text, head, field)
    begun = head[start:].lstrip("-")
    return _Place(cursor - len(begun), _end(_REST_OF_NAME, text, cursor), begun)


def _place_of_value(text: str, head: str, field: re.Match[str]) -> _Place:
    parts = list(_VALUE.finditer(head, field.end()))
    written = parts.pop().group() if parts and parts[-1].lastgroup == "value" else ""
    rest = _REST_OF_QUOTED if _OPEN.fullmatch(written) else _REST_OF_VALUE
    is_range = bool(parts) and parts[-1].group() == ".."
    return _Place(
        start=len(head) - len(written),
        end=_end(rest, text, len(head)),
        begun=written,
        field=field[1].lower(),
        may_be_empty=not (field[2] or is_range or written.startswith(('"', "@"))),
        taken=frozenset(_key(each.group()) for each in parts if each.lastgroup == "value"),
    )


def _names(place: _Place, custom_fields: Iterable[str]) -> Iterator[Option]:
    if place.begun.startswith('"'):
        return
    for name in (*FIELDS, *_custom(dict.fromkeys(custom_fields, ()))):
        yield Option(f"{name}:", name, OptionKind.FIELD)
    if place.begun:
        yield from (Option(word, word, OptionKind.KEYWORD) for word in KEYWORDS)


def _values(place: _Place, people: Iterable[str], named: Mapping[str, Iterable[str]]) -> Iterator[Option]:
    field = _field(place.field)
    if field is None:
        return
    yield from (Option(choice, choice, OptionKind.WORD) for choice in field.choices)
    if field.kind is Kind.PERSON:
        yield Option(ME, ME, OptionKind.PERSON)
        yield from (Option(person(each), f"@{each}", OptionKind.PERSON) for each in people)
    if field.kind is Kind.DATE:
        yield from (Option(word, word, OptionKind.DATE) for word in _dates(place.begun))
    kind = _KINDS.get(field.name, OptionKind.WORD)
    yield from (Option(bare_or_quoted(name, NONE, ANY), name, kind) for name in named.get(field.name, ()))
    if field.may_be_empty and place.may_be_empty:
        yield from (Option(word, word, OptionKind.WORD) for word in (NONE, ANY))


def _field(name: str) -> Field | None:
    if name.startswith(CUSTOM_PREFIX):
        return Field(name, Kind.CUSTOM, may_be_empty=True)
    return FIELDS.get(name)


def _dates(begun: str) -> Iterable[str]:
    return [begun + unit for unit in "dwmyh"] if _AHEAD.fullmatch(begun) else dates.WORDS


def _fitting(options: list[Option], place: _Place) -> Iterator[Option]:
    """The options that begin as what is begun, and then those that hold it elsewhere, if that is not just a letter."""
    begun = _key(place.begun)
    free = [(option, key) for option in options if (key := _key(option.label)) not in place.taken]
    yield from (option for option, key in free if key.startswith(begun))
    if len(begun) > 1:
        yield from (option for option, key in free if begun in key and not key.startswith(begun))


def _key(written: str) -> str:
    """What two ways to write the same name have in common."""
    return written.strip('"').removeprefix("@").replace("\\", "").lower()


def _custom(fields: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    return {CUSTOM_PREFIX + key: choices for key, choices in fields.items()}


def _end(pattern: re.Pattern[str], text: str, cursor: int) -> int:
    found = pattern.match(text, cursor)
    return found.end() if found else cursor


_KINDS = {"label": OptionKind.LABEL, "column": OptionKind.COLUMN, "project": OptionKind.PROJECT}
