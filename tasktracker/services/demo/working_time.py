"""Working time: the minutes a team is at work, as one straight line that a story can be laid out on."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

DAYS = 90
OPENS = time(8)
"""UTC. Whoever lives elsewhere works early or late."""
DAY = 9.5 * 60
"""Minutes in a full working day."""
WEEK = 5 * DAY
_SATURDAY = 5


class WorkingTime:
    """The working days from 90 days ago until now. Minute 0 is the first morning, `length` is now at the latest."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)
        self.today = self.now.date()
        days = (self.today - timedelta(days=back) for back in range(DAYS, -1, -1))
        self._mornings = [datetime.combine(day, OPENS, UTC) for day in days if day.weekday() < _SATURDAY]
        lengths = [min(DAY, max(0.0, (now - morning).total_seconds() / 60)) for morning in self._mornings]
        self._starts = [0.0, *accumulate(lengths)]
        self.length = self._starts.pop()

    def at(self, minute: float) -> datetime:
        """The moment at that minute; before 0 is the time before the first morning, past the end is the end."""
        minute = min(minute, self.length)
        day = max(0, bisect_right(self._starts, minute) - 1)
        while day and self._starts[day] >= self.length:  # today, before the doors open
            day -= 1
        return min(self.now, self._mornings[day] + timedelta(minutes=minute - self._starts[day]))

    def day_of(self, minute: float) -> date:
        """The calendar day at that minute."""
        return self.at(minute).date()

    def workday(self, days_from_today: int) -> date:
        """The day that many days from today, or the Monday after it; today and tomorrow stay what they are."""
        day = self.today + timedelta(days=days_from_today)
        return day if days_from_today in (0, 1) else next_workday(day)


def workday_before(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def next_workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
