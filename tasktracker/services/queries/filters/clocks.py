"""What "today" is for whoever asks.

Dates of a filter are made moments before the statement that asks for tasks is sent, and the same statement says in
which time zone the asker is. So it is asked with what was so at the last time, and again only if that has changed.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasktracker.domain.weeks import first_weekday
from tasktracker.services.queries.filters.condition import ME, UTC

CLOCK = f"(SELECT json_build_array(a.time_zone, a.locale) FROM account a WHERE a.id = {ME})"
"""SQL for what `learn` takes."""

_KEPT = 10_000
"""People whose clocks a process knows."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A person's time zone and the first day of their week (0 is Monday)."""

    zone: ZoneInfo = UTC
    first_weekday: int = 0


_known: OrderedDict[UUID, Clock] = OrderedDict()


def clock_of(account_id: UUID) -> Clock:
    """The person's clock, as far as this process knows."""
    return _known.get(account_id, Clock())


def learn(account_id: UUID, row: list[Any] | None) -> Clock:
    """The person's clock, by what the database says."""
    clock = Clock() if row is None else Clock(_zone(row[0]), first_weekday(row[1]))
    _known[account_id] = clock
    _known.move_to_end(account_id)
    if len(_known) > _KEPT:
        _known.popitem(last=False)
    return clock


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
