"""How long tasks are thought to take: when work on them begins, and how many points they were given."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tasktracker.services.demo.facts import Facts
from tasktracker.services.demo.schedule import Span
from tasktracker.services.demo.working_time import WorkingTime, workday_before

_POINTS = {1: 20, 2: 25, 3: 25, 5: 20, 8: 10}
"""Of a hundred tasks that were estimated."""
_ESTIMATED, _PLANNED = 2 / 3, 7 / 8
"""How many of the tasks have points, and how many of those with a date begin on a day that somebody set."""


class Planner:
    """Draws the plans of a project's tasks, from chance of its own: what else is told does not change with them."""

    def __init__(self, time: WorkingTime, random: Random) -> None:
        self._time, self._random = time, random

    def plan(self, facts: Facts, span: Span | None) -> Facts:
        """The facts with a start for what has a date or is under way, and points for most."""
        points = self._random.choices(tuple(_POINTS), tuple(_POINTS.values()))[0]
        estimate = points if self._random.random() < _ESTIMATED else None
        return replace(facts, start=self._start(facts.due, span), estimate=estimate)

    def _start(self, due: date | None, span: Span | None) -> date | None:
        days, is_planned = self._random.randint(2, 9), self._random.random() < _PLANNED
        if span:
            taken = self._time.day_of(span.taken)
            is_told = span.finished is None or due is not None
            return taken if is_told and (due is None or taken <= due) else None
        return workday_before(due - timedelta(days=days)) if due and is_planned else None
