"""From what stands behind a field's colon to values of the field's type."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tasktracker.domain.errors import FilterProblem, Invalid, NotFound
from tasktracker.domain.filter_language.dates import read_date
from tasktracker.domain.filter_language.fields import ORDERED, Field, Kind
from tasktracker.domain.filter_language.nodes import (
    Anything,
    Comparison,
    Me,
    Nothing,
    Number,
    Operator,
    Person,
    Range,
    Raw,
    Reference,
    Single,
    Span,
    Value,
    Word,
)
from tasktracker.domain.filter_language.wording import closest, shown
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import clean_handle, is_key

NONE, ANY, ME = "none", "any", "me"
FLAGS = ("yes", "no")

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)


def as_kind(comparison: Comparison, kind: Kind, choices: tuple[str, ...] = ()) -> Comparison:
    """A comparison of a custom field, read as one of a field of that kind. Raises FilterProblem if it cannot be."""
    field = replace(comparison.field, kind=kind, choices=choices)
    return read_comparison(field, comparison.operator, comparison.values, comparison.span)


def read_comparison(field: Field, operator: Operator, values: tuple[Value, ...], span: Span) -> Comparison:
    """A comparison with each `Raw` among the values made one of the field's type. Raises FilterProblem."""
    if operator is Operator.EXACT and field.kind not in {Kind.TEXT, Kind.CUSTOM}:
        operator = Operator.IS
    _check_operator(field, operator, values)
    if operator is not Operator.IS:
        return Comparison(field, operator, tuple(_read(field, value) for value in values), span)
    return Comparison(field, operator, tuple(_read_or_empty(field, value) for value in values), span)


def _check_operator(field: Field, operator: Operator, values: tuple[Value, ...]) -> None:
    if operator in {Operator.IS, Operator.EXACT}:
        return
    start = values[0].span.start - len(operator)
    if field.kind not in ORDERED:
        detail = f"“{operator}” means nothing to “{field.name}”, which has no order. Write {field.name}:value."
        raise FilterProblem(detail, start, start + len(operator))
    if len(values) > 1:
        raise FilterProblem(f"“{operator}” takes one value. Leave the others out.", *values[1].span)
    if isinstance(values[0], Range):
        raise FilterProblem(f"Write either “{operator}” or a range, not both.", start, values[0].span.end)


def _read_or_empty(field: Field, value: Value) -> Value:
    if field.may_be_empty and isinstance(value, Raw) and not value.is_quoted:
        if value.text.lower() == NONE:
            return Nothing(value.span)
        if value.text.lower() == ANY:
            return Anything(value.span)
    return _read(field, value)


def _read(field: Field, value: Value) -> Value:
    match value:
        case Raw():
            return _READERS[field.kind](field, value)
        case Range():
            return _read_range(field, value)
        case _:
            return value


def _read_range(field: Field, written: Range) -> Range:
    if field.kind not in ORDERED:
        detail = f"“{field.name}” takes no range. Put a value that holds two dots into quotes."
        raise FilterProblem(detail, *written.span)
    low, high = (_read_end(field, end) for end in (written.low, written.high))
    if low and high and _rank(field, low) > _rank(field, high):
        raise FilterProblem("This range ends before it begins. Swap its ends.", *written.span)
    return Range(low, high, written.span)


def _read_end(field: Field, end: Single | None) -> Single | None:
    return _READERS[field.kind](field, end) if isinstance(end, Raw) else end


def _rank(field: Field, end: Single) -> Decimal | int:
    """What orders the ends of a range, where the text alone tells: when a date is depends on the day that one asks."""
    match end:
        case Number():
            return end.value
        case Word():
            return field.choices.index(end.text)
        case _:
            return 0


def _text(field: Field, raw: Raw) -> Word:  # noqa: ARG001 -- every reader takes the field
    return Word(raw.text, raw.span)


def _choice(field: Field, raw: Raw) -> Word:
    word = raw.text.lower()
    if word not in field.choices:
        detail = f"“{field.name}” is never “{shown(raw.text)}”. Use one of: {', '.join(field.choices)}."
        raise FilterProblem(detail, *raw.span, suggestion=closest(word, field.choices))
    return Word(word, raw.span)


def _flag(field: Field, raw: Raw) -> Word:
    return _choice(replace(field, choices=FLAGS), raw)


def _person(_field: Field, raw: Raw) -> Me | Person:
    if not raw.is_quoted and raw.text.lower().removeprefix("@") == ME:
        return Me(raw.span)
    try:
        return Person(clean_handle(raw.text.removeprefix("@"), ""), raw.span)
    except Invalid:
        detail = f"“{shown(raw.text)}” is no handle of a person. Write me, or a handle such as ana or @ana."
        raise FilterProblem(detail, *raw.span) from None


def _project(_field: Field, raw: Raw) -> Word:
    key = raw.text.upper()
    if not is_key(key):
        raise FilterProblem(f"“{shown(raw.text)}” is no key of a project. Write it as WEB.", *raw.span)
    return Word(key, raw.span)


def _task(_field: Field, raw: Raw) -> Reference:
    try:
        return Reference(TaskRef.parse(raw.text), raw.span)
    except NotFound:
        raise FilterProblem(f"“{shown(raw.text)}” names no task. Write it as WEB-12.", *raw.span) from None


def _number(_field: Field, raw: Raw) -> Number:
    if not _NUMBER.fullmatch(raw.text):
        detail = f"“{shown(raw.text)}” is no number. Write one such as 3 or 2.5."
        raise FilterProblem(detail, *raw.span)
    return Number(Decimal(raw.text), raw.span)


def _count(_field: Field, raw: Raw) -> Number:
    if not _COUNT.fullmatch(raw.text):
        detail = f"“{shown(raw.text)}” is no whole number. Write one such as 3, of at most nine digits."
        raise FilterProblem(detail, *raw.span)
    return Number(Decimal(raw.text), raw.span)


_READERS: dict[Kind, Callable[[Field, Raw], Single]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.CHOICE: _choice,
    Kind.RANK: _choice,
    Kind.FLAG: _flag,
    Kind.PERSON: _person,
    Kind.PROJECT: _project,
    Kind.TASK: _task,
    Kind.DATE: lambda _field, raw: read_date(raw.text, raw.span),
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.CUSTOM: lambda _field, raw: raw,
}
