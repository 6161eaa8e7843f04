"""A whole project as a file: out of one project, into another, and out again, it is the same."""

from typing import Any

import orjson
import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Forbidden
from tasktracker.models import Account, Comment, Event, Project, Task
from tasktracker.services import comments, custom_fields, labels, projects, reactions, relations, tasks, templates
from tasktracker.services.audit import audit_logs
from tasktracker.services.columns import add_column, edit_column, move_column
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.task_changes import Spot
from tasktracker.services.transfer import export_pages
from tasktracker.services.transfer.exporting import export_project
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.transfer.lines import ImportReport
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of


async def export(actor: Actor, key: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(b"".join([part async for part in await export_project(actor, key, "json")]))
    return document


async def take(actor: Actor, key: str, document: dict[str, Any], **how: bool) -> ImportReport:
    options = ImportOptions("json", dry_run=how.get("dry_run", False), skip_errors=how.get("skip_errors", False))
    return await import_project(actor, key, orjson.dumps(document), options)


async def empty_project(team: Team, key: str = "B") -> str:
    return await projects.create_project(team.owner, {"key": f"{team.key}{key}", "name": "Empty"})


async def full_team() -> Team:
    """A project with something of everything."""
    team = await make_team(description="Sells.", color="#123456", requires_version=False)
    ana = await team.person(name="Ana")
    await edit_column(team.owner, team.key, team.columns["In review"].id, {"wip_limit": 1})
    extra = await add_column(team.owner, team.key, {"name": "Cancelled", "category": "cancelled"})
    await move_column(team.owner, team.key, extra.id, after=None)
    bug, idea = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "idea")]
    for raw in (
        {"name": "Points", "kind": "number"},
        {"name": "Who", "kind": "person"},
        {"name": "Size", "kind": "select", "options": ["S", "M"]},
    ):
        await custom_fields.add_custom_field(team.owner, team.key, raw)
    content = {"title": "A bug", "label_ids": [str(bug.id)], "column_id": str(team.columns["Backlog"].id)}
    await templates.add_template(team.owner, team.key, {"name": "Bug", "content": content})
    who = str(ana.account_id)
    await team.task("First", description="Two\n\nparagraphs", priority="high", label_ids=[str(idea.id), str(bug.id)],
                    assignee_ids=[who], start="2030-01-01", due="2030-01-02T10:00:00Z", estimate=1.5)  # fmt: skip
    await team.task("Below", parent=f"{team.key}-1", column="Done")
    await team.task("Archived", parent=f"{team.key}-2", external_source="github", external_id="7")
    for title in ("Fourth", "Fifth", "Trashed"):
        await team.task(title, column="In progress", due="2030-01-01", recurrence={"rule": "FREQ=WEEKLY"})
    await tasks.move_task(team.owner, team.ref(5), Spot(str(team.columns["In progress"].id), before=4))
    custom = {"points": 3, "who": who, "size": "M"}
    await tasks.edit_task(team.owner, team.ref(4), {"custom": custom})
    await tasks.archive_task(team.owner, team.ref(3))
    await tasks.trash_task(team.owner, team.ref(6))
    await relations.relate(team.owner, team.ref(1), "blocks", team.ref(4))
    await relations.relate(team.owner, team.ref(5), "relates_to", team.ref(1))
    first = await comments.add_comment(ana, team.ref(1), "Hello\nyou")
    await comments.add_comment(team.owner, team.ref(1), "Again")
    gone = await comments.add_comment(team.owner, team.ref(1), "Deleted")
    await comments.delete_comment(team.owner, team.ref(1), gone.id)
    await reactions.react(team.owner, team.ref(1), first.id, "👍")
    return team


def comparable(document: dict[str, Any]) -> dict[str, Any]:
    """The file without ids, times, and what follows from them."""
    project = {name: value for name, value in document["project"].items() if name not in ("id", "key")}
    refs = {task["ref"]: f"#{place}" for place, task in enumerate(document["tasks"])}
    found = []
    for task in document["tasks"]:
        kept = {name: value for name, value in task.items() if name not in ("created_at", "position")}
        kept["ref"], kept["parent"] = refs[task["ref"]], refs.get(task["parent"])
        kept["relations"] = {kind: sorted(refs[each] for each in others) for kind, others in task["relations"].items()}
        kept["archived_at"] = task["archived_at"] is not None
        if task["external_source"] in (None, "tasktracker"):
            kept["external_source"] = kept["external_id"] = None
        found.append(kept)
    board: dict[str, list[str]] = {}
    for task in sorted(document["tasks"], key=lambda task: task["position"]):
        board.setdefault(task["column"], []).append(task["title"])
    parts = {name: document[name] for name in ("format", "version", "columns", "labels", "custom_fields", "templates")}
    return {**parts, "project": project, "tasks": found, "board": board}


@pytest.mark.parametrize("page", [2, 200])
async def test_a_file_read_into_an_empty_project_is_the_same_when_it_comes_out(
    page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_pages, "PAGE", page)
    team = await full_team()
    key = await empty_project(team)
    first = await export(team.owner, team.key)
    report = await take(team.owner, key, first)
    assert (report.imported, report.counts["create"]) == (True, 5), report
    assert report.left_out == {"people": [], "relations": []}
    second = await export(team.owner, key)
    assert comparable(second) == comparable(first)
    assert [task["title"] for task in first["tasks"]] == ["First", "Below", "Archived", "Fourth", "Fifth"]
    assert comparable(first)["board"]["In progress"] == ["Fifth", "Fourth"]
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_a_file_says_what_is_in_the_project_by_names() -> None:
    team = await full_team()
    document = await export(team.owner, team.key)
    first = document["tasks"][0]
    handle = (await Account.get(name="Ana", memberships__workspace=team.workspace)).handle
    assert (first["column"], first["labels"], first["assignees"]) == ("To do", ["idea", "bug"], [handle])
    assert (first["start"], first["due"]) == ("2030-01-01", "2030-01-02T10:00:00Z")
    assert first["relations"]["blocks"] == [f"{team.key}-4"]
    assert (first["comments"][0]["author"], first["comments"][0]["body"]) == (handle, "Hello\nyou")
    assert list(first["comments"][0]["reactions"]) == ["👍"]
    assert document["templates"] == [
        {"name": "Bug", "content": {"title": "A bug", "labels": ["bug"], "column": "Backlog"}}
    ]
    assert document["tasks"][3]["custom"] == {"points": 3.0, "who": handle, "size": "M"}
    assert document["columns"][0] == {"name": "Cancelled", "category": "cancelled", "wip_limit": None}


async def test_the_same_file_twice_changes_nothing() -> None:
    team = await full_team()
    key = await empty_project(team)
    document = await export(team.owner, team.key)
    await take(team.owner, key, document)
    revision = (await Project.get(workspace=team.workspace, key=key)).revision
    again = await take(team.owner, key, document)
    assert (again.command, again.counts["unchanged"], again.imported) == (None, 5, True)
    assert (await Project.get(workspace=team.workspace, key=key)).revision == revision


async def test_a_file_of_the_project_itself_changes_what_was_edited_in_it() -> None:
    team = await full_team()
    document = await export(team.owner, team.key)
    same = await take(team.owner, team.key, document)
    assert (same.command, same.counts["unchanged"]) == (None, 5)
    document["tasks"][0] |= {"title": "Edited", "labels": ["bug"]}
    document["tasks"][3]["archived_at"] = "2026-01-01T00:00:00Z"
    document["tasks"][1]["comments"].append({"author": "nobody", "body": "New", "created_at": "2026-01-01T00:00:00Z"})
    report = await take(team.owner, team.key, document)
    assert [line.outcome for line in report.lines] == ["update", "update", "unchanged", "update", "unchanged"]
    assert report.left_out["people"] == ["nobody"]
    task = await Task.get(project=team.project, number=2)
    assert task.comment_count == 1
    assert (await Comment.get(task=task)).author_id == team.owner.account_id
    assert (await Task.get(project=team.project, number=1)).title == "Edited"


async def test_one_undo_takes_an_import_back() -> None:
    team = await full_team()
    key = await empty_project(team)
    before = await export(team.owner, key)
    report = await take(team.owner, key, await export(team.owner, team.key))
    assert report.command
    imported = await export(team.owner, key)
    undone = await undo_command(team.owner, key, report.command)
    after = await export(team.owner, key)
    assert [after[name] for name in ("tasks", "labels", "custom_fields", "templates")] == [[], [], [], []]
    assert after["project"]["name"] == before["project"]["name"]
    assert {column["name"] for column in after["columns"]} == {column["name"] for column in before["columns"]}
    await undo_command(team.owner, key, undone.command)
    assert comparable(await export(team.owner, key)) == comparable(imported)


async def test_an_import_that_brings_its_own_columns_is_taken_back_too() -> None:
    team = await make_team()
    document = await export(team.owner, team.key)
    document["columns"] = [{"name": "Ideas", "category": "backlog"}, {"name": "Shipped", "category": "done"}]
    document["tasks"] = [{"ref": "OLD-1", "title": "A", "column": "Shipped", "labels": ["new"], "position": "a1"}]
    report = await take(team.owner, team.key, document)
    assert [column.name for column in await list_columns(team.owner, team.key)] == ["Ideas", "Shipped"]
    assert report.command
    await undo_command(team.owner, team.key, report.command)
    assert [column.name for column in await list_columns(team.owner, team.key)] == [*team.columns]
    (task,) = await Task.filter(project=team.project)
    assert (task.trashed_at is not None, task.label_ids) == (True, [])


async def test_a_dry_run_of_a_whole_project_leaves_nothing() -> None:
    team = await full_team()
    key = await empty_project(team)
    before = await export(team.owner, key)
    report = await take(team.owner, key, await export(team.owner, team.key), dry_run=True)
    assert (report.imported, report.counts["create"], report.added["labels"]) == (False, 5, ["bug", "idea"])
    assert {**await export(team.owner, key), "exported_at": ""} == {**before, "exported_at": ""}


async def test_a_project_with_tasks_gets_what_it_lacks_and_keeps_the_rest() -> None:
    team, other = await full_team(), await make_team(name="Mine", color="#654321")
    await edit_column(other.owner, other.key, other.columns["To do"].id, {"wip_limit": 50})
    await other.task("Mine")
    document = await export(team.owner, team.key)
    document["tasks"] = document["tasks"][:2]
    report = await take(other.owner, other.key, document)
    assert report.added == {
        "columns": ["Cancelled"],
        "labels": ["bug", "idea"],
        "custom_fields": ["Points", "Who", "Size"],
        "templates": ["Bug"],
    }
    project = await Project.get(id=other.project.id)
    assert (project.name, project.color) == ("Mine", "#654321")
    columns = {column.name: column for column in await list_columns(other.owner, other.key)}
    assert [*columns][-1] == "Cancelled"
    assert (columns["To do"].wip_limit, columns["In review"].wip_limit) == (50, None)
    assert set(report.left_out["people"]) >= {document["tasks"][0]["assignees"][0]}
    assert f"{other.key}-2 blocks {team.key}-4" in report.left_out["relations"]
    titles = [task.title for task in await Task.filter(project=other.project).order_by("number")]
    assert titles == ["Mine", "First", "Below"]


async def test_custom_fields_get_the_options_that_they_lack_and_never_another_kind() -> None:
    team, other = await make_team(), await make_team()
    for each, options in ((team, ["S", "M", "L"]), (other, ["M", "XS"])):
        await custom_fields.add_custom_field(
            each.owner, each.key, {"name": "Size", "kind": "select", "options": options}
        )
    document = await export(team.owner, team.key)
    await take(other.owner, other.key, document)
    assert (await export(other.owner, other.key))["custom_fields"][0]["options"] == ["M", "XS", "S", "L"]
    document["custom_fields"][0] |= {"kind": "text", "options": []}
    assert await pointers_of(take(other.owner, other.key, document)) == ["/custom_fields/0/kind"]


async def test_what_is_wrong_is_pointed_at_in_the_file() -> None:
    team = await full_team()
    key = await empty_project(team)
    document = await export(team.owner, team.key)
    document["tasks"] = document["tasks"][:2]
    document["tasks"][0] |= {"due": "never", "column": "Nowhere", "comments": [{"body": "  "}], "custom": {"no": 1}}
    report = await take(team.owner, key, document)
    found = {problem.pointer for line in report.lines for problem in line.problems}
    assert found == {
        "/tasks/0/due",
        "/tasks/0/column",
        "/tasks/0/comments/0/body",
        "/tasks/0/comments/0/created_at",
        "/tasks/0/custom/no",
        "/tasks/1/parent",
    }
    assert (report.imported, await Task.filter(project__key=key).count()) == (False, 0)


async def test_relations_that_would_be_a_circle_are_wrong() -> None:
    team = await make_team()
    document = await export(team.owner, team.key)
    document["tasks"] = [
        {"ref": f"OLD-{number}", "title": "A", "relations": {"blocks": [f"OLD-{number % 3 + 1}"]}}
        for number in (1, 2, 3)
    ]
    report = await take(team.owner, team.key, document)
    assert [[problem.pointer for problem in line.problems] for line in report.lines] == [
        [],
        [],
        ["/tasks/2/relations/blocks/0"],
    ]
    skipped = await take(team.owner, team.key, document, skip_errors=True)
    assert (skipped.imported, skipped.counts["create"]) == (True, 3)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"format": "else"}, "/format"),
        ({"version": 2}, "/version"),
        ({"tasks": {}}, "/tasks"),
        ({"project": []}, "/project"),
        ({"labels": ["bug"]}, "/labels"),
        ({"labels": [{"name": ""}]}, "/labels/0/name"),
        ({"labels": [{"name": "a"}, {"name": "a"}]}, "/labels/1/name"),
        ({"columns": [{"name": "A", "category": "x"}]}, "/columns/0/category"),
        ({"project": {"color": "red"}}, "/project/color"),
        ({"templates": [{"name": "T", "content": {"labels": 1}}]}, "/templates/0/content/labels"),
    ],
)
async def test_a_file_that_is_none_is_refused(change: dict[str, Any], pointer: str) -> None:
    team = await make_team()
    document = {**await export(team.owner, team.key), **change}
    assert await pointers_of(take(team.owner, team.key, document)) == [pointer]


async def test_no_json_at_all_is_refused() -> None:
    team = await make_team()
    for content in (b"{", b"[]", b"\xff"):
        refused = import_project(team.owner, team.key, content, ImportOptions("json"))
        assert (await pointers_of(refused))[0] in ("", "/format")


async def test_managers_import_whole_projects_and_readers_export_them() -> None:
    team = await make_team()
    editor, viewer = await team.person(), await team.person()
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    document = await export(viewer, team.key)
    assert isinstance(await outcome_of(take(editor, team.key, document)), Forbidden)


async def test_the_log_names_who_imported_whatever_the_file_says() -> None:
    team = await full_team()
    document = await export(team.owner, team.key)
    document["tasks"] = document["tasks"][:1]
    key = await empty_project(team)
    await take(team.owner, key, document)
    project = await Project.get(workspace=team.workspace, key=key)
    assert {event.actor_id for event in await Event.filter(log_id=project.id)} == {team.owner.account_id}  # type: ignore[attr-defined]
    said = await Comment.filter(task__project=project).order_by("created_at")
    assert [comment.author_id == team.owner.account_id for comment in said] == [False, True]
