"""Dates in words."""

from typing import Annotated, Any

from fastapi import Query

from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.routing import api_router
from tasktracker.services.queries import dates as queries
from tasktracker.services.queries.dates import DateReading

router = api_router("Tasks")
_READINGS: list[dict[str, Any]] = [
    {"text": "tomorrow 17:00", "date": "2026-11-24T16:00:00Z"},
    {"text": "next friday", "date": "2026-12-04"},
    {"text": "soon", "date": None},
]


@router.get("/dates", summary="Read dates in words", responses=answers(_READINGS))
async def read_dates(
    actor: SignedIn,
    text: Annotated[
        list[Annotated[str, Query(max_length=100)]],
        Query(min_length=1, max_length=20, description="A date by itself; up to 20.", examples=[["tomorrow 17:00"]]),
    ],
) -> list[DateReading]:
    """The day, or the moment, that each text says, in your time zone; null for one that says none.

    The words are those of quick add: `tomorrow`, `next friday 9:00`, `in 2 weeks`, `30 nov`. A task takes such a date
    as its `due` or `start`.
    """
    return await queries.read_dates(actor, text)
