"""The values of a comparison, as SQL about an expression: texts, numbers and dates."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from tasktracker.domain.filter_language.nodes import (
    Anything,
    Comparison,
    Date,
    Nothing,
    Number,
    Operator,
    Range,
    Value,
    Word,
)
from tasktracker.services.queries.filters.condition import Build, all_of, any_of

SIGNS = {Operator.BELOW: "<", Operator.AT_MOST: "<=", Operator.ABOVE: ">", Operator.AT_LEAST: ">="}


def with_empty(comparison: Comparison, is_empty: str, rest: Callable[[Comparison], str]) -> str:
    """`none` and `any` among the values by `is_empty`, the others by `rest`."""
    parts = [f"(NOT {is_empty})" for value in comparison.values if isinstance(value, Anything)]
    parts += [is_empty for value in comparison.values if isinstance(value, Nothing)]
    others = tuple(value for value in comparison.values if not isinstance(value, Anything | Nothing))
    return any_of([*parts, rest(replace(comparison, values=others))] if others else parts)


def texts(values: Iterable[Value]) -> list[str]:
    """The words among the values."""
    return [value.text for value in values if isinstance(value, Word)]


def lower_texts(build: Build, values: Iterable[Value]) -> str:
    """The words among the values in lower case, by PostgreSQL's own idea of it: an array."""
    return f"ARRAY(SELECT lower(word) FROM unnest({build.param(texts(values), 'text[]')}) word)"


def holds_text(build: Build, place: str, comparison: Comparison) -> str:
    """Whether the text at `place` (never null) holds one of the values, or with `=` is one.

    One by one: an index of parts of words is asked for no array of them.
    """
    if comparison.operator is Operator.EXACT:
        return f"lower({place}) = ANY({lower_texts(build, comparison.values)})"
    patterns = [containing(word) for word in texts(comparison.values)]
    return any_of([f"{place} ILIKE {build.param(pattern, 'text')}" for pattern in patterns])


def containing(word: str) -> str:
    """A pattern of LIKE for what holds the word, whatever signs are in it."""
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return f"%{word}%"


def compares(build: Build, place: str, kind: str, comparison: Comparison, of: Callable[[Any], Any]) -> str:
    """Whether the value at `place` (never null), an SQL `kind`, is as compared; `of` makes a parameter of a value."""
    if sign := SIGNS.get(comparison.operator):
        return f"{place} {sign} {build.param(of(comparison.values[0]), kind)}"
    single = [of(value) for value in comparison.values if not isinstance(value, Range)]
    parts = [f"{place} = ANY({build.param(single, f'{kind}[]')})"] if single else []
    for each in comparison.values:
        if isinstance(each, Range):
            ends = ((">=", each.low), ("<=", each.high))
            parts.append(all_of([f"{place} {sign} {build.param(of(end), kind)}" for sign, end in ends if end]))
    return any_of(parts)


def number(value: Number) -> Decimal:
    return value.value


class End(NamedTuple):
    """Where a stretch of time begins or ends: a moment, and the day that counts for what has no time."""

    moment: datetime
    day: date


class Bounds(NamedTuple):
    """From `low` up to `high`, without it; None is an open end."""

    low: End | None
    high: End | None


def bounds(build: Build, comparison: Comparison) -> list[Bounds]:
    """What the dates of a comparison mean: a moment or a day has to lie within one of them. Raises FilterProblem."""
    return [_bounds(build, comparison.operator, value) for value in comparison.values]


def _bounds(build: Build, operator: Operator, value: Value) -> Bounds:
    match operator, value:
        case Operator.BELOW, Date():
            return Bounds(None, _start(build, value))
        case Operator.AT_MOST, Date():
            return Bounds(None, _end(build, value))
        case Operator.ABOVE, Date():
            return Bounds(_end(build, value), None)
        case Operator.AT_LEAST, Date():
            return Bounds(_start(build, value), None)
        case _, Range():
            return Bounds(_start(build, value.low), _end(build, value.high))
        case _:
            return Bounds(_start(build, value), _end(build, value))


def _start(build: Build, value: Any) -> End | None:
    if value is None:
        return None
    interval = build.interval(value)
    return End(interval.start, interval.first_day)


def _end(build: Build, value: Any) -> End | None:
    if value is None:
        return None
    interval = build.interval(value)
    return End(interval.end, interval.day_after)


def moment_within(build: Build, place: str, within: Bounds) -> str:
    """Whether the moment at `place` (never null) lies within the bounds."""
    low, high = (end and end.moment for end in within)
    return _within(build, place, "timestamptz", low, high)


def day_within(build: Build, place: str, within: Bounds) -> str:
    """Whether the day at `place` (never null) lies within the bounds."""
    low, high = (end and end.day for end in within)
    return _within(build, place, "date", low, high)


def day_text_within(build: Build, place: str, within: Bounds) -> str:
    """The same for a day that is a text, such as 2026-11-30."""
    low, high = (end and end.day.isoformat() for end in within)
    return _within(build, f'({place}) COLLATE "C"', "text", low, high)


def key_within(build: Build, place: str, within: Bounds) -> str:
    """What `start_key` or `due_key` must be if the bounds are to hold: what an index can find.

    The key of a moment is the moment, that of a day its end in UTC.
    """
    low, high = within
    parts = []
    if low:
        parts.append(f"{place} >= {build.param(min(low.moment, _midnight(low.day) + _DAY), 'timestamptz')}")
    if high:
        parts.append(f"{place} <= {build.param(max(high.moment, _midnight(high.day)), 'timestamptz')}")
    return all_of(parts)


def _within(build: Build, place: str, kind: str, low: Any, high: Any) -> str:
    parts = [] if low is None else [f"{place} >= {build.param(low, kind)}"]
    return all_of(parts if high is None else [*parts, f"{place} < {build.param(high, kind)}"])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


_DAY = timedelta(days=1)
