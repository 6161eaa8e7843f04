"""Creating and editing tasks, throwing them away and getting them back."""

from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import CannotUndo, Clash, Invalid, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.domain.references import TaskRef
from tasktracker.models import Event
from tasktracker.services import columns, labels, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.task_changes import Spot
from tasktracker.services.undo import undo_command
from tasktracker.services.views import TaskView
from tests.factories import make_team
from tests.services.outcomes import outcome_of, pointers_of

Step = Callable[[Actor, TaskRef], Coroutine[Any, Any, TaskView]]


async def test_a_new_task_has_all_its_fields() -> None:
    team = await make_team()
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    person = await team.person()
    view = await tasks.create_task(
        team.owner,
        team.key,
        {
            "title": "  Fix the login ",
            "description": "It **fails**.\r\nAlways.  ",
            "column_id": str(team.columns["In progress"].id),
            "priority": "urgent",
            "assignee_ids": [str(person.account_id)],
            "label_ids": [str(label.id)],
            "due": "2026-11-30",
        },
    )
    assert (view.ref, view.version, view.created_by) == (f"{team.key}-1", 1, team.owner.account_id)
    assert (view.title, view.description) == ("Fix the login", "It **fails**.\nAlways.")
    assert (view.priority, view.due, view.column_id) == ("urgent", date(2026, 11, 30), team.columns["In progress"].id)
    assert (view.assignee_ids, view.label_ids) == ([person.account_id], [label.id])
    assert view == await get_task(team.owner, team.ref(1))


async def test_a_title_is_enough_and_the_task_waits_to_be_done() -> None:
    team = await make_team()
    view = await team.task("Fix the login")
    assert view.column_id == team.columns["To do"].id
    assert (view.description, view.priority, view.assignee_ids, view.label_ids, view.due) == ("", "none", [], [], None)


async def test_without_a_title_or_a_column_there_is_no_task() -> None:
    team = await make_team()
    assert await pointers_of(tasks.create_task(team.owner, team.key, {"description": "x"})) == ["/title"]
    for column in team.columns.values():
        await columns.delete_column(team.owner, team.key, column.id)
    assert isinstance(await outcome_of(team.task()), Clash)
    later = await columns.add_column(team.owner, team.key, {"name": "Later", "category": "backlog"})
    assert (await team.task()).column_id == later.id


async def test_what_the_project_does_not_know_is_pointed_at_and_nothing_is_saved() -> None:
    team, others = await make_team(), await make_team()
    guest, foreign = await team.person("guest"), await labels.add_label(others.owner, others.key, {"name": "bug"})
    good = await team.person()
    raw = {
        "title": "x",
        "assignee_ids": [str(each) for each in (good.account_id, guest.account_id, others.owner.account_id)],
        "label_ids": [str(foreign.id), str(new_id())],
    }
    expected = ["/assignee_ids/1", "/assignee_ids/2", "/label_ids/0", "/label_ids/1"]
    assert sorted(await pointers_of(tasks.create_task(team.owner, team.key, raw))) == expected
    task = await team.task()
    assert sorted(await pointers_of(tasks.edit_task(team.owner, team.ref(task.number), raw))) == expected
    for column in (others.columns["Done"].id, new_id()):
        call = tasks.edit_task(team.owner, team.ref(task.number), {"column_id": str(column)})
        assert await pointers_of(call) == ["/column_id"]
    assert await get_task(team.owner, team.ref(task.number)) == task


async def test_in_a_private_project_only_its_members_are_given_tasks() -> None:
    team = await make_team(is_private=True)
    admin = await team.person("admin")
    raw = {"title": "x", "assignee_ids": [str(admin.account_id)]}
    assert await pointers_of(tasks.create_task(team.owner, team.key, raw)) == ["/assignee_ids/0"]
    await projects.set_project_member(team.owner, team.key, admin.account_id, "viewer")
    assert (await tasks.create_task(team.owner, team.key, raw)).assignee_ids == [admin.account_id]


async def test_an_edit_changes_what_it_names_and_its_history_tells_both_sides() -> None:
    team = await make_team()
    task = await team.task("Old", priority="low", due="2026-11-30")
    view = await tasks.edit_task(team.owner, team.ref(task.number), {"title": "New", "due": None, "priority": "low"})
    assert (view.title, view.due, view.priority, view.version) == ("New", None, "low", 2)
    newest = (await list_history(team.owner, team.ref(task.number))).items[0]
    assert (newest.kind, newest.actor_id) == ("TaskEdited", team.owner.account_id)
    assert sorted(newest.changes, key=lambda change: change["field"]) == [
        {"field": "due", "old": "2026-11-30", "new": None},
        {"field": "title", "old": "Old", "new": "New"},
    ]


async def test_a_task_is_completed_when_it_enters_done_and_until_it_leaves() -> None:
    team = await make_team()
    monday, tuesday = datetime(2098, 11, 24, 9, tzinfo=UTC), datetime(2098, 11, 25, 9, tzinfo=UTC)
    with time_is(monday):
        done = await team.task(column="Done")
        open_task = await team.task()
    assert (done.completed_at, open_task.completed_at) == (monday, None)
    with time_is(tuesday):
        await tasks.edit_task(team.owner, team.ref(done.number), {"title": "Still done"})
        await tasks.move_task(team.owner, team.ref(done.number), Spot(str(done.column_id)))
        finished = await tasks.edit_task(team.owner, team.ref(open_task.number), {"column_id": str(done.column_id)})
    assert finished.completed_at == tuesday
    assert (await get_task(team.owner, team.ref(done.number))).completed_at == monday
    reopened = await tasks.move_task(team.owner, team.ref(done.number), Spot(str(open_task.column_id)))
    assert reopened.completed_at is None
    assert (await get_task(team.owner, team.ref(done.number))).completed_at is None


@pytest.mark.parametrize(
    ("away", "back", "stamp", "kinds"),
    [
        (tasks.archive_task, tasks.unarchive_task, "archived_at", ["TaskUnarchived", "TaskArchived"]),
        (tasks.trash_task, tasks.restore_task, "trashed_at", ["TaskRestored", "TaskTrashed"]),
    ],
)
async def test_a_task_goes_away_once_and_comes_back_as_it_was(
    away: Step, back: Step, stamp: str, kinds: list[str]
) -> None:
    team = await make_team()
    task = await team.task(priority="high")
    ref = team.ref(task.number)
    gone = await away(team.owner, ref)
    assert getattr(gone, stamp) is not None
    assert await away(team.owner, ref) == gone == await get_task(team.owner, ref)
    again = await back(team.owner, ref)
    assert getattr(again, stamp) is None
    assert (again.position, again.column_id, again.priority) == (task.position, task.column_id, "high")
    assert await back(team.owner, ref) == again
    assert [event.kind for event in (await list_history(team.owner, ref)).items] == [*kinds, "TaskCreated"]


async def test_a_task_in_the_trash_is_not_worked_on_until_it_is_restored() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await tasks.trash_task(team.owner, ref)
    for call in (
        tasks.edit_task(team.owner, ref, {"title": "x"}),
        tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id))),
    ):
        assert "in the trash" in str(await outcome_of(call))
    await tasks.restore_task(team.owner, ref)
    assert (await tasks.edit_task(team.owner, ref, {"title": "x"})).title == "x"


async def test_an_archived_project_can_be_read_and_nothing_in_it_changes() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await projects.archive_project(team.owner, team.key)
    for call in (
        tasks.create_task(team.owner, team.key, {"title": "x"}),
        tasks.edit_task(team.owner, ref, {"title": "x"}),
        tasks.trash_task(team.owner, ref),
        labels.add_label(team.owner, team.key, {"name": "bug"}),
        projects.edit_project(team.owner, team.key, {"name": "x"}),
    ):
        assert "archived" in str(await outcome_of(call))
    assert (await get_task(team.owner, ref)).version == 1
    await projects.unarchive_project(team.owner, team.key)
    assert (await tasks.edit_task(team.owner, ref, {"title": "x"})).version == 2


async def test_a_task_that_does_not_exist_is_not_found() -> None:
    team = await make_team()
    for call in (
        get_task(team.owner, team.ref(1)),
        tasks.edit_task(team.owner, team.ref(1), {}),
        tasks.trash_task(team.owner, team.ref(1)),
        list_history(team.owner, team.ref(1)),
    ):
        assert isinstance(await outcome_of(call), NotFound)


@pytest.mark.parametrize(
    "title", ["x" * 300, "日本語 " * 60, "👩‍👩‍👧" * 40, "'; DROP TABLE task; --", '"\\u0000" \\ {}']
)
async def test_any_title_comes_back_as_it_was_written(title: str) -> None:
    team = await make_team()
    task = await team.task(title)
    assert (await get_task(team.owner, team.ref(task.number))).title == title.strip()
    event = await Event.filter(log_id=team.project.id, kind="TaskCreated").get()
    assert next(change for change in event.changes if change["field"] == "title")["new"] == title.strip()


async def test_a_wrong_field_is_told_before_anything_is_locked() -> None:
    team = await make_team()
    call = tasks.create_task(team.owner, "NOTHERE", {"title": "", "colour": "red"})
    refusal = await outcome_of(call)
    assert isinstance(refusal, Invalid)
    assert [problem.pointer for problem in refusal.problems] == ["/title", "/colour"]
    assert team.key


async def test_no_two_tasks_of_a_project_come_from_the_same_place_outside() -> None:
    team = await make_team()
    await team.task(external_source="github", external_id="7")
    refused = await outcome_of(team.task(external_source="github", external_id="7"))
    assert isinstance(refused, Clash)
    assert f"{team.key}-1" in str(refused)
    await team.task(external_source="gitlab", external_id="7")
    assert isinstance(await outcome_of(tasks.edit_task(team.owner, team.ref(2), {"external_source": "github"})), Clash)
    await tasks.edit_task(team.owner, team.ref(2), {"external_source": "gitlab", "external_id": "7"})
    await (await make_team()).task(external_source="github", external_id="7")


async def test_an_outside_id_that_another_task_has_by_now_does_not_come_back_by_undo() -> None:
    team = await make_team()
    await team.task(external_source="github", external_id="7")
    await tasks.edit_task(team.owner, team.ref(1), {"external_id": None})
    await team.task(external_source="github", external_id="7")
    (edited,) = await Event.filter(log_id=team.project.id, kind="TaskEdited")
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, edited.revision)), CannotUndo)
