"""Undo, as a property: whatever a command did is taken back whole, or nothing is."""

from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.domain.errors import ColumnFull
from tasktracker.services.audit import audit_logs
from tasktracker.services.undo import UndoView, undo_command, undo_last
from tests.patience import sequences
from tests.services.outcomes import outcome_of
from tests.services.play import COMMANDS, Args, Play
from tests.services.snapshots import Snapshot, head, snapshot, without_new_ones


async def undone(play: Play) -> UndoView | None:
    """What undo answers; None where that would fill a column beyond its limit: then nothing at all is taken back."""
    before = await snapshot(play.team)
    outcome = await outcome_of(undo_last(play.team.owner, play.team.key))
    if not isinstance(outcome, ColumnFull):
        assert isinstance(outcome, UndoView), outcome
        return outcome
    assert await snapshot(play.team) == before
    assert outcome.limit in full_limits(before)
    return None


def full_limits(now: Snapshot) -> set[int]:
    """The limits of the columns that take no more."""
    on_board = [
        state["column_id"] for state in now["tasks"].values() if not state["archived_at"] and not state["trashed_at"]
    ]
    return {limit for column_id, _, _, limit, _ in now["columns"] if limit and on_board.count(str(column_id)) >= limit}


@sequences(12)
@given(st.lists(COMMANDS, max_size=12), COMMANDS)
@example([("limit", "To do", 1)], ("move", 1, "Done", None, None))
@example([("limit", "To do", 1)], ("carry", 1, None))
async def test_undo_puts_everything_back_and_undoing_that_does_it_again(before: list[Args], command: Args) -> None:
    play = await Play.begin()
    for each in before:
        await play.do(each)
    was, revision = await snapshot(play.team), await head(play.team)
    await play.do(command)
    if await head(play.team) == revision:
        return  # refused, or no change
    done = await snapshot(play.team)
    view = await undone(play)
    if view is None:
        return
    assert view.undone == revision + 1
    assert without_new_ones(await snapshot(play.team), was) == was
    await undo_command(play.team.owner, play.team.key, view.command)
    assert await snapshot(play.team) == done
    assert (await audit_logs(play.team.workspace.id)).is_whole


@sequences(5)
@given(st.lists(COMMANDS, min_size=3, max_size=20))
async def test_a_whole_day_is_undone_step_by_step(commands: list[Args]) -> None:
    play = await Play.begin()
    steps = []
    for command in commands:
        revision = await head(play.team)
        steps.append((revision, await snapshot(play.team)))
        await play.do(command)
        if await head(play.team) == revision:
            steps.pop()
    for revision, was in reversed(steps):
        view = await undone(play)
        if view is None:
            return
        assert view.undone == revision + 1
        assert without_new_ones(await snapshot(play.team), was) == was
