"""A recurrence in English, short enough for a chip or a line of the history."""

from collections.abc import Iterable, Sequence
from datetime import date

from tasktracker.domain.recurrence.recurrence import Recurrence
from tasktracker.domain.recurrence.rule import EVERY_DAY, WORKDAYS, Days, Rule

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_TEENS = (11, 12, 13)
_NOUNS: dict[Days, str] = {WORKDAYS: "weekday", EVERY_DAY: "day"}


def describe(recurrence: Recurrence) -> str:
    """Such as "every 2 weeks on Monday", "every month on the last day, 5 times, counted from completion"."""
    rule = recurrence.parsed()
    often = f"{_how_often(rule)}{_months(rule)}{_days(rule)}"
    parts = ["every weekday" if often == "every week on weekdays" else often, *_end(rule)]
    if recurrence.anchor == "completion":
        parts.append("counted from completion")
    return ", ".join(parts)


def _how_often(rule: Rule) -> str:
    unit = _UNITS[rule.frequency]
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _months(rule: Rule) -> str:
    return f" in {_and(_MONTHS[month - 1] for month in rule.by_month)}" if rule.by_month else ""


def _days(rule: Rule) -> str:
    numbered = [_nth(day, "day") if day < 0 else f"the {_ordinal(day)}" for day in rule.by_month_day]
    if rule.by_position:
        chosen = _and(_position(position) for position in rule.by_position)
        return f" on {chosen}{_among(rule, numbered)}"
    if numbered and rule.by_day:
        return f" on {_and(numbered)} if it falls on {_and(_weekdays(rule.by_day, 'a weekday'), 'or')}"
    days = numbered or _weekdays(rule.by_day, "weekdays")
    return f" on {_and(days)}" if days else ""


def _among(rule: Rule, numbered: list[str]) -> str:
    """What BYSETPOS chooses among."""
    if not numbered and rule.by_day in _NOUNS:
        return f" {_NOUNS[rule.by_day]}"
    among = [_and(days) for days in (numbered, _weekdays(rule.by_day, "weekdays")) if days]
    return f" of {' that are '.join(among)}" if among else " day"


def _weekdays(days: Days, workdays: str) -> list[str]:
    if days == WORKDAYS:
        return [workdays]
    return [_nth(ordinal, _WEEKDAYS[weekday]) if ordinal else _WEEKDAYS[weekday] for ordinal, weekday in days]


def _end(rule: Rule) -> Iterable[str]:
    if rule.count is not None:
        yield "once" if rule.count == 1 else f"{rule.count:,} times"
    if rule.until is not None:
        yield f"until {_date(rule.until)}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _nth(number: int, noun: str) -> str:
    return f"{_position(number)} {noun}"


def _position(number: int) -> str:
    """1 is the 1st, -1 the last, -2 the 2nd to last."""
    if number > 0:
        return f"the {_ordinal(number)}"
    return "the last" if number == -1 else f"the {_ordinal(-number)} to last"


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in _TEENS else _SUFFIXES.get(number % 10, 'th')}"


def _and(words: Iterable[str], conjunction: str = "and") -> str:
    listed: Sequence[str] = list(words)
    if len(listed) < 2:  # noqa: PLR2004  one word needs no conjunction
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {conjunction} {listed[-1]}"
