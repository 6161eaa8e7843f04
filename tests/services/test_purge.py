"""What is in the trash for a month is removed for good: the rows, and what the logs hold of them."""

import asyncio
from contextvars import Context
from datetime import timedelta
from typing import Any

import pytest

from tasktracker.domain.errors import CannotUndo, Clash, Forbidden, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.models import Attachment, Comment, Event, Notification, Project, Reminder, Task, TaskAlias
from tasktracker.services import comments, projects, purge, relations, tasks, upkeep
from tasktracker.services.audit import audit_logs
from tasktracker.services.clock import now
from tasktracker.services.command import project_command
from tasktracker.services.purge import KEPT, purge_task, purge_trash
from tasktracker.services.queries.history import list_events
from tasktracker.services.queries.past_boards import board_at
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import transfer_task
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of


async def trash(team: Team, number: int = 1, age: timedelta = KEPT + timedelta(minutes=1)) -> Task:
    """Throw the task away, `age` ago."""
    await tasks.trash_task(team.owner, team.ref(number))
    await Task.filter(project=team.project, number=number).update(trashed_at=now() - age)
    return await Task.get(project=team.project, number=number)


async def content(team: Team) -> str:
    """Everything that is written in the logs of the workspace."""
    return str([event.changes for event in await Event.filter(workspace_id=team.workspace.id)])


async def test_a_task_is_gone_with_all_that_hung_on_it() -> None:
    team = await make_team()
    await team.task("My password is hunter2", description="hunter2")
    await comments.add_comment(team.owner, team.ref(1), "It is hunter2")
    task = await trash(team)
    account_id = team.owner.account_id
    file: dict[str, Any] = {"name": "a.txt", "media_type": "text/plain", "size": 1, "sha256": "0" * 64}
    await Attachment.create(task=task, uploader_id=account_id, **file)
    await Reminder.create(task=task, account_id=account_id, minutes_before=5)
    await _notify(team, task)
    assert await purge_trash() >= 1
    assert await Task.filter(id=task.id).count() == 0
    for model in (Comment, Attachment, Reminder):
        assert await model.filter(task_id=task.id).count() == 0
    assert await Notification.filter(task_id=task.id).count() == 0
    assert "hunter2" not in await content(team)
    assert isinstance(await outcome_of(get_task(team.owner, team.ref(1))), NotFound)


async def test_the_log_says_what_was_done_and_the_audit_holds() -> None:
    team = await make_team()
    await team.task("Secret")
    await tasks.edit_task(team.owner, team.ref(1), {"title": "Still secret"})
    task = await trash(team)
    told = await Event.filter(task_id=task.id).order_by("revision")
    await purge_trash()
    events = await Event.filter(task_id=task.id).order_by("revision")
    assert [event.kind for event in events[len(told) :]] == ["EventRedacted", "TaskPurged"]
    assert [change["new"] for change in events[-2].changes] == [event.revision for event in told]
    kept = [change for event in events[:-2] for change in event.changes]
    assert kept == [{"field": change["field"], "redacted": True} for change in kept]
    assert events[-1].version == task.version + 1
    report = await audit_logs(team.workspace.id)
    assert (report.is_whole, report.redacted) == (True, len(told))
    assert [event.task for event in await list_events(team.owner, team.key) if event.kind == "TaskPurged"] == [None]


async def test_what_is_not_old_enough_or_came_back_stays() -> None:
    team = await make_team()
    for _ in range(3):
        await team.task()
    await trash(team, 1, KEPT - timedelta(minutes=1))
    await trash(team, 2)
    await tasks.restore_task(team.owner, team.ref(2))
    await purge_trash()
    assert await Task.filter(project=team.project).count() == 3


async def test_subtasks_lose_their_parent_and_stay() -> None:
    team = await make_team()
    top = await team.task("Top")
    await team.task("Below", parent=top.ref)
    await trash(team, 1)
    await purge_trash()
    below = await Task.get(project=team.project, number=2)
    assert (below.parent_id, below.version) == (None, 2)
    told = (await Event.filter(task_id=below.id).order_by("-revision"))[0]
    assert (told.kind, told.changes) == (
        "TaskEdited",
        [{"field": "parent_id", "old": str((await _purged(team)).task_id), "new": None}],
    )


async def test_related_tasks_lose_the_relation_in_other_projects_too() -> None:
    team = await make_team()
    other = await _second(team)
    for each in (team, team, other):
        await each.task()
    await relations.relate(team.owner, team.ref(1), "blocks", team.ref(2))
    await relations.relate(team.owner, other.ref(1), "duplicates", team.ref(1))
    await trash(team, 1)
    await purge_trash()
    here, there = await Task.get(project=team.project, number=2), await Task.get(project=other.project)
    assert (here.blocked_by_ids, there.duplicates_ids) == ([], [])
    told = (await Event.filter(log_id=other.project.id).order_by("-revision"))[0]
    assert (told.kind, told.task_id) == ("TaskEdited", there.id)
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_what_it_left_in_the_log_of_another_project_is_taken_out_as_well() -> None:
    team = await make_team()
    other = await _second(team)
    await team.task("Secret")
    then = (await Project.get(id=team.project.id)).changed_at
    await transfer_task(team.owner, team.ref(1), other.key)
    await trash(other, 1)
    await purge_trash()
    assert "Secret" not in await content(team)
    for log in (team.project, other.project):
        assert await Event.filter(log_id=log.id, kind="EventRedacted").count() == 1
    assert await Event.filter(log_id=other.project.id, kind="TaskPurged").count() == 1
    assert await TaskAlias.filter(project=team.project).count() == 0
    assert (await audit_logs(team.workspace.id)).is_whole
    assert (await board_at(team.owner, team.key, then))["cards"] == []


async def test_many_processes_purge_each_task_once() -> None:
    team = await make_team()
    for number in range(1, 6):
        await team.task()
        await trash(team, number)
    await asyncio.gather(*(purge_trash() for _ in range(4)))
    await purge_trash()
    assert await Task.filter(project=team.project).count() == 0
    purged = [event.task_id for event in await Event.filter(log_id=team.project.id, kind="TaskPurged")]
    assert len(purged) == len(set(purged)) == 5
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_a_project_that_somebody_works_on_waits_for_the_next_time() -> None:
    team = await make_team()
    await team.task()
    await trash(team)
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS):
        async with asyncio.timeout(5):
            await asyncio.create_task(purge_trash(), context=Context())
        assert await Task.filter(project=team.project).count() == 1
    await purge_trash()
    assert await Task.filter(project=team.project).count() == 0


async def test_nothing_changes_in_an_archived_project() -> None:
    team = await make_team()
    await team.task()
    await trash(team)
    await projects.archive_project(team.owner, team.key)
    await purge_trash()
    assert await Task.filter(project=team.project).count() == 1


async def test_a_task_that_cannot_be_purged_keeps_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    team = await make_team()
    for number in (1, 2):
        await team.task(f"Task {number}")
    bad = await trash(team, 1, KEPT + timedelta(days=1))
    await trash(team, 2)
    real = purge._redact  # noqa: SLF001  the step in the middle

    async def fails(commands: Any, command: Any, task: Task) -> None:
        if task.id == bad.id:
            raise RuntimeError("a defect")
        await real(commands, command, task)

    monkeypatch.setattr(purge, "_redact", fails)
    await purge_trash()
    assert [task.id for task in await Task.filter(project=team.project)] == [bad.id]


async def test_upkeep_purges_the_trash() -> None:
    team = await make_team()
    await team.task()
    await trash(team)
    await upkeep.tidy()
    assert await Task.filter(project=team.project).count() == 0


async def test_a_manager_purges_what_is_in_the_trash_at_once() -> None:
    team = await make_team()
    await team.task("Secret")
    assert isinstance(await outcome_of(purge_task(team.owner, team.ref(1))), Clash)
    await tasks.trash_task(team.owner, team.ref(1))
    editor = await team.person()
    await projects.set_project_member(team.owner, team.key, editor.account_id, "editor")
    assert isinstance(await outcome_of(purge_task(editor, team.ref(1))), Forbidden)
    await purge_task(team.owner, team.ref(1))
    assert await Task.filter(project=team.project).count() == 0
    assert (await _purged(team)).actor_id == team.owner.account_id  # type: ignore[attr-defined]
    assert isinstance(await outcome_of(purge_task(team.owner, team.ref(1))), NotFound)


async def test_it_is_purged_in_the_name_of_who_threw_it_away() -> None:
    team = await make_team()
    await team.task()
    editor = await team.person()
    await tasks.trash_task(editor, team.ref(1))
    await Task.filter(project=team.project).update(trashed_at=now() - KEPT - timedelta(minutes=1))
    await purge_trash()
    purged = await _purged(team)
    assert purged.actor_id == editor.account_id  # type: ignore[attr-defined]
    assert purged.request_id.startswith("purge:")


async def test_there_is_no_way_back() -> None:
    team = await make_team()
    await team.task()
    created = await Event.get(log_id=team.project.id, kind="TaskCreated")
    await trash(team)
    await purge_trash()
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, created.revision)), CannotUndo)
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, (await _purged(team)).revision)), CannotUndo)


async def _second(team: Team) -> Team:
    key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    return Team(team.workspace, team.owner, key, await Project.get(workspace=team.workspace, key=key), {})


async def _purged(team: Team) -> Event:
    return await Event.get(log_id=team.project.id, kind="TaskPurged")


async def _notify(team: Team, task: Task) -> None:
    await Notification.create(
        workspace=team.workspace,
        account_id=team.owner.account_id,
        task_id=task.id,
        log_id=team.project.id,
        revision=1,
        reason="assigned",
        created_at=now(),
    )
