"""The activity of a project in words."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tasktracker.domain.errors import NotFound
from tasktracker.domain.events import EventKind
from tasktracker.services import comments, labels, projects, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.undo import undo_command
from tasktracker.services.views import EventView
from tasktracker.ui.presenters.activity import KINDS, PART, ActivityPresenter
from tasktracker.ui.presenters.all_activity import AllActivityPresenter
from tasktracker.ui.presenters.deeds import deed_in_words
from tasktracker.ui.presenters.project import ProjectPresenter
from tests.factories import Team, make_team
from tests.held import Held

BEN = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a102"


def told(kind: str, field: str, old: Any, new: Any, names: dict[str, str] | None = None) -> str | None:
    changes = [{"field": field, "old": old, "new": new}]
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return deed_in_words(EventView(1, 1, kind, UUID(BEN), None, UUID(BEN), at, changes, "", "WEB"), names or {})


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "words"),
    [
        ("ColumnAdded", "name", None, "Review", "added the column “Review”"),
        ("ColumnEdited", "name", "Review", "Testing", "changed the column “Testing”"),
        ("ColumnEdited", "wip_limit", None, 3, "changed a column"),
        ("LabelDeleted", "name", "bug", None, "deleted the label “bug”"),
        ("RuleAdded", "name", None, "Tidy", "added the rule “Tidy”"),
        ("ProjectEdited", "color", "#000000", "#ffffff", "changed the settings of the project"),
        ("ProjectMemberSet", "role", None, "editor", "gave somebody who left the role Editor"),
        ("CommentAdded", "body", None, "It **works**", "commented: It works"),
        ("TaskEdited", "priority", "low", "high", "set the priority to High"),
        ("CommandUndone", "revision", None, 3, "took something back"),
    ],
)
def test_what_was_done_is_told_in_words(kind: str, field: str, old: Any, new: Any, words: str) -> None:
    assert told(kind, field, old, new) == words


def test_what_is_still_there_is_told_by_its_name() -> None:
    assert told("ColumnEdited", "wip_limit", None, 3, {BEN: "Review"}) == "changed the column “Review”"
    assert told("ProjectMemberRemoved", "role", "editor", None, {BEN: "Ben"}) == "took Ben out of the project"


def test_every_kind_in_a_project_can_be_narrowed_to() -> None:
    starts = tuple(start for each in KINDS.values() for start in each)
    elsewhere = (
        "Workspace",
        "Account",
        "Password",
        "Member",
        "Session",
        "View",
        "Token",
        "Reminder",
        "Command",
        "Event",
    )
    assert [kind for kind in EventKind if not kind.startswith((*starts, *elsewhere))] == []


async def opened(team: Team) -> ActivityPresenter:
    project = ProjectPresenter(team.owner, team.key)
    _, leave = await project.open(lambda _patch: None)
    leave()
    presenter = ActivityPresenter(project)
    await presenter.open()
    return presenter


async def test_the_same_done_to_many_tasks_is_told_once() -> None:
    team = await make_team()
    refs = [str(team.ref((await team.task(f"Task {n}")).number)) for n in range(3)]
    fields = {"priority": "high", "title": "Renamed"}
    operations = [{"op": "edit", "ref": ref, "fields": fields} for ref in refs]
    await run_batch(team.owner, team.key, operations)
    (deed,) = (await opened(team)).items()[0]["deeds"]
    assert deed["text"] == "set the priority to High, renamed this to “Renamed”"
    assert deed["tasks"] == [[ref, "Renamed"] for ref in refs]


async def test_what_is_new_comes_on_top_and_an_undo_is_told_as_one() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await tasks.edit_task(team.owner, ref, {"priority": "high"})
    presenter = await opened(team)
    edited = presenter.items()[0]
    undone = await undo_command(team.owner, team.key, edited["command"])
    await presenter.refresh()
    undo, after = presenter.items()[:2]
    assert (undo["command"], undo["how"], undo["deeds"][0]["text"]) == (
        undone.command,
        "Undo",
        "set the priority to No priority",
    )
    assert (after["undone"], after["mayUndo"]) == (True, False)


async def test_more_news_than_a_part_holds_leaves_no_gap() -> None:
    team = await make_team()
    presenter = await opened(team)
    for number in range(PART + 5):
        await labels.add_label(team.owner, team.key, {"name": f"label {number}"})
    await presenter.refresh()
    assert len(presenter.items()) == PART
    await presenter.older()
    commands = [item["command"] for item in presenter.items()]
    assert commands == sorted(commands, reverse=True)
    assert commands[-1] == 1


async def test_it_can_be_narrowed_to_those_in_the_project_and_to_known_kinds() -> None:
    team = await make_team()
    person = await team.person()
    ref = team.ref((await team.task()).number)
    await comments.add_comment(person, ref, "Look")
    presenter = await opened(team)
    await presenter.narrow(str(person.account_id), "comments")
    assert [item["deeds"][0]["text"] for item in presenter.items()] == ["commented: Look"]
    for by, kind in (("nobody", ""), ("", "weather")):
        with pytest.raises(NotFound):
            await presenter.narrow(by, kind)
    await projects.edit_project(team.owner, team.key, {"name": "Shop"})
    await presenter.narrow("", "project")
    assert presenter.items()[0]["deeds"][0]["text"] == "changed the settings of the project"


async def test_what_happens_in_all_projects_is_told_with_its_project_and_taken_back_there() -> None:
    team = await make_team()
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    await tasks.create_task(team.owner, other, {"title": "Fix the till"})
    presenter = AllActivityPresenter(team.owner)
    await presenter.open()
    assert {item["project"] for item in presenter.items()} == {team.key, other}
    ref = team.ref((await team.task()).number)
    await presenter.refresh()
    newest = presenter.items()[0]
    assert (newest["project"], newest["deeds"]) == (
        team.key, [{"text": "created this task", "tasks": [[str(ref), "Fix the login"]]}]
    )  # fmt: skip
    await presenter.undo(newest["project"], newest["command"])
    await presenter.refresh()
    assert [item["undone"] for item in presenter.items()[:2]] == [False, True]
    await presenter.narrow_to(str(team.owner.account_id), "tasks", other)
    assert [item["deeds"][0]["tasks"][0][1] for item in presenter.items()] == ["Fix the till"]
    with pytest.raises(NotFound):
        await presenter.narrow_to("", "", "NOPE")


async def test_an_answer_to_what_is_not_asked_any_more_is_not_mixed_into_the_narrower_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = await make_team()
    await team.task()
    await comments.add_comment(team.owner, team.ref(1), "Hello")
    presenter = await opened(team)
    for read in (presenter.refresh, presenter.older):
        await presenter.narrow("", "")
        with monkeypatch.context() as patcher:
            held = Held(patcher, "tasktracker.ui.presenters.activity.list_activity")
            late = asyncio.create_task(read())
            await held.reached()
            await presenter.narrow("", "comments")
            held.let_go()
            await late
        assert [item["deeds"][0]["text"] for item in presenter.items()] == ["commented: Hello"]
