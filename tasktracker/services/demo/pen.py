"""What a story is written with: steps, the people who take them, and chance.

Times are working minutes (`WorkingTime`).
"""

from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from tasktracker.services.demo.blueprints import Blueprint
from tasktracker.services.demo.outline import Card
from tasktracker.services.demo.working_time import WEEK, WorkingTime

BACKLOG, PLANNED, DOING, REVIEW, DONE = "Backlog", "To do", "In progress", "In review", "Done"
SET_UP = 12.0
"""Minutes that the lead needs for labels, limits and members before the first task."""


class Step(NamedTuple):
    """One command. `card` is the task's index in the outline, and so is `before` among the fields of a move."""

    minute: float
    who: str
    action: str
    card: int
    fields: Mapping[str, Any]


class Pen:
    """Writes down the steps of one project, in any order."""

    def __init__(self, blueprint: Blueprint, time: WorkingTime, random: Random) -> None:
        self.lead, self.makers = blueprint.lead, blueprint.makers
        self.time, self.random = time, random
        self.now = time.length
        self.steps: list[Step] = []

    def created_before(self, taken: float) -> float:
        """Most tasks are written down a few days before somebody takes them; the first ones in the first hours."""
        created = taken - max(20.0, self.random.expovariate(1 / WEEK))
        return created if created > SET_UP else self.between(SET_UP, taken, 0.05, 0.6)

    def author(self, card: Card) -> str:
        likely = [card.who or self.lead, card.who or self.lead, self.lead, self.random.choice(self.makers)]
        return self.random.choice(likely)

    def colleague(self, card: Card) -> str:
        return self.random.choice([maker for maker in self.makers if maker != card.who])

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def between(self, begin: float, end: float, low: float, high: float) -> float:
        return begin + (end - begin) * self.random.uniform(low, high)

    def last(self, card: Card) -> float:
        return max(step.minute for step in self.steps if step.card == card.index)

    def step(self, minute: float, who: str, action: str, card: Card, **fields: Any) -> None:
        self.steps.append(Step(minute, who, action, card.index, fields))
