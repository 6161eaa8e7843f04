"""The reports of a project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query

from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.listing import Filter
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.reports import DAYS_LIMIT, DURATIONS, USUAL_DAYS
from tasktracker.services.queries import reports as queries
from tasktracker.services.report_views import BurndownReport, CycleTimeReport, FlowReport, ThroughputReport

router = api_router("Reports")
_REPORTS = "/projects/{key:segment}/reports"
_FIRST = f"The first day, where you are; unless told, {USUAL_DAYS} days are shown. At most {DAYS_LIMIT:,} are."
_SPAN: dict[str, Any] = {"first": "2026-11-22", "last": "2026-11-23", "time_zone": "Europe/Madrid"}
_FLOW = {
    **_SPAN,
    "days": [
        {"day": "2026-11-22", "backlog": 12, "unstarted": 6, "started": 4, "done": 30, "cancelled": 2},
        {"day": "2026-11-23", "backlog": 11, "unstarted": 6, "started": 4, "done": 31, "cancelled": 2},
    ],
}
_BURNDOWN = {
    **_SPAN,
    "start_tasks": 22,
    "start_estimate": 40.0,
    "days": [
        {"day": "2026-11-22", "tasks": 22, "estimate": 40.0, "ideal_tasks": 11.0, "ideal_estimate": 20.0},
        {"day": "2026-11-23", "tasks": 21, "estimate": 37.5, "ideal_tasks": 0.0, "ideal_estimate": 0.0},
    ],
}
_SPREAD = {"tasks": 1, "p50": 5.25, "p85": 5.25, "p95": 5.25}
_CYCLE_TIME = {
    **_SPAN,
    "lead": _SPREAD,
    "cycle": {**_SPREAD, "p50": 2.5, "p85": 2.5, "p95": 2.5},
    "distribution": [
        {
            "from_days": begin,
            "to_days": end,
            "lead": int(begin <= 5.25 < (end or 6)),  # noqa: PLR2004  the spread above
            "cycle": int(begin <= 2.5 < (end or 6)),  # noqa: PLR2004  the spread above
        }
        for begin, end in zip((0, *DURATIONS), (*DURATIONS, None), strict=True)
    ],
    "tasks": [
        {
            "id": "019a5c22-7a40-7c3e-9b1d-2f60c1d5a001",
            "ref": "WEB-12",
            "title": "Fix the login",
            "created_at": "2026-11-18T09:00:00Z",
            "started_at": "2026-11-21T03:00:00Z",
            "completed_at": "2026-11-23T15:00:00Z",
            "lead": 5.25,
            "cycle": 2.5,
        }
    ],
}
_THROUGHPUT = {
    **_SPAN,
    "first": "2026-11-16",
    "weeks": [
        {"week": "2026-11-16", "tasks": 7, "estimate": 13.0},
        {"week": "2026-11-23", "tasks": 1, "estimate": 2.5},
    ],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What every report takes."""

    first: date | None
    last: date | None
    query: str

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the services take."""
        return {"query": self.query, "first": self.first, "last": self.last}


async def _asked(
    first: Annotated[date | None, Query(description=_FIRST, examples=["2026-11-01"])] = None,
    last: Annotated[date | None, Query(description="The last day; today unless told.", examples=["2026-11-30"])] = None,
    query: Filter = "",
) -> Asked:
    return Asked(first, last, query)


Report = Annotated[Asked, Depends(_asked)]


@router.get(f"{_REPORTS}/flow", summary="Read the cumulative flow", responses=answers(_FLOW, NOT_FOUND))
async def read_flow(key: Key, asked: Report, actor: SignedIn) -> FlowReport:
    """How many tasks each group of columns held at the end of each day, up to today.

    What is done stays counted in the archive, and nothing else does; what is in the trash does not count from the day
    on which it was thrown away. A filter is about the tasks of this project as they are today.
    """
    return await queries.flow(actor, key, **asked.arguments)


@router.get(f"{_REPORTS}/cycle-time", summary="Read cycle and lead times", responses=answers(_CYCLE_TIME, NOT_FOUND))
async def read_cycle_time(key: Key, asked: Report, actor: SignedIn) -> CycleTimeReport:
    """How many days the tasks took that were finished in these days and are done now.

    The lead time counts from when a task was made, the cycle time from when it was started first; both end when it was
    done last. A percentile is what such a part of the tasks did not exceed. The latest 500 tasks are named.
    """
    return await queries.cycle_time(actor, key, **asked.arguments)


@router.get(f"{_REPORTS}/burndown", summary="Read a burndown", responses=answers(_BURNDOWN, NOT_FOUND))
async def read_burndown(key: Key, asked: Report, actor: SignedIn) -> BurndownReport:
    """How many tasks were open at the end of each day, and their estimates together, beside an ideal line.

    The line leads from what was open when the first day began to nothing at the end of the last one, which may be a day
    to come. What is open at the end of such a day is null.
    """
    return await queries.burndown(actor, key, **asked.arguments)


@router.get(f"{_REPORTS}/throughput", summary="Read the throughput", responses=answers(_THROUGHPUT, NOT_FOUND))
async def read_throughput(key: Key, asked: Report, actor: SignedIn) -> ThroughputReport:
    """How many tasks were finished in each week, and their estimates together.

    Weeks are whole, but for the last one, and begin as they do where you live: `first` is the day on which the first of
    them begins.
    """
    return await queries.throughput(actor, key, **asked.arguments)
