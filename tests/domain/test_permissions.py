import itertools
from collections.abc import Callable
from typing import TypeVar

import pytest

from tasktracker.domain.errors import Forbidden
from tasktracker.domain.permissions import (
    PROJECT_ROLE_MAY,
    WORKSPACE_ROLE_MAY,
    Permission,
    ProjectRole,
    WorkspaceRole,
    require_in_project,
    require_in_workspace,
    role_in_project,
)

Role = TypeVar("Role", ProjectRole, WorkspaceRole)

IN_PROJECT = {
    "see this project": "viewer commenter editor manager",
    "comment on tasks": "commenter editor manager",
    "change tasks": "editor manager",
    "change the project's settings, columns, labels or members": "manager",
}
IN_WORKSPACE = {
    "create projects": "member admin owner",
    "change the workspace's settings": "admin owner",
    "manage the people of this workspace": "admin owner",
    "appoint or remove owners": "owner",
}


@pytest.mark.parametrize(("permission", "role"), list(itertools.product(Permission, ProjectRole)))
def test_a_project_role_may_what_the_table_says(permission: Permission, role: ProjectRole) -> None:
    expected = role in IN_PROJECT.get(permission, "").split()
    assert _is_allowed(require_in_project, role, permission) is expected


@pytest.mark.parametrize(("permission", "role"), list(itertools.product(Permission, WorkspaceRole)))
def test_a_workspace_role_may_what_the_table_says(permission: Permission, role: WorkspaceRole) -> None:
    expected = role in IN_WORKSPACE.get(permission, "").split()
    assert _is_allowed(require_in_workspace, role, permission) is expected


def test_every_permission_is_somebodys() -> None:
    given = frozenset[Permission]().union(*PROJECT_ROLE_MAY.values(), *WORKSPACE_ROLE_MAY.values())
    assert given == set(Permission)


def test_a_refusal_names_the_role_and_what_it_may_not() -> None:
    with pytest.raises(Forbidden, match=r"Your role here \(viewer\) may not change tasks\."):
        require_in_project(ProjectRole.VIEWER, Permission.EDIT_TASKS)


@pytest.mark.parametrize(
    ("role", "inherited"), [("guest", None), ("member", "editor"), ("admin", "manager"), ("owner", "manager")]
)
def test_an_open_project_gives_each_workspace_role_its_share(role: str, inherited: str | None) -> None:
    assert role_in_project(WorkspaceRole(role), None, is_private=False) == inherited


@pytest.mark.parametrize("role", WorkspaceRole)
def test_a_private_project_is_nobodys_by_workspace_role(role: WorkspaceRole) -> None:
    assert role_in_project(role, None, is_private=True) is None


@pytest.mark.parametrize(
    ("workspace", "own", "private"), list(itertools.product(WorkspaceRole, ProjectRole, [True, False]))
)
def test_a_role_of_ones_own_in_a_project_counts_before_all_else(
    workspace: WorkspaceRole, own: ProjectRole, *, private: bool
) -> None:
    assert role_in_project(workspace, own, is_private=private) is own


def _is_allowed(require: Callable[[Role, Permission], None], role: Role, permission: Permission) -> bool:
    try:
        require(role, permission)
    except Forbidden:
        return False
    return True
