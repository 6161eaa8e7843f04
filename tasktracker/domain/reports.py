"""What a report needs that no database knows: which days it may tell of, its weeks, and a burndown's ideal line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tasktracker.domain.calendar import FIRST_YEAR, LAST_YEAR
from tasktracker.domain.errors import Invalid

USUAL_DAYS = 90
"""Of a report that is not told its first day."""
DAYS_LIMIT = 1_100
"""Days of one report: three years."""
DURATIONS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
"""Where the bars of a distribution meet, in days. The first one begins at 0, and the last one has no end."""
TASKS_LIMIT = 500
"""Finished tasks that a report names one by one: the latest."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finished:
    """How many tasks were finished, and what they had been estimated at, together."""

    tasks: int = 0
    estimate: float = 0.0


def clean_span(first: date | None, last: date | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last day that are asked for; None is left to whoever knows the reader's own today.

    `today` is that of UTC. Raises Invalid.
    """
    for pointer, day in (("/query/first", first), ("/query/last", last)):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Invalid.at(pointer, f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.")
    if first is None:
        return last and last - (USUAL_DAYS - 1) * _DAY, last
    if last is None and first > today + _DAY:  # where the asker is, it may be tomorrow already
        raise Invalid.at("/query/first", "This day is not there yet. Name the last day, too.")
    if last is not None and last < first:
        raise Invalid.at("/query/last", "The last day is before the first one.")
    if ((last or today) - first).days >= DAYS_LIMIT:
        raise Invalid.at("/query/first", f"A report tells of at most {DAYS_LIMIT:,} days. Choose a later day.")
    return first, last


def first_of_week(day: date, first_weekday: int) -> date:
    """The day that the week began on; 0 is Monday."""
    return day - (day.weekday() - first_weekday) % 7 * _DAY


def in_weeks(
    finished: Mapping[date, Finished], first: date, last: date, first_weekday: int
) -> list[tuple[date, Finished]]:
    """What was finished in each week, by its first day, from the week of the first day to that of the last one."""
    begin = first_of_week(first, first_weekday)
    weeks = [begin + week * 7 * _DAY for week in range((last - begin).days // 7 + 1)]
    found = dict.fromkeys(weeks, Finished())
    for day, each in finished.items():
        if (week := first_of_week(day, first_weekday)) in found:
            had = found[week]
            found[week] = Finished(had.tasks + each.tasks, had.estimate + each.estimate)
    return list(found.items())


def ideal_line(start: float, days: int) -> list[float]:
    """What would be left at the end of each day if each day did the same part, and the last one the rest."""
    return [round(start * (days - day) / days, 2) for day in range(1, days + 1)]
