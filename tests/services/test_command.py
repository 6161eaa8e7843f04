"""The engine: one log a project, its revisions without a gap, whatever happens to the commands around it."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import pytest

from tasktracker.domain.errors import Clash, Forbidden, Invalid, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.models import Event, Project, Session, Task, Workspace
from tasktracker.services import columns, projects, sessions, tasks
from tasktracker.services.clock import now, time_is
from tasktracker.services.command import project_command
from tasktracker.services.transaction import attempt, unit_of_work
from tests.factories import Team, make_session, make_team
from tests.services.outcomes import outcome_of, outcomes_of


class Boom(Exception):
    """Something unforeseen."""


async def revisions(team: Team) -> list[int]:
    return await Event.filter(log_id=team.project.id).order_by("id").values_list("revision", flat=True)  # type: ignore[return-value]


async def test_forty_commands_at_once_get_forty_revisions_and_numbers() -> None:
    team = await make_team()
    before = await revisions(team)
    made = await asyncio.gather(*(team.task(f"Task {n}") for n in range(40)))
    assert sorted(view.number for view in made) == list(range(1, 41))
    assert sorted(await revisions(team)) == [*before, *range(len(before) + 1, len(before) + 41)]
    project = await Project.get(id=team.project.id)
    assert (project.revision, project.next_number) == (len(before) + 40, 41)


async def test_a_command_that_fails_leaves_nothing_and_no_gap() -> None:
    team = await make_team()
    before = await revisions(team)
    for _ in range(3):
        with pytest.raises(Boom):
            await _create_and_fail(team)
    assert (await team.task("The first one")).number == 1
    assert await Task.filter(project=team.project).count() == 1
    assert await revisions(team) == [*before, before[-1] + 1]


async def test_a_refused_command_writes_no_event() -> None:
    team = await make_team()
    before = await revisions(team)
    for refused in (
        tasks.edit_task(team.owner, team.ref(99), {"title": "x"}),
        columns.add_column(team.owner, team.key, {"name": "Done", "category": "done"}),
        projects.set_project_member(team.owner, team.key, team.project.id, "viewer"),
    ):
        assert isinstance(await outcome_of(refused), NotFound | Clash)
    assert await revisions(team) == before


async def test_a_failure_that_is_passed_over_undoes_the_whole_transaction() -> None:
    """Rows changed by a command that failed half-way have no event: they must not be committed with the rest."""
    team = await make_team()
    before = await revisions(team)
    with pytest.raises(RuntimeError, match="passed over"):
        await _create_and_pass_over_a_failure(team)
    assert await Task.filter(project=team.project).count() == 0
    assert await revisions(team) == before


async def test_a_part_that_fails_alone_leaves_the_rest_and_no_gap() -> None:
    team = await make_team()
    before = await revisions(team)
    async with unit_of_work():
        await team.task("Before")
        for _ in range(2):
            with pytest.raises(Boom):
                await _fail_alone(team)
        await team.task("After")
    titles = await Task.filter(project=team.project).order_by("number").values_list("title", "number")
    assert titles == [("Before", 1), ("After", 2)]
    assert await revisions(team) == [*before, before[-1] + 1, before[-1] + 2]


async def test_a_part_in_which_a_command_was_refused_and_passed_over_is_undone() -> None:
    team = await make_team()
    async with unit_of_work():
        await team.task("Before")
        with pytest.raises(RuntimeError, match="passed over"):
            await _pass_over_a_refusal(team)
    assert await Task.filter(project=team.project).count() == 1


async def test_commands_of_one_transaction_commit_together_in_their_order() -> None:
    team = await make_team()
    async with unit_of_work():
        task = await team.task("Fix the login")
        await tasks.edit_task(team.owner, team.ref(task.number), {"priority": "high"})
        await tasks.archive_task(team.owner, team.ref(task.number))
    events = await Event.filter(log_id=team.project.id).order_by("-revision").limit(3)
    assert [event.kind for event in events] == ["TaskArchived", "TaskEdited", "TaskCreated"]


async def test_a_command_that_changes_nothing_writes_no_event() -> None:
    team = await make_team()
    task = await team.task("Fix the login", priority="high")
    before = await revisions(team)
    ref = team.ref(task.number)
    assert (await tasks.edit_task(team.owner, ref, {"title": "Fix  the login ", "priority": "high"})).version == 1
    await tasks.restore_task(team.owner, ref)
    await projects.edit_project(team.owner, team.key, {"name": "Web site"})
    await columns.edit_column(team.owner, team.key, team.columns["Done"].id, {"category": "done"})
    assert await revisions(team) == before


async def test_a_logs_time_never_runs_backwards() -> None:
    """A replica whose clock is behind, or demo data that is written out of order."""
    team = await make_team()
    with time_is(now() + timedelta(hours=1)):
        await team.task("From a clock that is ahead")
    await team.task("From one that is right")
    stamps = [event.at for event in await Event.filter(log_id=team.project.id).order_by("revision")]
    assert stamps == sorted(stamps)
    assert stamps[-1] == stamps[-2]


async def test_a_read_only_token_changes_nothing() -> None:
    team = await make_team()
    actor = await sessions.authenticate(await sessions.create_token(team.owner, "Reports", may_write=False))
    for call in (
        tasks.create_task(actor, team.key, {"title": "x"}),
        projects.create_project(actor, {"key": "NEW", "name": "New"}),
        sessions.create_token(actor, "A token that may write"),
    ):
        assert "read-only" in str(await outcome_of(call))
    assert await Task.filter(project=team.project).count() == 0


async def test_a_demotion_counts_for_whoever_waited_for_it_to_end() -> None:
    """Roles are those of the moment when a command has the lock, not when it began to wait for it."""
    team = await make_team()
    person = await team.person("member")
    demotion = projects.set_project_member(team.owner, team.key, person.account_id, "viewer")
    outcome = await _outcome_behind(demotion, tasks.create_task(person, team.key, {"title": "Too late"}))
    assert isinstance(outcome, Forbidden)


async def test_a_session_revoked_meanwhile_stops_whoever_waited() -> None:
    team = await make_team()
    secret, session = await make_session(team.owner)
    actor = await sessions.authenticate(secret)
    revocation = _edit_and_revoke(team, session)
    outcome = await _outcome_behind(revocation, tasks.create_task(actor, team.key, {"title": "Too late"}))
    assert isinstance(outcome, NotFound)


async def test_a_project_archived_meanwhile_refuses_whoever_waited() -> None:
    team = await make_team()
    outcome = await _outcome_behind(projects.archive_project(team.owner, team.key), team.task("Too late"))
    assert isinstance(outcome, Clash)


async def test_projects_made_at_once_are_serial_in_their_workspaces_log() -> None:
    team = await make_team()
    keys = [f"N{n}" for n in range(8)] * 2
    outcomes = await outcomes_of(projects.create_project(team.owner, {"key": key, "name": key}) for key in keys)
    assert sorted(outcome for outcome in outcomes if isinstance(outcome, str)) == sorted(set(keys))
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 8
    events = await Event.filter(log_id=team.workspace.id).order_by("revision")
    assert [event.revision for event in events] == list(range(1, 10))
    assert (await Workspace.get(id=team.workspace.id)).revision == 9


async def _fail_alone(team: Team) -> None:
    async with attempt():
        await team.task("Never")
        raise Boom


async def _pass_over_a_refusal(team: Team) -> None:
    async with attempt():
        await team.task("Never")
        assert isinstance(await outcome_of(team.task("")), Invalid)
        assert isinstance(await outcome_of(tasks.edit_task(team.owner, team.ref(99), {"title": "x"})), NotFound)


async def _create_and_fail(team: Team) -> None:
    async with unit_of_work():
        await team.task("Never seen")
        raise Boom


async def _create_and_pass_over_a_failure(team: Team) -> None:
    async with unit_of_work():
        try:
            await _fail_half_way(team)
        except Boom:
            await team.task("The rest goes on")


async def _fail_half_way(team: Team) -> None:
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
        column = team.columns["Done"].id
        await Task.create(
            project=team.project, number=7, title="No event", column_id=column, position="a0",
            created_by_id=team.owner.account_id, using_db=command.db,
        )  # fmt: skip
        raise Boom


async def _edit_and_revoke(team: Team, session: Session) -> None:
    await projects.edit_project(team.owner, team.key, {"description": "Somebody else works here too."})
    await sessions.revoke_session(team.owner, session.id)


async def _outcome_behind(first: Awaitable[object], then: Awaitable[object]) -> object:
    """What `then` comes to when it has to wait for the transaction of `first`."""
    holds, ends = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with unit_of_work():
            await first
            holds.set()
            await ends.wait()

    holder = asyncio.create_task(hold())
    await holds.wait()
    waiter = asyncio.create_task(outcome_of(then))
    await asyncio.sleep(0.05)
    assert not waiter.done()
    ends.set()
    await holder
    return await waiter
