"""Reports of a small project whose every number can be counted by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem, Invalid, NotFound
from tasktracker.models import Account
from tasktracker.services import columns, purge, tasks, undo
from tasktracker.services.clock import time_is
from tasktracker.services.queries import reports
from tasktracker.services.relocation import transfer_task
from tests.factories import Team, make_team, second_project
from tests.services.outcomes import outcome_of

_PRIORITIES = ("priority:high", "priority:low")


def when(day: int, hour: int = 12) -> datetime:
    """In March 2026, which begins on a Sunday."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def march(day: int) -> date:
    return date(2026, 3, day)


class Play:
    """A team whose project was made on 1 March."""

    def __init__(self, team: Team) -> None:
        self.team = team

    async def create(self, at: datetime, column: str = "To do", **fields: Any) -> int:
        with time_is(at):
            return (await self.team.task(column=column, **fields)).number

    async def move(self, at: datetime, number: int, column: str) -> None:
        column_id = str(self.team.columns[column].id)
        await self.do(at, tasks.edit_task, number, {"column_id": column_id})

    async def do(self, at: datetime, command: Any, number: int, *args: Any) -> None:
        with time_is(at):
            await command(self.team.owner, self.team.ref(number), *args)

    async def ask(self, report: Any, first: int, last: int, query: str = "", actor: Actor | None = None) -> Any:
        with time_is(when(20)):
            return await report(actor or self.team.owner, self.team.key, query, first=march(first), last=march(last))

    async def counts(self, day: int, query: str = "") -> tuple[int, ...]:
        """At the end of a day: backlog, unstarted, started, done, cancelled."""
        [row] = (await self.ask(reports.flow, day, day, query)).days
        return row.backlog, row.unstarted, row.started, row.done, row.cancelled


@pytest.fixture
async def play() -> Play:
    with time_is(when(1, 8)):
        team = await make_team()
    return Play(team)


async def test_a_task_counts_in_the_group_where_each_day_ends(play: Play) -> None:
    number = await play.create(when(2), "Backlog")
    await play.move(when(3), number, "In progress")
    await play.move(when(3, 13), number, "Done")
    await play.move(when(3, 14), number, "In review")
    await play.move(when(5), number, "Done")
    await play.move(when(6), number, "To do")
    found = (await play.ask(reports.flow, 1, 7)).days
    assert [row.day for row in found] == [march(day) for day in range(1, 8)]
    assert [(row.backlog, row.unstarted, row.started, row.done) for row in found] == [
        *((0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0)),
        *((0, 0, 0, 1), (0, 1, 0, 0), (0, 1, 0, 0)),
    ]


async def test_the_days_before_the_first_one_are_in_its_count(play: Play) -> None:
    await play.create(when(2))
    await play.create(when(3), "Done")
    assert await play.counts(9) == (0, 1, 0, 1, 0)


async def test_what_is_in_the_trash_counts_nowhere_until_it_is_restored(play: Play) -> None:
    number = await play.create(when(2))
    await play.do(when(3), tasks.trash_task, number)
    await play.do(when(5), tasks.restore_task, number)
    assert [await play.counts(day) for day in (2, 3, 4, 5)] == [(0, 1, 0, 0, 0), (0,) * 5, (0,) * 5, (0, 1, 0, 0, 0)]


async def test_the_archive_keeps_what_is_done_counted_and_nothing_else(play: Play) -> None:
    done, open_ = await play.create(when(2), "Done"), await play.create(when(2), "To do")
    for number in (done, open_):
        await play.do(when(3), tasks.archive_task, number)
    await play.do(when(5), tasks.unarchive_task, open_)
    assert [await play.counts(day) for day in (2, 3, 5)] == [(0, 1, 0, 1, 0), (0, 0, 0, 1, 0), (0, 1, 0, 1, 0)]


async def test_a_task_that_goes_to_another_project_leaves_one_flow_and_enters_the_other(play: Play) -> None:
    number = await play.create(when(2), "In progress")
    with time_is(when(1)):
        there = Play(await second_project(play.team))
    with time_is(when(4)):
        await transfer_task(play.team.owner, play.team.ref(number), there.team.key)
    assert [await play.counts(day) for day in (3, 4)] == [(0, 0, 1, 0, 0), (0,) * 5]
    assert [await there.counts(day) for day in (3, 4)] == [(0,) * 5, (0, 0, 1, 0, 0)]
    await there.move(when(8), 1, "Done")
    [task] = (await there.ask(reports.cycle_time, 1, 10)).tasks
    assert (task.ref, task.lead, task.cycle) == (f"{there.team.key}-1", 6.0, 6.0)
    assert (await play.ask(reports.cycle_time, 1, 10)).lead.tasks == 0
    with time_is(when(9)):
        await transfer_task(play.team.owner, there.team.ref(1), play.team.key)
    assert [await play.counts(day) for day in (8, 9)] == [(0,) * 5, (0, 0, 0, 1, 0)]


async def test_what_was_archived_in_one_project_is_so_in_the_other(play: Play) -> None:
    parent = await play.create(when(2))
    child = await play.create(when(2), parent=str(play.team.ref(parent)))
    await play.do(when(3), tasks.archive_task, child)
    with time_is(when(1)):
        there = Play(await second_project(play.team))
    with time_is(when(4)):
        await transfer_task(play.team.owner, play.team.ref(parent), there.team.key)
    assert await there.counts(5) == (0, 1, 0, 0, 0)


async def test_a_purged_task_is_gone_from_the_past_too(play: Play) -> None:
    await play.create(when(2))
    number = await play.create(when(2))
    await play.do(when(3), tasks.trash_task, number)
    assert await play.counts(2) == (0, 2, 0, 0, 0)
    await play.do(when(4), purge.purge_task, number)
    assert await play.counts(2) == (0, 1, 0, 0, 0)


async def test_columns_count_as_what_they_mean_today_and_deleted_ones_as_what_they_meant_last(play: Play) -> None:
    team = play.team
    number = await play.create(when(2), "In review")
    to_do, review = team.columns["To do"].id, team.columns["In review"].id
    with time_is(when(4)):
        await columns.delete_column(team.owner, team.key, review, move_to=to_do)
    assert [await play.counts(day) for day in (3, 4)] == [(0, 0, 1, 0, 0), (0, 1, 0, 0, 0)]
    await play.move(when(6), number, "Done")
    assert (await play.ask(reports.cycle_time, 1, 10)).tasks[0].cycle == 4.0
    with time_is(when(7)):
        await columns.edit_column(team.owner, team.key, to_do, {"category": "backlog"})
    assert await play.counts(4) == (1, 0, 0, 0, 0)


async def test_what_was_undone_counts_until_then(play: Play) -> None:
    number = await play.create(when(2))
    await play.move(when(3), number, "Done")
    with time_is(when(5)):
        await undo.undo_last(play.team.owner, play.team.key)
    assert [await play.counts(day) for day in (3, 4, 5)] == [(0, 0, 0, 1, 0), (0, 0, 0, 1, 0), (0, 1, 0, 0, 0)]


async def test_days_end_where_the_reader_is(play: Play) -> None:
    await play.create(when(2, 22))
    tokyo = await play.team.person(time_zone="Asia/Tokyo")
    report = await play.ask(reports.flow, 2, 3, actor=tokyo)
    assert ([row.unstarted for row in report.days], report.time_zone) == ([0, 1], "Asia/Tokyo")
    assert await play.counts(2) == (0, 1, 0, 0, 0)


async def test_no_day_to_come_is_told_and_the_last_ninety_unless_asked(play: Play) -> None:
    with time_is(when(20)):
        report = await reports.flow(play.team.owner, play.team.key)
    assert (report.first, report.last, len(report.days)) == (date(2025, 12, 21), march(20), 90)
    assert [row.day for row in (await play.ask(reports.flow, 19, 25)).days] == [march(19), march(20)]
    assert (await play.ask(reports.flow, 22, 25)).days == []


async def test_a_filter_is_about_tasks_as_they_are_today(play: Play) -> None:
    high, low = await play.create(when(2), priority="high"), await play.create(when(2), priority="low")
    assert await play.counts(3, "priority:high") == (0, 1, 0, 0, 0)
    await play.do(when(9), tasks.edit_task, low, {"priority": "high"})
    assert await play.counts(3, "priority:high") == (0, 2, 0, 0, 0)
    await play.move(when(10), high, "Done")
    assert (await play.ask(reports.burndown, 3, 10, "priority:low")).days[0].tasks == 0
    assert [(await play.ask(reports.cycle_time, 1, 20, query)).lead.tasks for query in _PRIORITIES] == [1, 0]
    assert [(await play.ask(reports.throughput, 9, 15, query)).weeks[0].tasks for query in _PRIORITIES] == [1, 0]


async def test_a_burndown_tells_what_is_open_and_its_estimate_as_it_was(play: Play) -> None:
    first, second = await play.create(when(2), estimate=5), await play.create(when(2), estimate=3)
    await play.create(when(2))
    await play.move(when(4), first, "Done")
    await play.do(when(5), tasks.edit_task, second, {"estimate": 8})
    await play.do(when(5), tasks.edit_task, first, {"estimate": 1})
    await play.move(when(6), first, "In progress")
    await play.do(when(7), tasks.edit_task, second, {"estimate": None})
    report = await play.ask(reports.burndown, 3, 7)
    assert (report.start_tasks, report.start_estimate) == (3, 8.0)
    assert [(row.tasks, row.estimate) for row in report.days] == [(3, 8.0), (2, 3.0), (2, 8.0), (3, 9.0), (3, 1.0)]
    assert [row.ideal_tasks for row in report.days] == [2.4, 1.8, 1.2, 0.6, 0.0]
    assert [row.ideal_estimate for row in report.days] == [6.4, 4.8, 3.2, 1.6, 0.0]


async def test_an_estimate_goes_to_the_trash_and_to_another_project_with_its_task(play: Play) -> None:
    thrown, carried = await play.create(when(2), estimate=5), await play.create(when(2), estimate=0.1)
    await play.create(when(2), estimate=0.2)
    await play.do(when(3), tasks.trash_task, thrown)
    with time_is(when(1)):
        there = Play(await second_project(play.team))
    with time_is(when(4)):
        await transfer_task(play.team.owner, play.team.ref(carried), there.team.key)
    here = await play.ask(reports.burndown, 2, 4)
    assert [(row.tasks, row.estimate) for row in here.days] == [(3, 5.3), (2, 0.3), (1, 0.2)]
    assert (await there.ask(reports.burndown, 4, 4)).days[0].estimate == 0.1


async def test_an_ideal_line_goes_on_where_nothing_is_known_yet(play: Play) -> None:
    await play.create(when(2))
    report = await play.ask(reports.burndown, 19, 22)
    assert [(row.tasks, row.ideal_tasks) for row in report.days] == [(1, 0.75), (1, 0.5), (None, 0.25), (None, 0.0)]
    report = await play.ask(reports.burndown, 23, 24)
    assert (report.start_tasks, [(row.tasks, row.ideal_tasks) for row in report.days]) == (
        1,
        [(None, 0.5), (None, 0.0)],
    )


async def test_lead_begins_when_a_task_is_made_and_cycle_when_it_is_first_started(play: Play) -> None:
    number = await play.create(when(2))
    await play.move(when(4), number, "In progress")
    await play.move(when(6), number, "Done")
    await play.move(when(7), number, "In progress")
    await play.move(when(10), number, "Done")
    report = await play.ask(reports.cycle_time, 1, 15)
    [task] = report.tasks
    assert (task.started_at, task.completed_at, task.lead, task.cycle) == (when(4), when(10), 8.0, 6.0)
    assert (await play.ask(reports.cycle_time, 6, 9)).tasks == []
    await play.move(when(12), number, "In review")
    assert (await play.ask(reports.cycle_time, 1, 15)).lead.tasks == 0


async def test_what_was_made_as_done_took_no_time_and_was_never_started(play: Play) -> None:
    await play.create(when(2), "Done")
    report = await play.ask(reports.cycle_time, 1, 15)
    assert (report.tasks[0].lead, report.tasks[0].cycle) == (0.0, None)
    assert (report.lead.tasks, report.cycle.tasks, report.cycle.p50) == (1, 0, None)


async def test_percentiles_are_what_that_part_of_the_tasks_did_not_exceed(play: Play) -> None:
    numbers = [await play.create(when(2), "In progress") for _ in range(10)]
    for days, number in enumerate(numbers, start=1):
        await play.move(when(2 + days), number, "Done")
    report = await play.ask(reports.cycle_time, 1, 15)
    assert (report.cycle.tasks, report.cycle.p50, report.cycle.p85, report.cycle.p95) == (10, 5.0, 9.0, 10.0)
    assert [(bar.from_days, bar.to_days, bar.cycle) for bar in report.distribution[:7]] == [
        *((0, 1, 0), (1, 2, 1), (2, 3, 1), (3, 5, 2), (5, 8, 3), (8, 13, 3), (13, 21, 0)),
    ]
    assert (len(report.distribution), report.distribution[-1].to_days) == (11, None)
    assert [task.cycle for task in report.tasks] == [float(days) for days in range(10, 0, -1)]


async def test_weeks_count_what_is_finished_and_not_thrown_away(play: Play) -> None:
    kept = [await play.create(when(day), "Done", estimate=2) for day in (2, 8, 9, 10)]
    await play.do(when(11), tasks.archive_task, kept[1])
    await play.do(when(11), tasks.trash_task, kept[2])
    report = await play.ask(reports.throughput, 4, 17)
    assert (report.first, report.last) == (march(2), march(17))
    assert [(week.week, week.tasks, week.estimate) for week in report.weeks] == [
        (march(2), 2, 4.0),
        (march(9), 1, 2.0),
        (march(16), 0, 0.0),
    ]
    await play.do(when(12), tasks.restore_task, kept[2])
    assert (await play.ask(reports.throughput, 9, 15)).weeks[0].tasks == 2


async def test_a_week_begins_as_it_does_where_the_reader_lives(play: Play) -> None:
    for day in (7, 8):
        await play.create(when(day), "Done")
    american = await play.team.person(locale="en-US")
    report = await play.ask(reports.throughput, 7, 8, actor=american)
    assert [(week.week, week.tasks) for week in report.weeks] == [(march(1), 1), (march(8), 1)]


@pytest.mark.parametrize("report", [reports.flow, reports.burndown, reports.cycle_time, reports.throughput])
async def test_reports_are_refused_to_whom_the_project_does_not_exist(play: Play, report: Any) -> None:
    guest = await play.team.person("guest")
    assert isinstance(await outcome_of(play.ask(report, 1, 5, actor=guest)), NotFound)
    assert isinstance(await outcome_of(play.ask(report, 5, 1)), Invalid)
    assert isinstance(await outcome_of(play.ask(report, 1, 5, "is:opn")), FilterProblem)
    await Account.filter(id=play.team.owner.account_id).update(time_zone="Pacific/Kiritimati")
    assert (await play.ask(report, 1, 5, "due:today OR -due:today")).time_zone == "Pacific/Kiritimati"
