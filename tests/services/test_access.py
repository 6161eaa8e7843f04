"""Who sees what: the rule in SQL and the rule in the domain, walked through every combination."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Forbidden, NotFound, NotSignedIn
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import (
    PROJECT_ROLE_MAY,
    Permission,
    ProjectRole,
    WorkspaceRole,
    role_in_project,
)
from tasktracker.domain.references import TaskRef
from tasktracker.models import Membership, Project, ProjectMembership, Session, Workspace
from tasktracker.models.database import connection
from tasktracker.services import columns, comments, tasks
from tasktracker.services.access import READERS
from tasktracker.services.clock import now
from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.projects import get_project, list_people, list_projects
from tests.factories import make_person, make_team, make_workspace
from tests.services.outcomes import outcome_of

PROJECTS = {f"P{n}": kind for n, kind in enumerate(product([None, *ProjectRole], [False, True]))}
"""One project for each role that somebody may have of their own, once open and once private."""
_READABLE = f"SELECT p.key FROM project p JOIN ({READERS}) r ON r.project_id = p.id WHERE r.account_id = $1"  # noqa: S608  constants of the program


@pytest.mark.parametrize("is_active", [True, False], ids=["active", "switched off"])
@pytest.mark.parametrize("role", [*WorkspaceRole, None])
async def test_the_rule_in_sql_is_the_rule_of_the_domain(role: WorkspaceRole | None, *, is_active: bool) -> None:
    workspace = await make_workspace()
    person = await _person(workspace, role, is_active=is_active)
    await _make_projects(workspace, person)
    for state, session_id in (await _sessions(person)).items():
        exists = is_active and state in {"none", "live"}
        expected = _expected(role) if role is not None and exists else {}
        seen = {view.key: view.role for view in await list_projects(replace(person, session_id=session_id))}
        assert seen == expected, state
    told = await connection().execute_query_dict(_READABLE, [person.account_id])
    assert {row["key"] for row in told} == set(_expected(role) if role is not None and is_active else {})


@pytest.mark.parametrize("state", ["revoked", "expired", "unknown", "somebody else's"])
async def test_a_session_that_is_not_good_opens_nothing(state: str) -> None:
    team = await make_team()
    actor = replace(team.owner, session_id=(await _sessions(team.owner))[state])
    for call in (
        get_project(actor, team.key),
        board_json(actor, team.key),
        tasks.create_task(actor, team.key, {"title": "x"}),
    ):
        assert isinstance(await outcome_of(call), NotFound)
    assert isinstance(await outcome_of(list_people(actor)), NotSignedIn)


@pytest.mark.parametrize("role", ProjectRole)
async def test_a_command_is_refused_to_a_role_without_the_permission(role: ProjectRole) -> None:
    team = await make_team()
    ref = TaskRef.parse((await team.task()).ref)
    person = await team.person("guest")
    await ProjectMembership.create(project=team.project, account_id=person.account_id, role=role.value)
    column = {"name": "Later", "category": "backlog"}
    attempts = {
        Permission.COMMENT: outcome_of(comments.add_comment(person, ref, "Hello")),
        Permission.EDIT_TASKS: outcome_of(tasks.edit_task(person, ref, {"title": "New"})),
        Permission.MANAGE_PROJECT: outcome_of(columns.add_column(person, team.key, column)),
    }
    for permission, attempt in attempts.items():
        refused = isinstance(await attempt, Forbidden)
        assert refused is (permission not in PROJECT_ROLE_MAY[role]), permission


async def test_what_one_may_not_see_is_as_if_it_did_not_exist() -> None:
    team, stranger = await make_team(is_private=True), await make_team()
    await team.task()
    for person in (await team.person("admin"), await team.person("member"), stranger.owner):
        for call in (
            lambda key: get_project(person, key),  # noqa: B023  called at once
            lambda key: tasks.edit_task(person, TaskRef(key, 1), {"title": "x"}),  # noqa: B023  called at once
        ):
            hidden, missing = await outcome_of(call(team.key)), await outcome_of(call("NOTHERE"))
            assert isinstance(hidden, NotFound)
            assert str(hidden).replace(team.key, "NOTHERE") == str(missing)


@pytest.mark.parametrize("key", ["", "web", "W\0B", "\ud800", "A" * 100_000, "../etc"])
async def test_a_key_of_any_characters_is_no_project_rather_than_an_error(key: str) -> None:
    owner = (await make_team()).owner
    for call in (get_project(owner, key), board_json(owner, key), tasks.create_task(owner, key, {"title": "x"})):
        outcome = await outcome_of(call)
        assert isinstance(outcome, NotFound)
        str(outcome).encode()


def _expected(role: WorkspaceRole) -> dict[str, str]:
    roles = {key: role_in_project(role, own, is_private=private) for key, (own, private) in PROJECTS.items()}
    return {key: seen.value for key, seen in roles.items() if seen is not None}


async def _person(workspace: Workspace, role: WorkspaceRole | None, *, is_active: bool) -> Actor:
    person = await make_person(workspace, role or "guest", is_active=is_active)
    if role is None:
        await Membership.filter(workspace=workspace, account_id=person.account_id).delete()
    return person


async def _make_projects(workspace: Workspace, person: Actor) -> None:
    for key, (own, private) in PROJECTS.items():
        project = await Project.create(workspace=workspace, key=key, name=key, color="#123456", is_private=private)
        if own is not None:
            await ProjectMembership.create(project=project, account_id=person.account_id, role=own.value)


async def _sessions(person: Actor) -> dict[str, UUID | None]:
    """A session in each state that one can be in; "none" is the program itself acting for somebody."""
    other = await make_person(await make_workspace(), "owner")
    return {
        "none": None,
        "live": await _session(person),
        "revoked": await _session(person, revoked_at=now()),
        "expired": await _session(person, expires_at=now() - timedelta(seconds=1)),
        "unknown": new_id(),
        "somebody else's": await _session(other),
    }


async def _session(person: Actor, **fields: Any) -> UUID:
    session_id = new_id()
    await Session.create(
        id=session_id,
        kind="browser",
        secret_hash=session_id.bytes,
        account_id=person.account_id,
        workspace_id=person.workspace_id,
        **{"expires_at": now() + timedelta(days=1)} | fields,
    )
    return session_id
