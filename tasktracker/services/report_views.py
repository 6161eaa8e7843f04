"""What reports answer. Days are those of the reader's time zone, which is named.

docs/reference/reports.md says what counts where.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FlowDay:
    """How many tasks each group of columns held at the end of a day."""

    day: date
    backlog: int
    unstarted: int
    started: int
    done: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class FlowReport:
    """From day to day, up to today at the latest."""

    first: date
    last: date
    time_zone: str
    days: list[FlowDay]


@dataclass(frozen=True, slots=True)
class BurndownDay:
    """What was open at the end of a day, None of one to come; and what the ideal line leaves."""

    day: date
    tasks: int | None
    estimate: float | None
    ideal_tasks: float
    ideal_estimate: float


@dataclass(frozen=True, slots=True)
class BurndownReport:
    """`start_…` is what was open when the first day began, where the ideal line begins."""

    first: date
    last: date
    time_zone: str
    start_tasks: int
    start_estimate: float
    days: list[BurndownDay]


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations in days: of how many tasks, and what half, 85 % and 95 % of them did not exceed."""

    tasks: int
    p50: float | None
    p85: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Duration:
    """How many tasks took from so many days to less than so many; None has no end."""

    from_days: int
    to_days: int | None
    lead: int
    cycle: int


@dataclass(frozen=True, slots=True)
class FinishedTask:
    """A task that was finished: when it was made, started and completed, and its days from either to the last."""

    id: UUID
    ref: str
    title: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime
    lead: float
    cycle: float | None


@dataclass(frozen=True, slots=True)
class CycleTimeReport:
    """`tasks` are the latest ones; everything else counts all that were finished in these days."""

    first: date
    last: date
    time_zone: str
    lead: Spread
    cycle: Spread
    distribution: list[Duration]
    tasks: list[FinishedTask]


@dataclass(frozen=True, slots=True)
class ThroughputWeek:
    """How many tasks were finished in the week that begins on that day, and their estimates together."""

    week: date
    tasks: int
    estimate: float


@dataclass(frozen=True, slots=True)
class ThroughputReport:
    """Whole weeks: the first one is that of the first day."""

    first: date
    last: date
    time_zone: str
    weeks: list[ThroughputWeek]
