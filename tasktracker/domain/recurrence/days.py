"""The days of a rule. The work is bounded whatever the rule says: see `first_day`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

from dateutil import rrule

from tasktracker.domain.calendar import LAST_YEAR
from tasktracker.domain.recurrence.rule import EVERY_DAY, Rule

_PROBES = 400
"""Days that fit a rule but for its INTERVAL, looked at before the rule counts as over."""

_LAST_28_YEARS = date(9972, 1, 1)
"""The calendar's end: 28 years hold every kind of year, and dateutil, which knows no other bound, stops after them."""

_ONE = frozenset({1, -1})


def first_day(rule: Rule, *, start: date, lowest: date) -> date | None:
    """The first day of the rule, counted from `start`, on or after `lowest`; COUNT and UNTIL are the caller's.

    dateutil finds the days as if INTERVAL were 1, beginning where they are wanted, so that it neither walks there from
    `start` nor searches long: days of such a rule are at most 40 years apart. Whether a day's period is one that
    INTERVAL keeps is arithmetic. None if there is no such day up to `LAST_YEAR`, or none among the first 400 days.
    """
    rule = _complete(rule, start)
    if never_occurs(rule):
        return None
    number, first = _PERIODS[rule.frequency]
    for _ in range(_PROBES):
        day = _any_day(rule, lowest)
        if day.year > LAST_YEAR:
            return None
        behind = (number(rule, day) - number(rule, start)) % rule.interval
        if not behind:
            return day
        lowest = first(rule, number(rule, day) + rule.interval - behind)
    return None


@lru_cache(maxsize=1024)
def never_occurs(rule: Rule) -> bool:
    """Whether no day of any year fits the rule."""
    if rule.frequency == "DAILY" and rule.by_position and _ONE.isdisjoint(rule.by_position):
        return True
    return next(iter(_days(rule, _LAST_28_YEARS)), None) is None


def _complete(rule: Rule, start: date) -> Rule:
    """The rule with what it leaves to its start (RFC 5545): the weekday, the day of the month, the month."""
    if rule.by_month_day or rule.by_day:
        return rule
    match rule.frequency:
        case "DAILY":
            return replace(rule, by_day=EVERY_DAY)
        case "WEEKLY":
            return replace(rule, by_day=((0, start.weekday()),))
        case "MONTHLY":
            return replace(rule, by_month_day=(start.day,))
        case _:
            return replace(rule, by_month_day=(start.day,), by_month=rule.by_month or (start.month,))


def _any_day(rule: Rule, lowest: date) -> date:
    """The first day on or after `lowest` that fits, INTERVAL aside."""
    number, first = _PERIODS[rule.frequency]
    return next(day for day in _days(rule, first(rule, number(rule, lowest))) if day >= lowest)


def _days(rule: Rule, first: date) -> Iterator[date]:
    """The days that fit, INTERVAL aside, from `first` on; with BYSETPOS, `first` has to begin a period."""
    daily = rule.frequency == "DAILY"
    moments = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(first, time.min),
        wkst=rule.week_start,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byweekday=[_weekday(*day) for day in rule.by_day or (EVERY_DAY if daily else ())] or None,
        bysetpos=None if daily else rule.by_position or None,
    )
    return (each.date() for each in moments)


def _weekday(ordinal: int, weekday: int) -> rrule.weekday:
    return rrule.weekday(weekday, ordinal or None)


_FREQUENCIES: dict[str, Literal[0, 1, 2]] = {
    # A day fits by itself or not, so months may be asked for what fits: ten times faster than day by day.
    "DAILY": rrule.MONTHLY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}

_PERIODS: dict[str, tuple[Callable[[Rule, date], int], Callable[[Rule, int], date]]] = {
    "DAILY": (lambda _, day: day.toordinal(), lambda _, number: date.fromordinal(number)),
    "WEEKLY": (
        lambda rule, day: (day.toordinal() - 1 - rule.week_start) // 7,
        lambda rule, number: date.fromordinal(number * 7 + 1 + rule.week_start),
    ),
    "MONTHLY": (
        lambda _, day: day.year * 12 + day.month - 1,
        lambda _, number: date(number // 12, number % 12 + 1, 1),
    ),
    "YEARLY": (lambda _, day: day.year, lambda _, number: date(number, 1, 1)),
}
"""By frequency: the number of the period that a day lies in, and the first day of a period."""
