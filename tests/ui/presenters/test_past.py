"""The steps of a life in words, and a task as it was at one of them."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tasktracker.services import comments, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.custom_fields import add_custom_field
from tasktracker.services.labels import add_label, delete_label
from tasktracker.services.projects import edit_project
from tasktracker.services.task_changes import Spot
from tasktracker.ui.components.time_travel.past import read_field, read_index
from tasktracker.ui.presenters.past import ProjectPast, TaskPast
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tests.factories import Team, make_team
from tests.held import Held


async def past_of(team: Team, number: int) -> TaskPast:
    project = await open_project(team)
    task = TaskPresenter(team.owner, team.ref(number))
    await task.load()
    past = TaskPast(project, task)
    await past.open()
    return past


async def open_project(team: Team) -> ProjectPresenter:
    project = ProjectPresenter(team.owner, team.key)
    await project.open(lambda _patch: None)
    return project


def changed(past: TaskPast) -> dict[str, tuple[Any, Any]]:
    return {field["label"]: (field["then"], field["now"]) for field in past.picture()["fields"] if field["changed"]}


async def test_a_tasks_life_has_a_step_for_each_command_and_shows_what_it_was_then() -> None:
    team = await make_team()
    task = await team.task("Fix it", column="To do", priority="high", description="It **fails**", due="2026-12-01")
    ref = team.ref(task.number)
    await tasks.edit_task(team.owner, ref, {"title": "Fix the login", "description": "", "due": None, "estimate": 3})
    await tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id)))
    await comments.add_comment(team.owner, ref, "Done!")
    past = await past_of(team, task.number)
    texts = [deed.text for deed in past.deeds]
    assert len(texts) == 4, texts
    assert texts[2:] == ["moved this from To do to Done", "commented: Done!"]
    assert past.index == 2, "the step before the last change"
    await past.go(0)
    assert past.step() | {"who": "", "text": ""} == {
        "index": 0, "count": 4, "first": 0, "last": 0, "at": past.at.isoformat(), "who": "", "text": "",
    }  # fmt: skip
    picture = past.picture()
    assert (picture["title"], picture["changed"]) == ("Fix it", ["title", "description"])
    assert "<strong>fails</strong>" in picture["html"]
    assert changed(past) == {"State": ("To do", "Done"), "Due date": ("December 1", "None"), "Estimate": ("None", "3")}
    assert past.value("due") == {"due": "2026-12-01"}
    assert past.value("column_id") == {"column_id": str(team.columns["To do"].id)}
    assert [past.can_restore(field) for field in ("title", "priority", "version", "__class__")] == [
        *(True, False, False, False)
    ]


async def test_a_moment_between_two_changes_shows_what_the_first_of_them_left() -> None:
    team = await make_team()
    task = await team.task("One")
    for title in ("Two", "Three"):
        await tasks.edit_task(team.owner, team.ref(task.number), {"title": title})
    past = await past_of(team, task.number)
    await past.open(past.deeds[1].at + timedelta(microseconds=1))
    assert (past.index, past.picture()["title"]) == (1, "Two")
    await past.open(past.deeds[0].at - timedelta(days=1))
    assert past.index == 1, "no moment of its life: before its last change"


async def test_the_steps_of_a_project_skip_over_a_command_of_many_events_and_tell_it_in_one_line() -> None:
    team = await make_team()
    refs = [(await team.task(f"Task {number}")).ref for number in range(2)]
    await run_batch(team.owner, team.key, [{"op": "edit", "ref": ref, "fields": {"priority": "low"}} for ref in refs])
    label = await add_label(team.owner, team.key, {"name": "bug"})
    await tasks.edit_task(team.owner, team.ref(1), {"label_ids": [str(label.id)]})
    past = ProjectPast(await open_project(team))
    await past.open()
    told = []
    while True:
        step = past.step()
        told.append(step["text"])
        if step["first"] == 0:
            break
        await past.go(step["first"] - 1)
    one, other = refs
    assert told[:5] == [
        f"added the label bug ({one})",
        "added the label “bug” to the project",
        f"set the priority to Low ({one} and {other})",
        f"created this task ({other})",
        f"created this task ({one})",
    ]
    assert told[-1] == "created the project"
    await past.go(10**9)
    assert past.step()["last"] == past.step()["count"] - 1, "a slider beyond the end is at the end"


def test_nonsense_about_where_to_go_is_not_read() -> None:
    for raw in (None, {}, {"index": -1}, {"index": "1"}, {"index": True}, {"index": 2**60}):
        assert read_index(raw) is None
    for raw in (None, {"field": ""}, {"field": 1}, {"field": "x" * 61}):
        assert read_field(raw) is None
    assert (read_index({"index": 3}), read_field({"field": "title"})) == (3, "title")


async def test_what_a_slider_has_passed_is_not_shown_when_its_answer_comes_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = await make_team()
    task = await team.task("One")
    for title in ("Two", "Three"):
        await tasks.edit_task(team.owner, team.ref(task.number), {"title": title})
    past = await past_of(team, task.number)
    held = Held(monkeypatch, "tasktracker.ui.presenters.past.task_at")
    passed = asyncio.create_task(past.go(0))
    await held.reached()
    assert await past.go(1)
    held.let_go()
    assert not await passed
    assert (past.index, past.value("title")) == (1, {"title": "Two"})


async def test_the_step_of_a_board_is_the_last_one_that_was_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    team = await make_team()
    for _ in range(2):
        await team.task()
    past = ProjectPast(await open_project(team))
    await past.open()
    last = past.step()["last"]
    held = Held(monkeypatch, "tasktracker.ui.presenters.past.find_moment")
    passed = asyncio.create_task(past.go(0))
    await held.reached()
    assert await past.go(last)
    held.let_go()
    assert not await passed
    assert past.step()["last"] == last


async def test_who_left_and_what_is_deleted_have_words_in_a_picture_of_then() -> None:
    team = await make_team()
    ben, label = await team.person(), await add_label(team.owner, team.key, {"name": "bug"})
    for key, kind in (("tester", "person"), ("shipped", "date")):
        await add_custom_field(team.owner, team.key, {"name": key.title(), "key": key, "kind": kind})
    task = await team.task(
        assignee_ids=[str(ben.account_id)],
        label_ids=[str(label.id)],
        custom={"tester": str(ben.account_id), "shipped": "2030-11-30"},
    )
    gone = {"assignee_ids": [], "label_ids": [], "custom": {"tester": None, "shipped": None}}
    await tasks.edit_task(team.owner, team.ref(task.number), gone)
    await edit_project(team.owner, team.key, {"is_private": True})
    await delete_label(team.owner, team.key, label.id)
    past = await past_of(team, task.number)
    await past.go(0)
    assert {label: then for label, (then, _) in changed(past).items()} == {
        "Assignees": "somebody who left",
        "Labels": "a deleted label",
        "Tester": "somebody who left",
        "Shipped": "November 30, 2030",
    }
    assert past.value("custom.shipped") == {"custom": {"shipped": "2030-11-30"}}
