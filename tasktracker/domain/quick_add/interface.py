"""What the language is given, and what it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from tasktracker.domain.calendar import FIRST_YEAR, LAST_YEAR
from tasktracker.domain.recurrence import moment

Kind = Literal[
    "priority", "assignee", "project", "label", "column", "estimate", "start", "due", "time", "recurrence",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who writes, where and when, and the names that the markers may use.

    `now` is aware, in any zone; days are those of `zone`. `first_weekday` is 0 for Monday to 6 for Sunday. `people`
    maps handles to ids, and `names` handles to full names. `projects` are keys; `labels` and `columns` are names.
    """

    now: datetime
    zone: ZoneInfo
    day_first: bool = True
    first_weekday: int = 0
    people: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    projects: Collection[str] = ()
    labels: Collection[str] = ()
    columns: Collection[str] = ()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """The moment, in UTC, when the clock of the zone shows that time on that day."""
        return moment(day, clock, self.zone)


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the line that was understood: `text == line[start:end]`, and its JSON value.

    `rivals` are the places in the line where something stands that would count if this did not.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Any
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAdd:
    """A task as its line describes it, in the JSON values of a task's fields; None where the line says nothing.

    `due` and `start` are a day (2026-11-30) or a moment in UTC (2026-11-30T16:00:00Z). `project` is a key; `labels` and
    `column` are names as the context spells them. `chips` stand in the order of the line.
    """

    title: str
    priority: str | None = None
    assignee_ids: tuple[str, ...] = ()
    project: str | None = None
    labels: tuple[str, ...] = ()
    column: str | None = None
    due: str | None = None
    start: str | None = None
    estimate: float | None = None
    recurrence: dict[str, str] | None = None
    chips: tuple[Chip, ...] = ()


def in_calendar(day: date) -> bool:
    """Whether the day may stand in a task, as a moment in UTC too."""
    return date(FIRST_YEAR, 1, 1) < day < date(LAST_YEAR, 12, 31)
