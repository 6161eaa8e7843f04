"""Many changes as one: all or nothing, each seeing what those before it did."""

from typing import Any

import pytest

from tasktracker.domain.errors import Clash, ColumnFull, Conflict, Forbidden, NotFound, VersionNeeded
from tasktracker.models import Event, Project, Task
from tasktracker.services import columns, labels, projects, tasks
from tasktracker.services.audit import audit_logs
from tasktracker.services.batch import BatchResult, run_batch
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of
from tests.services.replay import replayed, state_of


def edit(ref: str, **fields: Any) -> dict[str, Any]:
    return {"op": "edit", "ref": ref, "fields": fields}


def create(title: str, **fields: Any) -> dict[str, Any]:
    return {"op": "create", "fields": {"title": title, **fields}}


async def run(team: Team, *operations: dict[str, Any], **how: bool) -> BatchResult:
    return await run_batch(team.owner, team.key, operations, **how)


async def test_all_operations_are_one_command_of_the_log() -> None:
    team = await make_team()
    first, second, third = [(await team.task(f"Task {number}")).ref for number in range(3)]
    before = (await Project.get(id=team.project.id)).revision
    done = {"op": "move", "ref": second, "column_id": str(team.columns["Done"].id)}
    answer = await run(
        team, edit(first, title="Renamed"), done, {"op": "archive", "ref": third}, create("New", priority="high")
    )
    assert answer.command == before + 1
    assert [(each.ref, each.version) for each in answer.results] == [
        (first, 2),
        (second, 2),
        (third, 2),
        (f"{team.key}-4", 1),
    ]
    assert answer.results[0].changes == [{"field": "title", "old": "Task 0", "new": "Renamed"}]
    events = await Event.filter(log_id=team.project.id, revision__gt=before).order_by("revision")
    assert [event.kind for event in events] == ["TaskEdited", "TaskMoved", "TaskArchived", "TaskCreated"]
    assert {event.command for event in events} == {before + 1}
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_the_rows_are_what_the_log_tells() -> None:
    team = await make_team()
    label = str((await labels.add_label(team.owner, team.key, {"name": "bug"})).id)
    refs = [(await team.task(f"Task {number}")).ref for number in range(6)]
    columns_ = [str(column.id) for column in team.columns.values()]
    await run(
        team,
        *(edit(ref, due="2030-01-02", label_ids=[label], estimate=0.5) for ref in refs),
        *(edit(ref, due="2030-01-02T10:00:00Z", start="2030-01-01") for ref in refs[:3]),
        *({"op": "move", "ref": ref, "column_id": columns_[2], "after": 1} for ref in refs[1:4]),
        create(
            "Child", parent=refs[0], assignee_ids=[str(team.owner.account_id)], external_source="x", external_id="7"
        ),
        edit(f"{team.key}-7", description="Edited in the same call", priority="urgent"),
        {"op": "trash", "ref": refs[5]},
        {"op": "restore", "ref": refs[5]},
    )
    for task in await Task.filter(project=team.project):
        events = await Event.filter(task_id=task.id).order_by("revision")
        assert replayed(events) == state_of(task)
        assert [event.version for event in events] == list(range(1, task.version + 1))
        assert task.updated_at == events[-1].at
    child = await Task.get(project=team.project, number=7)
    assert (child.description, child.priority, child.external_id) == ("Edited in the same call", 4, "7")


async def test_places_come_out_as_by_single_calls() -> None:
    together, apart = await make_team(), await make_team()
    moves = [(4, "To do", 1, None), (2, "Done", None, None), (5, "To do", None, 1), (2, "To do", 4, None),
             (1, "Done", None, None), (3, "To do", None, None), (5, "Done", 1, None)]  # fmt: skip
    for team in (together, apart):
        for number in range(1, 6):
            await team.task(f"Task {number}")
    await run(together, *(_move(together, *move) for move in moves))
    for move in moves:
        await run(apart, _move(apart, *move))
    assert await _board(together) == await _board(apart)


async def test_a_task_takes_the_place_that_another_gave_up_in_the_same_call() -> None:
    team = await make_team()
    for number in range(1, 4):
        await team.task(f"Task {number}")
    both_columns = [create("Task 4", column_id=str(team.columns["Done"].id)), _move(team, 2, "To do", after=1)]
    written_first = edit(f"{team.key}-1", title="Task one")
    await run(team, *both_columns, written_first, _move(team, 3, "Done"), _move(team, 1, "To do"))
    assert await _board(team) == {**{name: [] for name in team.columns}, "To do": [2, 1], "Done": [4, 3]}


async def test_a_refused_operation_undoes_those_before_it_and_is_named() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"wip_limit": 1})
    full = await outcome_of(
        run(team, edit(ref, title="Lost"), create("A"), _move(team, 1, "Done"), _move(team, 2, "Done"))
    )
    assert isinstance(full, ColumnFull)
    assert full.pointer == "/operations/3"
    task = await Task.get(project=team.project, number=1)
    assert (task.title, task.version) == ("Fix the login", 1)
    assert await Task.filter(project=team.project).count() == 1


async def test_a_limit_counts_what_the_call_itself_moves() -> None:
    team = await make_team()
    for _ in range(3):
        await team.task()
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"wip_limit": 1})
    out = {"op": "archive", "ref": f"{team.key}-1"}
    await run(team, _move(team, 1, "Done"), out, _move(team, 2, "Done"))
    back = {"op": "unarchive", "ref": f"{team.key}-1"}
    refused = await outcome_of(run(team, back))
    assert isinstance(refused, ColumnFull)
    await run(team, _move(team, 2, "To do"), back)


@pytest.mark.parametrize(
    ("operation", "pointer"),
    [
        ({"op": "explode", "ref": "T-1"}, "/operations/1/op"),
        ({"op": "create", "fields": {}}, "/operations/1/fields/title"),
        ({"op": "create"}, "/operations/1/fields"),
        ({"op": "create", "fields": {"title": ""}}, "/operations/1/fields/title"),
        ({"op": "create", "fields": {"title": "A", "label_ids": ["x"]}}, "/operations/1/fields/label_ids/0"),
        ({"op": "edit", "fields": {}}, "/operations/1/ref"),
        ({"op": "edit", "ref": "T-1", "fields": [], "version": 0}, "/operations/1/version"),
        ({"op": "move", "ref": "nonsense", "column_id": "x"}, "/operations/1/column_id"),
        ({"op": "archive", "ref": "OTHER-1"}, "/operations/1/ref"),
        ({"op": "archive", "ref": "T-1", "version": 3}, "/operations/1/version"),
        ("archive everything", "/operations/1"),
    ],
)
async def test_what_is_wrong_with_an_operation_is_pointed_at(operation: Any, pointer: str) -> None:
    team = await make_team()
    if isinstance(operation, dict) and operation.get("ref") == "T-1":
        operation = {**operation, "ref": f"{team.key}-1"}
    assert pointer in await pointers_of(run(team, create("Fine"), operation))


async def test_everything_wrong_is_said_at_once() -> None:
    team = await make_team()
    wrong = await pointers_of(run(team, create(""), create("B", due="never"), {"op": "restore"}))
    assert wrong == ["/operations/0/fields/title", "/operations/1/fields/due", "/operations/2/ref"]


async def test_what_only_the_project_knows_is_pointed_at_too() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    nobody = "00000000-0000-7000-8000-000000000000"
    assert await pointers_of(run(team, create("A"), create("B", assignee_ids=[nobody]))) == [
        "/operations/1/fields/assignee_ids/0"
    ]
    assert await pointers_of(run(team, edit(ref, column_id=nobody))) == ["/operations/0/fields/column_id"]
    assert await pointers_of(run(team, edit(ref, parent=ref))) == ["/operations/0/fields/parent"]
    assert await pointers_of(run(team, {**edit(ref, title="A"), "version": 9})) == ["/operations/0/version"]
    unknown = await outcome_of(run(team, create("A"), edit(f"{team.key}-77", title="A")))
    assert isinstance(unknown, NotFound)
    assert unknown.pointer == "/operations/1"


async def test_a_field_that_somebody_else_changed_is_a_conflict_that_names_the_task() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    await tasks.edit_task(team.owner, team.ref(1), {"title": "Theirs"})
    refused = await outcome_of(run(team, create("A"), {**edit(ref, title="Mine"), "version": 1}))
    assert isinstance(refused, Conflict)
    assert (refused.pointer, refused.ref, refused.version) == ("/operations/1", ref, 2)
    merged = await run(team, {**edit(ref, priority="high"), "version": 1})
    assert merged.results[0].version == 3
    forced = await run(team, {**edit(ref, title="Mine"), "version": "*"})
    assert forced.results[0].version == 4


async def test_an_operation_conflicts_with_an_earlier_one_that_it_does_not_know_of() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    refused = await outcome_of(
        run(team, {**edit(ref, title="First"), "version": 1}, {**edit(ref, title="Second"), "version": 1})
    )
    assert isinstance(refused, Conflict)
    assert refused.fields["title"] == {"base": "Fix the login", "yours": "Second", "theirs": "First"}


async def test_a_project_that_wants_versions_wants_them_here_too() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    await Project.filter(id=team.project.id).update(requires_version=True)
    refused = await outcome_of(run(team, edit(ref, title="A")))
    assert isinstance(refused, VersionNeeded)
    assert refused.pointer == "/operations/0"
    await run(team, {**edit(ref, title="A"), "version": 1})


async def test_a_dry_run_tells_what_would_come_of_it_and_leaves_nothing() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    before = (await Project.get(id=team.project.id)).revision
    trial = await run(team, edit(ref, title="Renamed"), create("New"), dry_run=True)
    assert (trial.command, trial.dry_run) == (None, True)
    assert [each.ref for each in trial.results] == [ref, f"{team.key}-2"]
    assert (await Project.get(id=team.project.id)).revision == before
    assert await Task.filter(project=team.project).count() == 1
    real = await run(team, edit(ref, title="Renamed"), create("New"))
    assert [(each.ref, each.version) for each in real.results] == [(each.ref, each.version) for each in trial.results]


async def test_a_call_that_changes_nothing_is_no_command() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    answer = await run(team, edit(ref, title="Fix the login"))
    assert answer.command is None
    assert answer.results[0].changes == []


async def test_a_thousand_operations_are_the_most() -> None:
    team = await make_team()
    assert await pointers_of(run(team)) == ["/operations"]
    assert await pointers_of(run(team, *[create("A")] * 1001)) == ["/operations"]
    assert len((await run(team, *[create("A")] * 1000)).results) == 1000


async def test_one_undo_takes_all_of_it_back() -> None:
    team = await make_team()
    for number in range(1, 5):
        await team.task(f"Task {number}")
    before = await _board(team)
    call = [
        edit(f"{team.key}-1", title="A", due="2030-01-01"),
        _move(team, 2, "Done"),
        _move(team, 3, "Done", before=2),
    ]
    answer = await run(team, *call, {"op": "trash", "ref": f"{team.key}-4"}, edit(f"{team.key}-1", title="B"))
    assert answer.command
    await undo_command(team.owner, team.key, answer.command)
    assert await _board(team) == before
    first = await Task.get(project=team.project, number=1)
    last = await Task.get(project=team.project, number=4)
    assert (first.title, first.due_on, last.trashed_at) == ("Task 1", None, None)


async def test_who_may_not_change_tasks_may_not_change_many() -> None:
    team = await make_team()
    viewer = await team.person("guest")
    assert isinstance(await outcome_of(run_batch(viewer, team.key, [create("A")])), NotFound)
    member = await team.person()
    await projects.set_project_member(team.owner, team.key, member.account_id, "commenter")
    assert isinstance(await outcome_of(run_batch(member, team.key, [create("A")])), Forbidden)


async def test_a_task_in_the_trash_is_not_edited_by_many_either() -> None:
    team = await make_team()
    ref = (await team.task()).ref
    refused = await outcome_of(run(team, {"op": "trash", "ref": ref}, edit(ref, title="A")))
    assert isinstance(refused, Clash)
    assert refused.pointer == "/operations/1"


def _move(team: Team, number: int, column: str, after: int | None = None, before: int | None = None) -> dict[str, Any]:
    spot = {"column_id": str(team.columns[column].id), "after": after, "before": before}
    return {"op": "move", "ref": f"{team.key}-{number}", **spot}


async def _board(team: Team) -> dict[str, list[int]]:
    """The numbers in each column, in their order."""
    return {
        name: [task.number for task in await Task.filter(column_id=column.id).order_by("position")]
        for name, column in team.columns.items()
    }
