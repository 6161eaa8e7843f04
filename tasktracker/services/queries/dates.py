"""Dates that people write in words, read as whoever asks means them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.quick_add import Context, read_date
from tasktracker.domain.regional import is_day_first
from tasktracker.services.access import read_in_workspace
from tasktracker.services.clock import now
from tasktracker.services.queries.filters.clocks import CLOCK, learn


@dataclass(frozen=True, slots=True)
class DateReading:
    """A text, and the day (2026-11-30) or the moment (2026-11-30T16:00:00Z) that it says; None if it says none."""

    text: str
    date: str | None


async def read_dates(actor: Actor, texts: Sequence[str]) -> list[DateReading]:
    """The dates that the texts say, each a date by itself, in the asker's time zone and order of day and month.

    Raises NotSignedIn.
    """
    row = await read_in_workspace(actor, f"{CLOCK}::text AS clock")
    context = context_of(actor.account_id, orjson.loads(row["clock"]), now())
    return [DateReading(text, read_date(text, context)) for text in texts]


def context_of(account_id: UUID, clock: Sequence[str], at: datetime, **names: Any) -> Context:
    """What somebody means by dates that they write at that moment (`clock`: as `CLOCK`), and by these names."""
    zone, locale = clock
    known = learn(account_id, [zone, locale])
    day_first = is_day_first(locale)
    return Context(now=at, zone=known.zone, day_first=day_first, first_weekday=known.first_weekday, **names)
