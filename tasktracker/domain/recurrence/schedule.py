"""When a task comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasktracker.domain.recurrence.days import first_day
from tasktracker.domain.recurrence.recurrence import Recurrence
from tasktracker.domain.recurrence.rule import Rule


def next_due(
    recurrence: Recurrence, *, due: date | datetime | None, completed_at: datetime, zone: ZoneInfo
) -> date | datetime | None:
    """When the task is due again that was completed at that (aware) moment; None if it is over.

    From the due date: the rhythm counted from `due`, strictly after it, and not before the day of completion in `zone`.
    From completion, or without a due date: the rule counted from the day of completion, strictly after it.
    A `due` with a time (aware) keeps its time on the clock in `zone`, and the answer is in UTC.
    """
    rule = recurrence.parsed()
    done_on = completed_at.astimezone(zone).date()
    clock = due.astimezone(zone).time() if isinstance(due, datetime) else None
    due_on = due.astimezone(zone).date() if isinstance(due, datetime) else due
    start = due_on if due_on is not None and recurrence.anchor == "due" else done_on
    if rule.count == 1:
        return None
    day = first_day(rule, start=start, lowest=max(start + timedelta(days=1), done_on))
    again = day if day is None or clock is None else moment(day, clock, zone)
    return None if again is None or _is_past(rule, again, zone) else again


def first_due(recurrence: Recurrence, *, on_or_after: date) -> date | None:
    """The day when a task that gets this recurrence and no due date is due first: the first one that fits."""
    rule = recurrence.parsed()
    day = first_day(replace(rule, interval=1), start=on_or_after, lowest=on_or_after)
    return None if day is None or _is_past(rule, day, ZoneInfo("UTC")) else day


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clock in `zone` shows that time.

    Of the two in an hour that autumn repeats it is the first. A time in the hour that spring leaves out moves on by it.
    """
    return datetime.combine(day, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _is_past(rule: Rule, again: date | datetime, zone: ZoneInfo) -> bool:
    if rule.until is None:
        return False
    if isinstance(rule.until, datetime) and isinstance(again, datetime):
        return again > rule.until
    return _day_of(again, zone) > _day_of(rule.until, zone)


def _day_of(value: date | datetime, zone: ZoneInfo) -> date:
    return value.astimezone(zone).date() if isinstance(value, datetime) else value
