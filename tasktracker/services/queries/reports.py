"""Reports of a project: how its tasks flow, how long they take, what is left, and what is finished.

Each is one statement over the project's log or its tasks, however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.reports import DURATIONS, Finished, clean_span, first_of_week, ideal_line, in_weeks
from tasktracker.domain.weeks import first_weekday
from tasktracker.services.access import read_in_project
from tasktracker.services.clock import now
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition
from tasktracker.services.queries.report_sql import BURNDOWN, CYCLE_TIME, FLOW, THROUGHPUT
from tasktracker.services.queries.rows import typed
from tasktracker.services.report_views import (
    BurndownDay,
    BurndownReport,
    CycleTimeReport,
    Duration,
    FinishedTask,
    FlowDay,
    FlowReport,
    Spread,
    ThroughputReport,
    ThroughputWeek,
)

Span = tuple[date | None, date | None]
_FIRST_PARAMETER = 8


async def flow(
    actor: Actor, key: str, query: str = "", *, first: date | None = None, last: date | None = None
) -> FlowReport:
    """How many tasks each group of columns held at the end of each day. Raises NotFound, Invalid, FilterProblem."""
    read = await _read(actor, key, FLOW, query, (first, last))
    _before, *known = (FlowDay(**{**each, "day": date.fromisoformat(each["day"])}) for each in read["days"])
    return FlowReport(**_face(read), days=known)


async def burndown(
    actor: Actor, key: str, query: str = "", *, first: date | None = None, last: date | None = None
) -> BurndownReport:
    """What was open at the end of each day, beside an ideal line to none. Raises NotFound, Invalid, FilterProblem."""
    read = await _read(actor, key, BURNDOWN, query, (first, last))
    face = _face(read)
    start, *known = read["days"]
    days = list(_burnt(face["first"], face["last"], start, known))
    return BurndownReport(**face, start_tasks=start["tasks"], start_estimate=start["estimate"], days=days)


async def cycle_time(
    actor: Actor, key: str, query: str = "", *, first: date | None = None, last: date | None = None
) -> CycleTimeReport:
    """How long the tasks took that were finished in these days. Raises NotFound, Invalid, FilterProblem."""
    read = await _read(actor, key, CYCLE_TIME, query, (first, last))
    return CycleTimeReport(
        **_face(read),
        lead=Spread(**read["lead"]),
        cycle=Spread(**read["cycle"]),
        distribution=list(_distribution(read["bars"])),
        tasks=[FinishedTask(**typed(each)) for each in read["tasks"]],
    )


async def throughput(
    actor: Actor, key: str, query: str = "", *, first: date | None = None, last: date | None = None
) -> ThroughputReport:
    """How many tasks were finished in each week. Raises NotFound, Invalid, FilterProblem."""
    read = await _read(actor, key, THROUGHPUT, query, (first, last))
    face, weekday = _face(read), first_weekday(read["locale"])
    finished = {date.fromisoformat(day): Finished(tasks, estimate) for day, tasks, estimate in read["finished"]}
    until = min(face["last"], date.fromisoformat(read["today"]))
    weeks = in_weeks(finished, face["first"], until, weekday)
    face["first"] = first_of_week(face["first"], weekday)
    return ThroughputReport(**face, weeks=[ThroughputWeek(week, each.tasks, each.estimate) for week, each in weeks])


async def _read(actor: Actor, key: str, select: str, query: str, span: Span) -> dict[str, Any]:
    at = now()
    days = clean_span(*span, at.astimezone(UTC).date())

    async def statement(made: Condition) -> tuple[Facts, dict[str, Any]]:
        join = "JOIN" if query.strip() else "LEFT JOIN"  # with no filter, what has left counts until then
        sql = select.replace("{join}", join).replace("{fits}", made.sql).replace("{facts}", facts_of(made))
        row = await read_in_project(actor, key, f"({sql})::text AS report", *days, at, *made.params)
        report = orjson.loads(row["report"])
        return report["facts"], report

    try:
        return await ask(actor, key, parse(query), statement, first_parameter=_FIRST_PARAMETER)
    except FilterProblem as problem:
        raise problem.at_pointer("/query/filter") from None


def _face(read: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(read[name]) for name in ("first", "last")}
    return {**days, "time_zone": read["time_zone"]}


def _burnt(
    first: date, last: date, start: Mapping[str, Any], known: Sequence[Mapping[str, Any]]
) -> Iterator[BurndownDay]:
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    ideal = zip(ideal_line(start["tasks"], len(days)), ideal_line(start["estimate"], len(days)), strict=True)
    for index, (day, (tasks, estimate)) in enumerate(zip(days, ideal, strict=True)):
        there = known[index] if index < len(known) else {"tasks": None, "estimate": None}
        yield BurndownDay(day, there["tasks"], there["estimate"], tasks, estimate)


def _distribution(bars: Sequence[Mapping[str, int]]) -> Iterator[Duration]:
    counts = {bar["place"]: bar for bar in bars}
    for place, (begin, end) in enumerate(zip((0, *DURATIONS), (*DURATIONS, None), strict=True)):
        bar = counts.get(place, {"lead": 0, "cycle": 0})
        yield Duration(begin, end, bar["lead"], bar["cycle"])
