"""Undo of what changed many things at once: as few statements as it took, and just as exact."""

from collections.abc import Iterable
from typing import Any

import orjson
import pytest

from tasktracker.domain.errors import CannotUndo
from tasktracker.models import Account, Comment, Event, Label, Task
from tasktracker.services import comments, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.task_state import task_state
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.transfer.json_document import FORMAT
from tasktracker.services.undo import undo_command, undo_last
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of
from tests.services.test_round_trips import counting


async def imported(lines: int) -> Team:
    """A team that has imported a tree of tasks with labels, and nothing else."""
    team = await make_team()
    rows = (f"Task {number},bug; idea,{number},{number // 10 or ''}" for number in range(1, lines + 1))
    text = "title,labels,id,parent\n" + "\n".join(rows)
    assert (await import_project(team.owner, team.key, text, ImportOptions("csv"))).imported
    return team


async def states(team: Team) -> dict[int, dict[str, Any]]:
    return {task.number: task_state(task) for task in await Task.filter(project=team.project)}


@pytest.mark.parametrize("lines", [30, 300])
async def test_undoing_an_import_takes_no_more_statements_for_many_lines_than_for_few(lines: int) -> None:
    team = await imported(lines)
    before = await states(team)
    async with counting() as statements:
        undone = await undo_last(team.owner, team.key)
    assert len(statements) < 35, statements
    assert await Task.filter(project=team.project, trashed_at=None).count() == 0
    assert await Label.filter(project=team.project).count() == 0
    async with counting() as statements:
        await undo_command(team.owner, team.key, undone.command)
    assert len(statements) < 35, statements
    assert await states(team) == before


async def test_undoing_what_many_tasks_were_put_under_takes_few_statements() -> None:
    team = await make_team()
    await run_batch(team.owner, team.key, [{"op": "create", "fields": {"title": str(each)}} for each in range(80)])
    under = [{"op": "edit", "ref": f"{team.key}-{each}", "fields": {"parent": f"{team.key}-{each // 3 or 1}"}}
             for each in range(2, 81)]  # fmt: skip
    top = [{**each, "fields": {"parent": None}} for each in under]
    before = await states(team)
    async with counting() as statements:
        await run_batch(team.owner, team.key, under)
    assert len(statements) < 100, statements
    below = await states(team)
    await run_batch(team.owner, team.key, top)
    async with counting() as statements:
        await undo_last(team.owner, team.key)
    assert len(statements) < 100, statements
    assert await states(team) == below
    await undo_last(team.owner, team.key)
    assert await states(team) == before


async def put(team: Team, pairs: Iterable[tuple[int, int | None]]) -> None:
    """Put tasks under others, or at the top, in one command."""
    operations = [
        {"op": "edit", "ref": f"{team.key}-{child}", "fields": {"parent": parent and f"{team.key}-{parent}"}}
        for child, parent in pairs
    ]
    await run_batch(team.owner, team.key, operations)


@pytest.mark.parametrize(("above", "reason"), [(2, "circle"), (49, "levels deep")])
async def test_a_tree_that_would_be_a_circle_or_too_deep_by_now_is_not_put_back(above: int, reason: str) -> None:
    team = await make_team()
    await run_batch(team.owner, team.key, [{"op": "create", "fields": {"title": str(each)}} for each in range(49)])
    await put(team, [(child, child - 1) for child in range(42, 50)])
    await put(team, [(child, 1) for child in range(2, 41)])
    await put(team, [(child, None) for child in range(2, 41)])
    taken_off = (await Event.filter(log_id=team.project.id).order_by("-revision"))[0].revision
    await put(team, [(1, above)])
    before = await states(team)
    refusal = await outcome_of(undo_command(team.owner, team.key, taken_off))
    assert isinstance(refusal, CannotUndo)
    assert reason in str(refusal)
    assert await states(team) == before
    await put(team, [(1, None)])
    await undo_command(team.owner, team.key, taken_off)
    assert sum(state["parent_id"] is not None for state in (await states(team)).values()) == 8 + 39


async def test_undoing_an_import_of_what_was_said_takes_no_statement_for_each_comment() -> None:
    team = await make_team()
    ana = await Account.get(id=(await team.person()).account_id)
    said = [{"author": "nobody", "body": f"Word {each}", "created_at": f"2026-01-{each:02}T00:00:00Z",
             "reactions": {"👍": [ana.handle]}} for each in range(1, 29)]  # fmt: skip
    document = {"format": FORMAT, "version": 1, "tasks": [
        {"ref": f"OLD-{each}", "title": f"Task {each}", "column": "To do", "comments": said} for each in range(1, 4)
    ]}  # fmt: skip
    report = await import_project(team.owner, team.key, orjson.dumps(document), ImportOptions("json"))
    assert report.command, report
    async with counting() as statements:
        undone = await undo_command(team.owner, team.key, report.command)
    assert len(statements) < 50, statements
    assert await Comment.filter(task__project_id=team.project.id, deleted_at=None).count() == 0
    assert {task.comment_count for task in await Task.filter(project=team.project)} == {0}
    async with counting() as statements:
        await undo_command(team.owner, team.key, undone.command)
    assert len(statements) < 50, statements
    back = await Comment.filter(task__project_id=team.project.id, deleted_at=None).order_by("created_at")
    assert (len(back), back[0].body, back[0].reactions) == (84, "Word 1", {"👍": [str(ana.id)]})
    assert {task.comment_count for task in await Task.filter(project=team.project)} == {28}


async def test_a_subtask_that_came_since_keeps_the_whole_import() -> None:
    team = await imported(30)
    ana = await team.person()
    await tasks.create_task(ana, team.key, {"title": "New", "parent": f"{team.key}-7"})
    before = await states(team)
    assert isinstance(await outcome_of(undo_last(team.owner, team.key)), CannotUndo)
    assert await states(team) == before
    await undo_last(ana, team.key)
    await comments.add_comment(ana, team.ref(30), "I have looked into it.")
    refusal = await outcome_of(undo_last(team.owner, team.key))
    assert isinstance(refusal, CannotUndo)
    assert [each.kind for each in refusal.blockers] == ["CommentAdded", "TaskEdited"]
