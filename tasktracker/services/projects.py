"""Projects: creating, settings, members, archiving."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import Permission, ProjectRole
from tasktracker.domain.text import (
    Cleaner,
    clean_body,
    clean_boolean,
    clean_color,
    clean_fields,
    clean_key,
    line_of,
    one_of,
)
from tasktracker.models import Membership, Project, ProjectMembership
from tasktracker.services.clock import now
from tasktracker.services.columns import create_default_columns
from tasktracker.services.command import (
    ProjectCommand,
    WorkspaceCommand,
    append_to_project,
    project_command,
    workspace_command,
)
from tasktracker.services.transaction import unit_of_work

_EDITABLE = frozenset(("name", "description", "color", "is_private", "requires_version"))
ROLES = tuple(role.value for role in ProjectRole)
_OTHER_MANAGERS = """
    SELECT FROM project_membership pm
    JOIN account a ON a.id = pm.account_id AND a.is_active
    JOIN membership m ON m.account_id = pm.account_id AND m.workspace_id = $2
    WHERE pm.project_id = $1 AND pm.role = 'manager' AND pm.account_id IS DISTINCT FROM $3 LIMIT 1
"""


async def create_project(actor: Actor, raw: Mapping[str, Any]) -> str:
    """Create a project with the usual columns and its creator as manager; returns its key.

    `key` and `name` are needed. Raises NotSignedIn, Forbidden, Invalid, Clash.
    """
    fields = {"description": "", "color": "#5e6ad2", "is_private": False, **clean_fields("project", raw, _CLEANERS)}
    async with new_project_command(actor, fields) as command:
        await create_default_columns(command)
    return command.project.key


@asynccontextmanager
async def new_project_command(actor: Actor, fields: Mapping[str, Any]) -> AsyncIterator[ProjectCommand]:
    """Make a project of clean fields, with the actor as its manager; the block goes on with its first command.

    Raises NotSignedIn, Forbidden, Invalid, Clash.
    """
    for needed in ("key", "name"):
        if needed not in fields:
            raise Invalid.at(f"/{needed}", f"A project needs a {needed}.")
    async with unit_of_work() as work, workspace_command(actor, Permission.CREATE_PROJECT) as command:
        project = await _insert_project(command, fields)
        inside = ProjectCommand(actor, work.db, project.created_at, project=project, role=ProjectRole.MANAGER)
        await _set_role(inside, actor.account_id, ProjectRole.MANAGER)
        yield inside
        await append_to_project(work, inside, project)


async def edit_project(actor: Actor, key: str, raw: Mapping[str, Any]) -> None:
    """Change name, description, colour or privacy. The key stays, since people wrote it down elsewhere."""
    fields = clean_fields("project", raw, _CLEANERS)
    if unknown := set(fields) - _EDITABLE:
        raise Invalid.at(f"/{unknown.pop()}", "A project's key cannot be changed.")
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await change_project(command, EventKind.PROJECT_EDITED, fields)


async def archive_project(actor: Actor, key: str) -> None:
    """Close a project: it can be read, and nothing in it changes any more."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT, archived=True) as command:
        if command.project.archived_at is None:
            await change_project(command, EventKind.PROJECT_ARCHIVED, {"archived_at": command.at})


async def unarchive_project(actor: Actor, key: str) -> None:
    """Open an archived project again."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT, archived=True) as command:
        if command.project.archived_at is not None:
            await change_project(command, EventKind.PROJECT_UNARCHIVED, {"archived_at": None})


async def set_project_member(actor: Actor, key: str, account_id: UUID, role: str) -> None:
    """Give somebody of the workspace a role of their own in the project. Raises NotFound, Forbidden, Invalid, Clash."""
    wanted = ProjectRole(one_of(role, "/role", ROLES))
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await change_member(command, account_id, wanted)


async def remove_project_member(actor: Actor, key: str, account_id: UUID) -> None:
    """Take somebody's own role away; in a project that is not private the workspace's role counts again."""
    async with project_command(actor, key, Permission.MANAGE_PROJECT) as command:
        await change_member(command, account_id, None)


async def _insert_project(command: WorkspaceCommand, fields: Mapping[str, Any]) -> Project:
    workspace_id = command.workspace.id
    taken = Project.filter(workspace_id=workspace_id, key=fields["key"]).using_db(command.db)
    if await taken.exists():
        raise Clash(f"The key {fields['key']} is taken. Choose another one.")
    at = now()
    project = Project(id=new_id(), workspace_id=workspace_id, created_at=at, changed_at=at, **fields)
    await project.save(using_db=command.db, force_create=True)
    command.record(EventKind.PROJECT_CREATED, project.id, changes_between({}, dict(fields)))
    return project


async def change_project(command: ProjectCommand, kind: EventKind, fields: Mapping[str, Any]) -> None:
    """Set some of the project's own fields, inside a command. Raises Clash."""
    if fields.get("is_private"):
        await _require_manager(command)
    project = command.project
    changes = changes_between(project_state(project, fields), {field: _json(value) for field, value in fields.items()})
    if changes:
        project.update_from_dict(dict(fields))
        project.version += 1
        await project.save(using_db=command.db, update_fields=[*fields, "version"])
        command.record(kind, project.id, changes, version=project.version)


def project_state(project: Project, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields as the log holds them."""
    return {field: _json(getattr(project, field)) for field in fields}


async def role_of(command: ProjectCommand, account_id: UUID) -> str | None:
    """Somebody's own role in the project."""
    member = await _member(command, account_id)
    return member.role if member else None


async def change_member(command: ProjectCommand, account_id: UUID, role: ProjectRole | None) -> None:
    """Give somebody of the workspace a role of their own, or (None) take it away. Raises NotFound, Clash."""
    known = Membership.filter(workspace_id=command.actor.workspace_id, account_id=account_id, account__is_active=True)
    if role is not None and not await known.using_db(command.db).exists():
        raise NotFound("person", account_id)
    await _require_manager_left(command, account_id, role)
    if role is not None:
        await _set_role(command, account_id, role)
    else:
        await _remove_role(command, account_id)


async def _remove_role(command: ProjectCommand, account_id: UUID) -> None:
    member = await _member(command, account_id)
    if member is None:
        raise NotFound("member", account_id)
    await member.delete(using_db=command.db)
    gone = changes_between({"role": member.role}, {"role": None})
    command.record(EventKind.PROJECT_MEMBER_REMOVED, account_id, gone)


async def _set_role(command: ProjectCommand, account_id: UUID, role: ProjectRole) -> None:
    member = await _member(command, account_id)
    before = member.role if member else None
    if before == role:
        return
    member = member or ProjectMembership(project_id=command.project.id, account_id=account_id)
    member.role = role.value
    await member.save(using_db=command.db)
    command.record(EventKind.PROJECT_MEMBER_SET, account_id, changes_between({"role": before}, {"role": role.value}))


async def _require_manager_left(command: ProjectCommand, account_id: UUID, role: ProjectRole | None) -> None:
    if command.project.is_private and role is not ProjectRole.MANAGER:
        await _require_manager(command, besides=account_id)


async def _require_manager(command: ProjectCommand, *, besides: UUID | None = None) -> None:
    """A private project must keep a manager who can sign in: nobody else could ever open it."""
    values = [command.project.id, command.actor.workspace_id, besides]
    if not await command.db.execute_query_dict(_OTHER_MANAGERS, values):
        raise Clash("A private project needs a manager. Make somebody else one first.")


async def _member(command: ProjectCommand, account_id: UUID) -> ProjectMembership | None:
    found = ProjectMembership.filter(project_id=command.project.id, account_id=account_id)
    return await found.using_db(command.db).first()


def clean_project(raw: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    """The named fields of a project, checked. Raises Invalid."""
    return clean_fields("project", raw, {field: _CLEANERS[field] for field in fields})


_CLEANERS: dict[str, Cleaner] = {
    "key": clean_key,
    "name": line_of(100),
    "description": lambda value, pointer: clean_body(value, pointer, limit=10_000),
    "color": clean_color,
    "is_private": clean_boolean,
    "requires_version": clean_boolean,
}


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
