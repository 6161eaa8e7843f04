"""Time travel: a board and its tasks, as they were, are what was recorded then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.domain.errors import NotFound
from tasktracker.models import Project
from tasktracker.services import labels, tasks
from tasktracker.services.clock import now
from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.past_boards import board_at
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.queries.tasks import get_task, list_tasks
from tasktracker.services.undo import undo_last
from tasktracker.services.views import TaskView
from tests.factories import Team, make_team
from tests.patience import sequences
from tests.services.outcomes import outcome_of
from tests.services.play import COMMANDS, Args, Play

Recorded = tuple[datetime, dict[str, Any], dict[int, TaskView]]


async def record(team: Team) -> Recorded:
    """The moment, the board, and every task, as they are now."""
    pages = [await list_tasks(team.owner, team.key, state=state) for state in ("active", "archived", "trashed")]
    board = sorted_board(orjson.loads(await board_json(team.owner, team.key)))
    return (
        (await Project.get(id=team.project.id)).changed_at,
        board,
        {view.number: view for page in pages for view in page.items},
    )


def sorted_board(board: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL sorts names by its locale."""
    project = {**board["project"], "labels": sorted(board["project"]["labels"], key=lambda label: str(label["id"]))}
    return {**board, "project": project}


@sequences(8)
@given(st.lists(st.one_of(COMMANDS, st.just(("undo",))), min_size=3, max_size=25))
@example([("move", 1, "Done", None, None), ("carry", 1, "Backlog")])
@example([("move", 1, "Done", None, None), ("carry", 1, "Backlog"), ("bring", 1, "In progress")])
async def test_any_moment_of_a_board_and_its_tasks_is_what_was_recorded_then(commands: list[Args]) -> None:
    play = await Play.begin()
    play.does["undo"] = lambda: undo_last(play.team.owner, play.team.key)
    recorded = [await record(play.team)]
    for command in commands:
        await play.do(command)
        recorded.append(await record(play.team))
    last = {at: (board, views) for at, board, views in recorded}
    for at, (board, views) in last.items():
        assert sorted_board(orjson.loads(orjson.dumps(await board_at(play.team.owner, play.team.key, at)))) == board
        for number, view in views.items():
            then = await task_at(play.team.owner, play.team.ref(number), at)
            assert without_present(then) == without_present(view)


def without_present(view: TaskView) -> dict[str, Any]:
    """What is shown as it is today is left out."""
    shown = {name: getattr(view, name) for name in TaskView.__slots__}
    today = ("ref", "project", "number", "subtasks", "relations", "parent")
    return {name: value for name, value in shown.items() if name not in today}


async def test_what_was_not_there_yet_is_not_found() -> None:
    team = await make_team()
    task = await team.task()
    ref, before = team.ref(task.number), task.created_at - timedelta(microseconds=1)
    assert (await task_at(team.owner, ref, task.created_at)).title == task.title
    assert isinstance(await outcome_of(task_at(team.owner, ref, before)), NotFound)
    assert isinstance(await outcome_of(task_at(team.owner, team.ref(99), now())), NotFound)
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    assert isinstance(await outcome_of(board_at(team.owner, team.key, long_ago)), NotFound)


async def test_the_past_is_for_those_who_may_see_the_present() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    guest = await team.person("guest")
    assert isinstance(await outcome_of(task_at(guest, ref, now())), NotFound)
    assert isinstance(await outcome_of(board_at(guest, team.key, now())), NotFound)


async def test_the_future_is_the_present() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    assert await task_at(team.owner, ref, now() + timedelta(days=1)) == await get_task(team.owner, ref)


async def test_a_task_knows_the_state_that_its_column_meant_then() -> None:
    team = await make_team()
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    task = await team.task("One", column="To do", label_ids=[str(label.id)], priority="high")
    then = await tasks.edit_task(team.owner, team.ref(task.number), {"column_id": str(team.columns["Done"].id)})
    await labels.delete_label(team.owner, team.key, label.id)
    before = await task_at(team.owner, team.ref(task.number), task.updated_at)
    assert (before.state, before.label_ids, before.completed_at) == ("unstarted", [label.id], None)
    after = await task_at(team.owner, team.ref(task.number), then.updated_at)
    assert (after.state, after.completed_at) == ("done", then.completed_at)
