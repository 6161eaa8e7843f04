"""Who may do what: tables, not code.

A person's role in a project is their project role if they have one; else, in a project that is not private, what
their workspace role gives. In a private project everyone else has no role, and then the project does not exist
for them: the answer is `NotFound`, never `Forbidden`.
"""

from enum import StrEnum

from tasktracker.domain.errors import Forbidden


class WorkspaceRole(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"


class ProjectRole(StrEnum):
    MANAGER = "manager"
    EDITOR = "editor"
    COMMENTER = "commenter"
    VIEWER = "viewer"


class Permission(StrEnum):
    """The value completes the sentence "Your role may not …"."""

    VIEW = "see this project"
    COMMENT = "comment on tasks"
    EDIT_TASKS = "change tasks"
    MANAGE_PROJECT = "change the project's settings, columns, labels or members"
    CREATE_PROJECT = "create projects"
    MANAGE_WORKSPACE = "change the workspace's settings"
    MANAGE_PEOPLE = "manage the people of this workspace"
    MANAGE_OWNERS = "appoint or remove owners"


_VIEWER = frozenset({Permission.VIEW})
_COMMENTER = _VIEWER | {Permission.COMMENT}
_EDITOR = _COMMENTER | {Permission.EDIT_TASKS}
_MANAGER = _EDITOR | {Permission.MANAGE_PROJECT}
_ADMIN = frozenset({Permission.CREATE_PROJECT, Permission.MANAGE_WORKSPACE, Permission.MANAGE_PEOPLE})

PROJECT_ROLE_MAY: dict[ProjectRole, frozenset[Permission]] = {
    ProjectRole.VIEWER: _VIEWER,
    ProjectRole.COMMENTER: _COMMENTER,
    ProjectRole.EDITOR: _EDITOR,
    ProjectRole.MANAGER: _MANAGER,
}

WORKSPACE_ROLE_MAY: dict[WorkspaceRole, frozenset[Permission]] = {
    WorkspaceRole.GUEST: frozenset(),
    WorkspaceRole.MEMBER: frozenset({Permission.CREATE_PROJECT}),
    WorkspaceRole.ADMIN: _ADMIN,
    WorkspaceRole.OWNER: _ADMIN | {Permission.MANAGE_OWNERS},
}

ROLE_IN_OPEN_PROJECT: dict[WorkspaceRole, ProjectRole | None] = {
    WorkspaceRole.GUEST: None,
    WorkspaceRole.MEMBER: ProjectRole.EDITOR,
    WorkspaceRole.ADMIN: ProjectRole.MANAGER,
    WorkspaceRole.OWNER: ProjectRole.MANAGER,
}


def role_in_project(
    workspace_role: WorkspaceRole, project_role: ProjectRole | None, *, is_private: bool
) -> ProjectRole | None:
    """The role that counts, or None for somebody to whom the project does not exist."""
    if project_role is not None or is_private:
        return project_role
    return ROLE_IN_OPEN_PROJECT[workspace_role]


def require_in_project(role: ProjectRole, permission: Permission) -> None:
    """Raise `Forbidden` unless the project role carries the permission."""
    if permission not in PROJECT_ROLE_MAY[role]:
        raise Forbidden(permission.value, role.value)


def require_in_workspace(role: WorkspaceRole, permission: Permission) -> None:
    """Raise `Forbidden` unless the workspace role carries the permission."""
    if permission not in WORKSPACE_ROLE_MAY[role]:
        raise Forbidden(permission.value, role.value)
