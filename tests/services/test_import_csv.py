"""Tasks out of a CSV file: what becomes of each line, and that all of it is one thing to undo."""

from typing import Any

import pytest

from tasktracker.domain.errors import Forbidden, Invalid, NotFound
from tasktracker.models import Account, CustomField, Event, Label, Project, Task
from tasktracker.services import columns, labels, projects, tasks
from tasktracker.services.audit import audit_logs
from tasktracker.services.transfer.csv_lines import TableOptions
from tasktracker.services.transfer.exporting import export_project
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.transfer.lines import ImportReport
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of
from tests.services.test_round_trips import counting


async def take(team: Team, text: str | bytes, *, table: TableOptions | None = None, **how: bool) -> ImportReport:
    options = ImportOptions("csv", table=table or TableOptions(), **how)
    return await import_project(team.owner, team.key, text, options)


async def found(team: Team) -> list[Task]:
    return await Task.filter(project=team.project).order_by("number")


def outcomes(report: ImportReport) -> list[tuple[int, str, str | None]]:
    return [(line.line, line.outcome, line.ref) for line in report.lines]


def problems(report: ImportReport) -> list[tuple[int, str]]:
    return [(line.line, problem.pointer) for line in report.lines for problem in line.problems]


async def test_each_line_becomes_a_task() -> None:
    team = await make_team()
    person = await team.person(name="Ana Lima")
    handle = (await Account.get(id=person.account_id)).handle
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    text = (
        "Title,Description,Status,Priority,Labels,Assignee,Start,Due date,Points,ID\n"
        f'Fix it,"Two\nlines",Done,High,"bug, idea",{handle},2030-01-01,2030-01-02T10:00:00Z,2.5,7\n'
        "Another,,,,,Ana Lima,,,,8\n"
    )
    report = await take(team, text)
    assert (report.imported, report.counts) == (True, {"create": 2, "update": 0, "unchanged": 0, "error": 0})
    assert outcomes(report) == [(2, "create", f"{team.key}-1"), (4, "create", f"{team.key}-2")]
    first, second = await found(team)
    assert (first.title, first.description, first.priority, first.estimate) == ("Fix it", "Two\nlines", 3, 2.5)
    assert (first.column_id, first.completed_at is not None) == (team.columns["Done"].id, True)
    assert {label.id for label in await Label.filter(project=team.project)} == set(first.label_ids)
    assert first.assignee_ids == second.assignee_ids == [person.account_id]
    assert (str(first.start_on), first.due_at and first.due_at.isoformat()) == (
        "2030-01-01",
        "2030-01-02T10:00:00+00:00",
    )
    assert (first.external_source, first.external_id, first.watcher_ids) == ("csv", "7", [])
    assert second.column_id == team.columns["To do"].id
    assert report.added == {"labels": ["idea"]}
    assert report.table
    assert report.table.mapping["Status"] == "column"


async def test_the_same_file_twice_changes_nothing() -> None:
    team = await make_team()
    text = "title,labels,due,estimate,external_id\nFirst,bug,2030-01-02,3,a\nSecond,,,,b\n"
    await take(team, text)
    before = (await Project.get(id=team.project.id)).revision
    again = await take(team, text)
    assert (again.imported, again.command, again.counts["unchanged"]) == (True, None, 2)
    assert (await Project.get(id=team.project.id)).revision == before
    changed = await take(team, text.replace("2030-01-02", "").replace("Second", "Second one"))
    assert outcomes(changed) == [(2, "update", f"{team.key}-1"), (3, "update", f"{team.key}-2")]
    first, second = await found(team)
    assert (first.due_on, first.title, second.title) == (None, "First", "Second one")


async def test_a_column_that_is_not_in_the_file_is_left_alone() -> None:
    team = await make_team()
    await take(team, "title,description,priority,external_id\nFirst,Words,high,a\n")
    await take(team, "title,external_id\nRenamed,a\n")
    (task,) = await found(team)
    assert (task.title, task.description, task.priority) == ("Renamed", "Words", 3)


async def test_all_of_it_is_one_command_and_one_undo() -> None:
    team = await make_team()
    await take(team, "title,external_id\nOld,a\n")
    report = await take(team, "title,labels,external_id\nChanged,bug,a\nNew,,b\n")
    assert report.command
    events = await Event.filter(log_id=team.project.id, command=report.command)
    assert {event.kind for event in events} == {"TaskEdited", "TaskCreated", "LabelAdded"}
    assert (await audit_logs(team.workspace.id)).is_whole
    await undo_command(team.owner, team.key, report.command)
    old, new = await found(team)
    assert (old.title, old.label_ids, new.trashed_at is not None) == ("Old", [], True)
    assert await Label.filter(project=team.project).count() == 0


async def test_what_is_wrong_is_told_line_by_line_and_then_nothing_is_imported() -> None:
    team = await make_team()
    text = (
        "Title,Status,Priority,Due,Assignee,Points,Parent\n"
        "Fine,Done,high,2030-01-01,,1,\n"
        ",Nowhere,purple,someday,nobody,many,\n"
        "Below,,,,,,NOTHING-7\n"
    )
    report = await take(team, text)
    assert (report.imported, report.command, report.counts["error"]) == (False, None, 2)
    assert outcomes(report)[0] == (2, "create", f"{team.key}-1")
    assert {each for each in problems(report) if each[0] == 3} == {
        (3, f"/{name}") for name in ("Title", "Status", "Priority", "Due", "Assignee", "Points")
    }
    assert (4, "/Parent") in problems(report)
    assert await found(team) == []
    skipped = await take(team, text, skip_errors=True)
    assert (skipped.imported, [task.title for task in await found(team)]) == (True, ["Fine"])


async def test_a_dry_run_tells_the_same_and_changes_nothing() -> None:
    team = await make_team()
    await take(team, "title,external_id\nOld,a\n")
    text = "title,external_id\nChanged,a\nNew,b\n"
    trial = await take(team, text, dry_run=True)
    assert (trial.imported, trial.dry_run, trial.command) == (False, True, None)
    assert [task.title for task in await found(team)] == ["Old"]
    real = await take(team, text)
    assert (outcomes(real), real.counts) == (outcomes(trial), trial.counts)


async def test_parents_are_found_in_the_file_wherever_they_stand_and_in_the_project() -> None:
    team = await make_team()
    top = await team.task("Top")
    text = f"title,id,parent\nLeaf,3,2\nMiddle,2,1\nUpper,1,{top.ref}\n"
    report = await take(team, text)
    assert report.imported, problems(report)
    ids = {task.title: task.id for task in await found(team)}
    above = {task.title: task.parent_id for task in await found(team)}
    assert above == {"Top": None, "Upper": ids["Top"], "Middle": ids["Upper"], "Leaf": ids["Middle"]}
    assert (await take(team, text)).counts["unchanged"] == 3


async def test_a_tree_that_is_a_circle_or_too_deep_is_refused() -> None:
    team = await make_team()
    circle = await take(team, "title,id,parent\nA,1,2\nB,2,1\nC,3,3\n")
    assert {pointer for _, pointer in problems(circle)} == {"/parent"}
    deep = "title,id,parent\n" + "".join(f"T{n},{n},{n - 1 or ''}\n" for n in range(1, 13))
    report = await take(team, deep)
    assert problems(report) == [(12, "/parent"), (13, "/parent")]
    assert (await take(team, deep, skip_errors=True)).counts["create"] == 10


async def test_an_existing_tree_counts_too() -> None:
    team = await make_team()
    await take(team, "title,id,parent\nA,1,\nB,2,1\n")
    assert problems(await take(team, "id,parent\n1,2\n")) == [(2, "/parent")]


async def test_two_lines_that_are_the_same_task_are_refused() -> None:
    team = await make_team()
    assert problems(await take(team, "title,id\nA,7\nB,7\n")) == [(3, "/id")]


async def test_a_full_column_stops_the_line_that_would_be_too_many() -> None:
    team = await make_team()
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"wip_limit": 2})
    report = await take(team, "title,column\nA,Done\nB,Done\nC,Done\n")
    assert problems(report) == [(4, "/column")]


async def test_labels_are_made_by_those_who_may() -> None:
    team = await make_team()
    editor = await team.person()
    text = "title,labels\nA,new\n"
    refused = await import_project(editor, team.key, text, ImportOptions("csv"))
    assert (refused.imported, problems(refused)) == (False, [(2, "/labels")])
    wrong = await take(team, "title,labels,priority\nA,new,purple\n", skip_errors=True)
    assert (wrong.added, await Label.filter(project=team.project).count()) == ({"labels": []}, 0)


async def test_custom_fields_are_read_by_their_kind() -> None:
    team = await make_team()
    person = await team.person(name="Ana Lima")
    kinds = {"points": "number", "done": "checkbox", "seen": "date", "kinds": "multi_select", "who": "person"}
    for place, (key, kind) in enumerate(kinds.items()):
        options = ["a", "b"] if kind == "multi_select" else []
        await CustomField.create(
            project=team.project, key=key, name=key.title(), kind=kind, options=options, position=f"a{place}"
        )
    await take(team, "title,Points,Done,Seen,Kinds,custom.who\nA,2.5,yes,31.12.2030,a; b,Ana Lima\n")
    (task,) = await found(team)
    assert task.custom == {
        "points": 2.5,
        "done": True,
        "seen": "2030-12-31",
        "kinds": ["a", "b"],
        "who": str(person.account_id),
    }


async def test_an_export_that_somebody_edited_comes_back() -> None:
    team = await make_team()
    label = str((await labels.add_label(team.owner, team.key, {"name": "with; a sign"})).id)
    await team.task("=1+1", description="Two\nlines", label_ids=[label], due="2030-01-01", estimate=1.5)
    await team.task("Below", parent=f"{team.key}-1", column="Done", assignee_ids=[str(team.owner.account_id)])
    await team.task("Archived")
    await tasks.archive_task(team.owner, team.ref(3))
    exported = b"".join([part async for part in await export_project(team.owner, team.key, "csv")])
    same = await take(team, exported)
    assert (same.imported, same.counts["unchanged"], same.command) == (True, 3, None), same
    edited = await take(team, exported.replace(b"Below", b"Underneath"))
    assert [line[1] for line in outcomes(edited)] == ["unchanged", "update", "unchanged"]
    assert [task.title for task in await found(team)] == ["=1+1", "Underneath", "Archived"]


async def test_a_foreign_export_is_known_again_by_its_references() -> None:
    team = await make_team()
    text = "ref,title\nOTHER-3,First\nOTHER-9,Second\n"
    await take(team, text)
    assert [(task.external_source, task.external_id) for task in await found(team)] == [
        ("tasktracker", "OTHER-3"),
        ("tasktracker", "OTHER-9"),
    ]
    assert (await take(team, text)).counts["unchanged"] == 2


async def test_a_task_in_the_trash_is_not_changed_by_an_import() -> None:
    team = await make_team()
    await take(team, "title,id\nA,7\n")
    await tasks.trash_task(team.owner, team.ref(1))
    report = await take(team, "title,id\nB,7\n")
    assert report.imported is False
    assert "trash" in report.lines[0].problems[0].detail


@pytest.mark.parametrize(
    ("text", "table", "pointer"),
    [
        ("", TableOptions(), "/content"),
        ("a,b\n1,2\n", TableOptions(), "/mapping"),
        ("title\nA\n", TableOptions(delimiter="-"), "/delimiter"),
        ("title,due\nA,3/4/2030\n", TableOptions(), "/date_format"),
        ('title\n"A\n', TableOptions(), "/content"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused(text: str, table: TableOptions, pointer: str) -> None:
    team = await make_team()
    assert await pointers_of(take(team, text, table=table)) == [pointer]


async def test_who_may_not_change_tasks_imports_none() -> None:
    team = await make_team()
    viewer, stranger = await team.person(), (await make_team()).owner
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    options = ImportOptions("csv")
    assert isinstance(await outcome_of(import_project(viewer, team.key, "title\nA\n", options)), Forbidden)
    assert isinstance(await outcome_of(import_project(stranger, team.key, "title\nA\n", options)), NotFound)
    unknown: Any = ImportOptions("xml")  # type: ignore[arg-type]
    assert isinstance(await outcome_of(import_project(team.owner, team.key, "", unknown)), Invalid)


async def test_many_lines_take_few_statements() -> None:
    team = await make_team()
    text = "title,labels,id,parent\n" + "".join(f"Task {n},bug,{n},{n // 10 or ''}\n" for n in range(1, 301))
    async with counting() as statements:
        report = await take(team, text)
    assert report.counts["create"] == 300
    assert len(statements) < 40, len(statements)
