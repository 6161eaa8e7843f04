"""The days and times of a line, put together: when the task is due, and how it comes back."""

from datetime import date, time, timedelta

from tasktracker.domain.quick_add.interface import Context
from tasktracker.domain.quick_add.phrases import When
from tasktracker.domain.quick_add.repeats import without_gaps
from tasktracker.domain.recurrence import Recurrence, first_due
from tasktracker.domain.task_fields import moment_text

_MIDNIGHT = time(0)
_ONE_DAY = timedelta(days=1)


def value_of(when: When, context: Context) -> str | None:
    """A day (2026-11-30), or a moment in UTC (2026-11-30T16:00:00Z). A time alone is the next one on the clock.

    The midnight of today is the one that is still to come.
    """
    day, clock = when.day, when.clock
    if clock is None:
        return day.isoformat() if day else None
    if day is None:
        day = context.today if context.at(context.today, clock) >= context.now else context.today + _ONE_DAY
    elif clock == _MIDNIGHT and day == context.today:
        day += _ONE_DAY
    return moment_text(context.at(day, clock))


def schedule(when: When, recurrence: Recurrence | None, context: Context) -> tuple[str | None, Recurrence | None]:
    """The due date, and the recurrence as it is counted from there; without a day, it is the recurrence's first one."""
    if recurrence is None:
        return value_of(when, context), None
    day = when.day or _first(recurrence, when.clock, context)
    return value_of(When(day, when.clock), context), without_gaps(recurrence, day) if day else recurrence


def _first(recurrence: Recurrence, clock: time | None, context: Context) -> date | None:
    """Today, if it fits and its time has not passed, or the first day after it that fits."""
    day = first_due(recurrence, on_or_after=context.today)
    if day and clock is not None and context.at(day, clock) < context.now:
        return first_due(recurrence, on_or_after=context.today + _ONE_DAY)
    return day
