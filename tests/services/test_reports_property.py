"""What reports tell of the past is what was there: whatever has been done, and however often it was taken back."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.models.database import connection
from tasktracker.services.clock import time_is
from tasktracker.services.queries import reports
from tasktracker.services.undo import undo_last
from tests.factories import Team
from tests.patience import sequences
from tests.services.play import COMMANDS, Args, Play

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COUNTS = """
    SELECT c.category, count(*) AS tasks, coalesce(sum(t.estimate), 0) AS estimate
    FROM task t JOIN board_column c ON c.id = t.column_id
    WHERE t.project_id = $1 AND t.trashed_at IS NULL
        AND (t.archived_at IS NULL OR c.category IN ('done', 'cancelled'))
    GROUP BY c.category
"""
GROUPS = ("backlog", "unstarted", "started", "done", "cancelled")
Counted = tuple[dict[str, int], float]


async def count(team: Team) -> Counted:
    """How many tasks each group has now, and what is estimated of the open ones."""
    rows = await connection().execute_query_dict(COUNTS, [team.project.id])
    counts = dict.fromkeys(GROUPS, 0) | {row["category"]: row["tasks"] for row in rows}
    return counts, sum(row["estimate"] for row in rows if row["category"] not in ("done", "cancelled"))


async def told(team: Team, days: int) -> list[Counted]:
    """The same of the end of each day, as the reports tell it."""
    first, last = BEGIN.date(), (BEGIN + (days - 1) * DAY).date()
    flow = await reports.flow(team.owner, team.key, first=first, last=last)
    burndown = await reports.burndown(team.owner, team.key, first=first, last=last)
    counts = [{group: getattr(day, group) for group in GROUPS} for day in flow.days]
    return list(zip(counts, [day.estimate or 0.0 for day in burndown.days], strict=True))


@sequences(10)
@given(st.lists(st.one_of(COMMANDS, st.just(("undo",))), min_size=3, max_size=20))
@example([("edit", 1, "estimate", 5), ("archive", 1), ("carry", 1, None), ("bring", 1, "Done"), ("undo",)])
@example([("move", 1, "Done", None, None), ("archive", 1), ("trash", 1), ("undo",), ("move", 1, "To do", None, None)])
async def test_every_day_is_told_as_it_ended(commands: list[Args]) -> None:
    with time_is(BEGIN):
        play = await Play.begin()
    play.does["undo"] = lambda: undo_last(play.team.owner, play.team.key)
    counted = [await count(play.team)]
    for days, command in enumerate(commands, start=1):
        with time_is(BEGIN + days * DAY):
            await play.do(command)
        counted.append(await count(play.team))
    with time_is(BEGIN + len(commands) * DAY):
        assert await told(play.team, len(counted)) == counted
