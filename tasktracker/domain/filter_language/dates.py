"""Dates in a filter: which there are, and when they are.

Every date is an interval of instants, from its start up to its end, in the time zone of whoever asks: a day from its
midnight to the next one, whatever the clocks did between. A field `is` a date inside it, lies `<` it before its
start, `<=` it before its end, `>` it at its end or later, `>=` it at its start or later.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasktracker.domain.calendar import FIRST_YEAR, LAST_YEAR
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.nodes import Date, Span
from tasktracker.domain.filter_language.wording import closest, shown

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = tuple(
    f"{which}-{unit}" for unit in ("week", "month", "quarter", "year") for which in ("this", "next", "last")
)
WORDS = ("today", "tomorrow", "yesterday", "now", *PERIODS, *WEEKDAYS)

_DAYS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_AHEAD = re.compile(r"([+-]\d{1,6})([hdwmy])", re.ASCII)

_INSTANT = timedelta(microseconds=1)
"""The finest difference that the database keeps: how long `now` lasts."""

_RELATIVE_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

Days = tuple[date, date]
"""The first day, and the day after the last one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Instants in UTC from `start` up to `end`, and the days in the asker's time zone that they touch.

    The days go from `first_day` up to `day_after`: what they compare with is a date that has no time.
    """

    start: datetime
    end: datetime
    first_day: date
    day_after: date


def read_date(text: str, span: Span) -> Date:
    """The date in its one form. Raises FilterProblem if it is none, or none between the years 1900 and 2999."""
    form = text.upper() if _MOMENT.fullmatch(text.upper()) else text.lower()
    if _DAYS.fullmatch(form) or _MOMENT.fullmatch(form):
        _check_calendar(form, span)
    elif not (_AHEAD.fullmatch(form) or form in WORDS):
        detail = f"“{shown(text)}” is no date. Write one such as 2026-11-30, 2026-11, today, +7d, next-week or monday."
        raise FilterProblem(detail, *span, suggestion=_near(form))
    return Date(form, span)


def resolve_date(value: Date, *, now: datetime, zone: ZoneInfo, first_weekday: int = 0) -> Interval:
    """When a date is for somebody in `zone` who asks at `now` (aware), with weeks that begin on `first_weekday`.

    Monday is 0, as for `date.weekday`. Raises FilterProblem if it is not between the years 1900 and 2999.
    """
    try:
        interval = _resolve(value.text, now, zone, first_weekday)
    except OverflowError:
        raise _out_of_range(value.span) from None
    last_day = max(interval.first_day, interval.day_after - timedelta(days=1))
    if interval.first_day.year < FIRST_YEAR or last_day.year > LAST_YEAR:
        raise _out_of_range(value.span)
    return interval


def _resolve(text: str, now: datetime, zone: ZoneInfo, first_weekday: int) -> Interval:
    if found := _MOMENT.fullmatch(text):
        return _moment(text, timedelta(seconds=1 if found[1] else 60), zone)
    ahead = _AHEAD.fullmatch(text)
    if text == "now" or (ahead and ahead[2] == "h"):
        hours = timedelta(hours=int(ahead[1])) if ahead else timedelta()
        start = now.astimezone(UTC) + hours
        return _between(start, start + _INSTANT, zone)
    first_day, day_after = _days(text, now.astimezone(zone).date(), first_weekday)
    return Interval(_midnight(first_day, zone), _midnight(day_after, zone), first_day, day_after)


def _moment(text: str, length: timedelta, zone: ZoneInfo) -> Interval:
    """A time without an offset is local; where clocks are set back over it, the first of the two."""
    written = datetime.fromisoformat(text)
    start = (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)
    return _between(start, start + length, zone)


def _between(start: datetime, end: datetime, zone: ZoneInfo) -> Interval:
    last = (end - _INSTANT).astimezone(zone).date()
    return Interval(start, end, start.astimezone(zone).date(), last + timedelta(days=1))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins: where its midnight is skipped, when the clocks were set on."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _days(text: str, today: date, first_weekday: int) -> Days:
    if found := _DAYS.fullmatch(text):
        year, month, day = (None if part is None else int(part) for part in found.groups())
        return _calendar_days(year or 0, month, day)
    if found := _AHEAD.fullmatch(text):
        return _one_day(_STEPS[found[2]](today, int(found[1])))
    if text in _RELATIVE_DAYS:
        return _one_day(today + timedelta(days=_RELATIVE_DAYS[text]))
    if text in WEEKDAYS:
        return _one_day(today + timedelta(days=(WEEKDAYS.index(text) - today.weekday()) % 7))
    which, _, unit = text.partition("-")
    return _period(unit, _SHIFTS[which], today, first_weekday)


def _calendar_days(year: int, month: int | None, day: int | None) -> Days:
    if day is not None:
        return _one_day(date(year, month or 0, day))
    first = date(year, 1 if month is None else month, 1)
    return first, _months_on(first, 12 if month is None else 1)


def _one_day(day: date) -> Days:
    return day, day + timedelta(days=1)


def _period(unit: str, shift: int, today: date, first_weekday: int) -> Days:
    """The week, month, quarter or year that today is in, or one before or after it."""
    if unit == "week":
        first = today - timedelta(days=(today.weekday() - first_weekday) % 7) + timedelta(weeks=shift)
        return first, first + timedelta(weeks=1)
    months = _MONTHS[unit]
    this = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    first = _months_on(this, shift * months)
    return first, _months_on(first, months)


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last day if it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year < LAST_YEAR + 2:
        raise OverflowError
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_STEPS: dict[str, Callable[[date, int], date]] = {
    "d": lambda day, count: day + timedelta(days=count),
    "w": lambda day, count: day + timedelta(weeks=count),
    "m": _months_on,
    "y": lambda day, count: _months_on(day, 12 * count),
}


def _check_calendar(form: str, span: Span) -> None:
    if not FIRST_YEAR <= int(form[:4]) <= LAST_YEAR:
        raise _out_of_range(span)
    try:
        _ = _days(form, date.min, 0) if _DAYS.fullmatch(form) else datetime.fromisoformat(form)
    except ValueError:
        raise FilterProblem(f"No calendar and no clock has “{form}”.", *span) from None


def _near(form: str) -> str | None:
    return f"+{form}" if _AHEAD.fullmatch(f"+{form}") else closest(form, WORDS)


def _out_of_range(span: Span) -> FilterProblem:
    return FilterProblem(f"Choose a date between the years {FIRST_YEAR} and {LAST_YEAR}.", *span)
