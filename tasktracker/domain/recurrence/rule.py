"""A recurrence rule as data, and as text in one canonical form (RFC 5545, section 3.3.10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""In the order of `date.weekday()`."""

Days = tuple[tuple[int, int], ...]
"""Pairs of an ordinal (2 for the second, -1 for the last, 0 for every one) and a weekday (0 for Monday)."""

WORKDAYS: Days = tuple((0, weekday) for weekday in range(5))
EVERY_DAY: Days = tuple((0, weekday) for weekday in range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an RRULE says. Empty tuples stand for parts that are not given.

    `until` is the last day, or the last moment (aware), that may be an occurrence.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: Days = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        """The rule as RRULE text: the parts in one order, without those that only repeat a default."""
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": "" if self.interval == 1 else str(self.interval),
            "COUNT": "" if self.count is None else str(self.count),
            "UNTIL": _until_text(self.until),
            "BYMONTH": _list_text(self.by_month),
            "BYMONTHDAY": _list_text(self.by_month_day),
            "BYDAY": ",".join(f"{ordinal or ''}{WEEKDAYS[weekday]}" for ordinal, weekday in self.by_day),
            "BYSETPOS": _list_text(self.by_position),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    @property
    def names_days(self) -> bool:
        """Whether the rule itself says which days of its period it means; otherwise the start says it."""
        return bool(self.by_month or self.by_month_day or self.by_day)


def _list_text(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))


def _until_text(until: date | datetime | None) -> str:
    if isinstance(until, datetime):
        return until.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return until.strftime("%Y%m%d") if until else ""
