"""What is set on a task besides its words: who has it, how much it matters, when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tasktracker.services.demo.outline import Card, Fate
from tasktracker.services.demo.schedule import Span
from tasktracker.services.demo.working_time import WorkingTime, next_workday

_DUE = {
    Fate.DOING: (0, 4, -2, None, 1),
    Fate.REVIEW: (1, 3),
    Fate.PLANNED: (2, None, -3, 1, None, 6, 0, None, 9, None, -8, 14, None, 4, None, 21, None),
    Fate.BACKLOG: (None, None, 45, None, None, None, None, 20, None, None, None, None, 70, None),
}
"""Days from today, in turn: some overdue, some today and tomorrow, most later, many without a date."""
_SOON = 5
"""Days up to which a due date is as it stands above; later ones are scattered."""
_PRIORITIES = {"none": 55, "medium": 31, "low": 9, "high": 5}
"""Of a hundred tasks whose priority the outline leaves open. What is urgent, it says."""


@dataclass(frozen=True, slots=True)
class Facts:
    assignees: tuple[str, ...]
    priority: str
    due: date | None
    start: date | None = None
    estimate: int | None = None


class FactFinder:
    """Draws the facts of a project's tasks."""

    def __init__(self, makers: Sequence[str], time: WorkingTime, random: Random) -> None:
        self._makers, self._time, self._random = makers, time, random
        self._turn = {fate: random.randrange(len(days)) for fate, days in _DUE.items()}

    def facts(self, card: Card, span: Span | None) -> Facts:
        """Everything about one task."""
        return Facts(self._assignees(card), card.priority or self._priority(), self._due(card, span))

    def _assignees(self, card: Card) -> tuple[str, ...]:
        if not card.who or (card.fate is Fate.BACKLOG and self._chance(0.5)):
            return ()
        second = self._random.choice(self._makers)
        return (card.who, second) if second != card.who and self._chance(0.2) else (card.who,)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _priority(self) -> str:
        return self._random.choices(tuple(_PRIORITIES), tuple(_PRIORITIES.values()))[0]

    def _due(self, card: Card, span: Span | None) -> date | None:
        if span and span.finished is not None:
            day = self._time.day_of(span.finished) + timedelta(days=self._random.randint(-2, 4))
            return next_workday(day) if self._chance(0.4) else None
        if card.fate not in _DUE:
            return None
        days = _DUE[card.fate]
        self._turn[card.fate] += 1
        offset = days[self._turn[card.fate] % len(days)]
        if offset is None:
            return None
        return self._time.workday(offset if offset < _SOON else offset + self._random.randint(0, 4))
