"""Days as people write them: `tomorrow`, `next monday`, `in 2 weeks`, `30 nov`, `30/11`, `2026-11-30`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tasktracker.domain.quick_add.interface import Context, in_calendar

END = r"(?=[.,;:!]*(?!\S))"
"""A phrase ends where its last word ends, punctuation aside."""

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def _numbered(names: tuple[str, ...], first: int) -> dict[str, int]:
    """The number of each name, and of its first three letters."""
    return {name[:3]: number for number, name in enumerate(names, first)} | {
        name: number for number, name in enumerate(names, first)
    }


WEEKDAYS = _numbered(_WEEKDAY_NAMES, 0) | {"tues": 1, "thur": 3, "thurs": 3}
MONTHS = _numbered(_MONTH_NAMES, 1) | {"sept": 9}
WEEKDAY = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})"
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_ENGLISH_WORDS = {"wed", "sat", "sun"}
_ALWAYS = "24/7"


@dataclass(frozen=True, slots=True)
class Day:
    """`is_adjective`: before a noun it belongs to it ("Monday meeting"). `is_word`: by itself it is another word."""

    day: date
    end: int
    is_adjective: bool = False
    is_word: bool = False


def read_day(line: str, at: int, context: Context) -> Day | None:
    """The day that is written at that place."""
    for pattern, read in _FORMS:
        if found := pattern.match(line, at):
            day = read(found, context)
            if day and in_calendar(day):
                return Day(day, found.end(), pattern in _ADJECTIVES, found.group().lower() in _ENGLISH_WORDS)
    return None


def that_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def upcoming(month: int, day: int, today: date) -> date | None:
    """The next day of that month and number, today included; 29 February may be eight years away."""
    days = (that_day(year, month, day) for year in range(today.year, today.year + 9))
    return next((found for found in days if found and found >= today), None)


def _near(found: re.Match[str], context: Context) -> date:
    return context.today + timedelta(days=found[1].lower() == "tomorrow")


def _weekday(found: re.Match[str], context: Context) -> date:
    """After today; with "next", in the week after this one."""
    weekday, today = WEEKDAYS[found[2].lower()], context.today
    if (found[1] or "").lower() == "next":
        return _next_week(context) + timedelta(days=(weekday - context.first_weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _next_week(context: Context) -> date:
    return context.today + timedelta(days=7 - (context.today.weekday() - context.first_weekday) % 7)


def _period(found: re.Match[str], context: Context) -> date:
    """The first day of the next one."""
    match found[1].lower():
        case "week":
            return _next_week(context)
        case "month":
            return context.today.replace(day=1) + relativedelta(months=1)
        case _:
            return context.today.replace(month=1, day=1) + relativedelta(years=1)


def _from_now(found: re.Match[str], context: Context) -> date:
    number = int(found[1]) if found[1].isdigit() else 1
    match found[2].lower():
        case "day":
            return context.today + relativedelta(days=number)
        case "week":
            return context.today + relativedelta(weeks=number)
        case "month":
            return context.today + relativedelta(months=number)
        case _:
            return context.today + relativedelta(years=number)


def _with_month(found: re.Match[str], context: Context) -> date | None:
    parts = found.groupdict()
    month, day = MONTHS[parts["month"].lower()], int(parts["day"])
    return that_day(int(parts["year"]), month, day) if parts["year"] else upcoming(month, day, context.today)


def _iso(found: re.Match[str], _context: Context) -> date | None:
    return that_day(int(found[1]), int(found[2]), int(found[3]))


def _numeric(found: re.Match[str], context: Context) -> date | None:
    """In the order of the reader, and never in the other one."""
    day, month = (int(found[1]), int(found[2])) if context.day_first else (int(found[2]), int(found[1]))
    if found.group() == _ALWAYS:
        return None
    if not found[3]:
        return upcoming(month, day, context.today)
    return that_day(int(found[3]) + (_CENTURY if len(found[3]) == _SHORT_YEAR else 0), month, day)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?ai)(?:{pattern}){END}")


_CENTURY, _SHORT_YEAR = 2000, 2
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? +(?P<year>[0-9]{4}))?"

_NAMED = _form(rf"(?:(next|this) +)?({WEEKDAY})")
_NEXT = _form(r"next +(week|month|year)")
_ADJECTIVES = {_NAMED, _NEXT}

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], date | None]], ...] = (
    (_form(r"(today|tonight|tomorrow)"), _near),
    (_NAMED, _weekday),
    (_NEXT, _period),
    (_form(r"in +([0-9]{1,3}|an?|one) +(day|week|month|year)s?"), _from_now),
    (_form(rf"{_DAY} +(?P<month>{MONTH}){_YEAR}"), _with_month),
    (_form(rf"(?P<month>{MONTH}) +{_DAY}{_YEAR}"), _with_month),
    (_form(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), _iso),
    (_form(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?"), _numeric),
)
