"""Tasks from lines: what is understood is set, all lines are one command, and one undo."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tasktracker.domain.errors import ColumnFull, Forbidden, Invalid, NotFound
from tasktracker.models import Project, Task
from tasktracker.services import accounts, columns, labels, projects
from tasktracker.services.audit import audit_logs
from tasktracker.services.clock import time_is
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.quick_add import QuickAddResult, quick_add
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)


async def add(team: Team, body: Any, **how: Any) -> QuickAddResult:
    return await quick_add(team.owner, team.key, body, **how)


async def test_a_line_becomes_the_task_that_it_describes() -> None:
    with time_is(WEDNESDAY):
        team = await make_team()
        ana = await team.person(name="Ana Lima")
        label = await labels.add_label(team.owner, team.key, {"name": "Needs review"})
        await accounts.edit_me(team.owner, {"time_zone": "Europe/Lisbon"})
        line = f"Fix login !high @ana #{team.key.lower()} *needs-review >done ~2.5 tomorrow 17:00 every 2 weeks"
        [made] = (await add(team, line)).tasks
    task = await get_task(team.owner, team.ref(1))
    assert (made.ref, made.version, made.text) == (task.ref, 1, line)
    assert (task.title, task.priority, task.assignee_ids) == ("Fix login", "high", [ana.account_id])
    assert (task.label_ids, task.column_id, task.estimate) == ([label.id], team.columns["Done"].id, 2.5)
    assert (task.due, task.recurrence) == (
        datetime(2026, 11, 19, 17, tzinfo=UTC), {"rule": "FREQ=WEEKLY;INTERVAL=2", "from": "due"},
    )  # fmt: skip
    assert [(chip.kind, line[chip.start : chip.end]) for chip in made.chips] == [
        (chip.kind, chip.text) for chip in made.chips
    ]
    assert [chip.kind for chip in made.chips] == [
        "priority", "assignee", "project", "label", "column", "estimate", "due", "recurrence",
    ]  # fmt: skip


async def test_days_are_those_of_whoever_writes_and_numbers_in_their_order() -> None:
    with time_is(datetime(2026, 11, 18, 23, 30, tzinfo=UTC)):
        team = await make_team()
        american = await team.person(time_zone="America/New_York", locale="en-US")
        french = await team.person(time_zone="Asia/Tokyo", locale="fr-FR")
        for person in (american, french):
            await quick_add(person, team.key, "Call today\nSend 11/12\nPlan next week")
    due = {task.number: str(task.due_on) for task in await Task.filter(project_id=team.project.id)}
    assert [due[number] for number in (1, 2, 3)] == ["2026-11-18", "2027-11-12", "2026-11-22"]
    assert [due[number] for number in (4, 5, 6)] == ["2026-11-19", "2026-12-11", "2026-11-23"]


async def test_all_lines_are_one_command_and_one_undo() -> None:
    team = await make_team()
    before = (await Project.get(id=team.project.id)).revision
    result = await add(team, "- [ ] One\n\n* Two !low\n3. Three\n")
    assert result.command is not None
    assert result.command == before + 1
    assert [(task.ref, task.text) for task in result.tasks] == [
        (f"{team.key}-1", "One"), (f"{team.key}-2", "Two !low"), (f"{team.key}-3", "Three"),
    ]  # fmt: skip
    assert {"field": "priority", "old": "none", "new": "low"} in result.tasks[1].changes
    await undo_command(team.owner, team.key, result.command)
    assert await Task.filter(project_id=team.project.id, trashed_at=None).count() == 0
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing() -> None:
    team = await make_team()
    trial = await add(team, "Fix it !high", dry_run=True)
    assert (trial.command, trial.dry_run, await Task.filter(project_id=team.project.id).count()) == (None, True, 0)
    made = await add(team, "Fix it !high")
    assert trial.tasks[0].chips == made.tasks[0].chips
    assert (trial.tasks[0].ref, made.tasks[0].ref) == (f"{team.key}-1", f"{team.key}-1")


async def test_what_is_not_known_here_stays_in_the_title() -> None:
    team, other = await make_team(), await make_team()
    await other.person(name="Zoe Stranger")
    private = await projects.create_project(team.owner, {"key": f"{team.key}P", "name": "P", "is_private": True})
    line = f"Ask @zoe about #{private} *nothing >nowhere"
    [made] = (await add(team, line)).tasks
    assert (made.chips, made.changes[0]["new"]) == ([], line)


async def test_a_full_column_refuses_all_lines() -> None:
    team = await make_team()
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 2})
    refusal = await outcome_of(add(team, "One\nTwo\nThree"))
    assert isinstance(refusal, ColumnFull)
    assert refusal.pointer == "/body"
    assert await Task.filter(project_id=team.project.id).count() == 0


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Write at least one line."),
        (" \n- \n", "Write at least one line."),
        ("a\0b", "Remove the control character U+0000; it cannot be stored."),
        (None, "This must be a text."),
        ("\n".join("x" * 201), "At most 200 lines become tasks at once; these are 201."),
        ("Short\n" + "long " * 300, "“long long long long long long long long …”: A line is at most 1,000 characters"),
        ("y" * 301, f"“{'y' * 40}…”: This is 301 characters long; at most 300 are kept. Shorten it."),
    ],
)
async def test_what_makes_no_tasks_is_refused_with_the_line(body: Any, sentence: str) -> None:
    team = await make_team()
    refusal = await outcome_of(add(team, body))
    assert isinstance(refusal, Invalid)
    assert str(refusal).startswith(sentence)
    assert [problem.pointer for problem in refusal.problems] == ["/body"]


async def test_who_may_not_change_tasks_adds_none() -> None:
    team, other = await make_team(), await make_team()
    viewer = await team.person()
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    assert isinstance(await outcome_of(quick_add(viewer, team.key, "One", dry_run=True)), Forbidden)
    assert isinstance(await outcome_of(quick_add(other.owner, team.key, "One")), NotFound)
    assert await pointers_of(quick_add(viewer, team.key, "")) == ["/body"]
