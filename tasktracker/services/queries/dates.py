"""Dates that people write in words, read as whoever asks means them."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.quick_add import Context, read_date
from tasktracker.domain.regional import is_day_first
from tasktracker.services.access import read_in_workspace
from tasktracker.services.clock import now
from tasktracker.services.queries.filters.clocks import learn

_REGION = """(SELECT json_build_array(a.time_zone, a.locale) FROM account a
    WHERE a.id = member.account_id)::text AS region"""


@dataclass(frozen=True, slots=True)
class DateReading:
    """A text, and the day (2026-11-30) or the moment (2026-11-30T16:00:00Z) that it says; None if it says none."""

    text: str
    date: str | None


async def read_dates(actor: Actor, texts: Sequence[str]) -> list[DateReading]:
    """The dates that the texts say, each a date by itself, in the asker's time zone and order of day and month.

    Raises NotSignedIn.
    """
    row = await read_in_workspace(actor, _REGION)
    zone, locale = orjson.loads(row["region"])
    clock = learn(actor.account_id, [zone, locale])
    context = Context(now=now(), zone=clock.zone, day_first=is_day_first(locale), first_weekday=clock.first_weekday)
    return [DateReading(text, read_date(text, context)) for text in texts]
