"""What the database keeps by itself stays true: shelves, who has spoken, counts of columns, where comments are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.task_fields import CATEGORIES
from tasktracker.models.database import connection
from tasktracker.services import columns, projects, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.comments import add_comment, delete_comment
from tasktracker.services.queries.projects import get_project
from tasktracker.services.queries.tasks import list_all_tasks
from tasktracker.services.relocation import transfer_task
from tasktracker.services.undo import undo_last
from tests.factories import Team, make_team
from tests.patience import sequences
from tests.services.play import COLUMNS, COMMANDS, Args, Play

_WRONG_SHELVES = """
    SELECT t.number FROM task t JOIN board_column c ON c.id = t.column_id JOIN project p ON p.id = t.project_id
    WHERE p.workspace_id = $1 AND (t.workspace_id <> p.workspace_id OR t.shelf <> CASE
        WHEN t.trashed_at IS NOT NULL THEN 3 WHEN t.archived_at IS NOT NULL THEN 2
        WHEN c.category IN ('done', 'cancelled') THEN 1 ELSE 0 END)
"""
_WRONG_COUNTS = """
    SELECT c.name, c.task_count FROM board_column c JOIN project p ON p.id = c.project_id
    WHERE p.workspace_id = $1 AND c.task_count <> (SELECT count(*) FROM task t
        WHERE t.column_id = c.id AND t.archived_at IS NULL AND t.trashed_at IS NULL)
"""
_WRONG_PLACES = """
    SELECT t.number, c.body FROM comment c JOIN task t ON t.id = c.task_id
    WHERE t.workspace_id = $1 AND (c.project_id <> t.project_id OR c.workspace_id <> t.workspace_id)
"""
_WRONG_COMMENTERS = """
    SELECT t.number, t.commenter_ids FROM task t WHERE t.workspace_id = $1
    AND ARRAY(SELECT unnest(t.commenter_ids) id ORDER BY id) <> ARRAY(
        SELECT DISTINCT c.author_id FROM comment c WHERE c.task_id = t.id AND c.deleted_at IS NULL ORDER BY c.author_id)
"""
MEANINGS = st.tuples(st.just("category"), COLUMNS, st.sampled_from(CATEGORIES))


async def wrong(team: Team) -> list[dict[str, Any]]:
    """Whatever is not as it should be."""
    found = [
        await connection().execute_query_dict(each, [team.workspace.id])
        for each in (_WRONG_SHELVES, _WRONG_COUNTS, _WRONG_PLACES, _WRONG_COMMENTERS)
    ]
    return [row for rows in found for row in rows]


@sequences(10)
@given(st.lists(COMMANDS | MEANINGS, min_size=5, max_size=25))
async def test_shelves_and_counts_follow_whatever_people_do(commands: list[Args]) -> None:
    play = await Play.begin()
    play.does["category"] = lambda name, category: columns.edit_column(
        play.team.owner, play.team.key, play.team.columns[name].id, {"category": category}
    )
    for command in commands:
        await play.do(command)
    assert await wrong(play.team) == []


@pytest.fixture
async def team() -> Team:
    team = await make_team()
    for column in ("To do", "To do", "Done"):
        await team.task(column=column)
    return team


async def test_a_column_that_comes_to_mean_something_else_takes_its_tasks_along(team: Team) -> None:
    await tasks.archive_task(team.owner, team.ref(2))
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"category": "cancelled"})
    assert await wrong(team) == []
    assert (await get_project(team.owner, team.key)).open_tasks == 0
    await undo_last(team.owner, team.key)
    assert await wrong(team) == []
    assert (await get_project(team.owner, team.key)).open_tasks == 1


async def test_a_task_that_goes_to_another_project_is_counted_there(team: Team) -> None:
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Other"})
    await add_comment(team.owner, team.ref(1), "Over there, please")
    await transfer_task(team.owner, team.ref(1), other)
    assert await wrong(team) == []
    found = [(await get_project(team.owner, key)).open_tasks for key in (team.key, other)]
    assert found == [1, 1]


async def test_who_has_spoken_is_found_until_all_they_said_is_deleted(team: Team) -> None:
    ben = await team.person("member")
    said = [await add_comment(who, team.ref(1), "Hello") for who in (team.owner, ben, ben)]
    for comment, found in zip(said[1:], ([team.ref(1)], []), strict=True):
        await delete_comment(ben, team.ref(1), comment.id)
        assert await wrong(team) == []
        assert [task.ref for task in (await list_all_tasks(ben, query="commenter:me")).items] == list(map(str, found))


async def test_many_tasks_that_are_made_and_moved_at_once_are_counted(team: Team) -> None:
    done = str(team.columns["Done"].id)
    made: list[dict[str, Any]] = [{"op": "create", "fields": {"title": f"Task {number}"}} for number in range(30)]
    moved: list[dict[str, Any]] = [
        {"op": "move", "ref": f"{team.key}-{number}", "column_id": done} for number in range(4, 20)
    ]
    await run_batch(team.owner, team.key, made)
    await run_batch(team.owner, team.key, moved)
    assert await wrong(team) == []
    assert (await get_project(team.owner, team.key)).open_tasks == 2 + 30 - 16
