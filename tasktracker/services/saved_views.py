"""Saved views: a filter and a layout under a name, for oneself or for everybody who sees the project."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, FilterProblem, Forbidden, Invalid, NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, WORKSPACE_ROLE_MAY, Permission, WorkspaceRole
from tasktracker.domain.saved_views import clean_layout, clean_query
from tasktracker.domain.task_operations import Version
from tasktracker.domain.text import Cleaner, clean_boolean, clean_fields, clean_key, line_of, named_at
from tasktracker.models import SavedView
from tasktracker.models.database import connection
from tasktracker.services.access import VISIBLE, asker, project_role
from tasktracker.services.command import WorkspaceCommand, workspace_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.merge import refuse_conflict
from tasktracker.services.queries.lists.orders import POSITION
from tasktracker.services.queries.saved_views import SEEN, SavedViewView, get_view
from tasktracker.services.queries.tasks import list_all_tasks, list_tasks
from tasktracker.services.views import Page, TaskView

VIEW_LIMIT = 200
"""Of one owner."""

VIEW = Entity(
    "view",
    SavedView,
    ("name", "query", "layout", "is_shared", "project_id"),
    Kinds(EventKind.VIEW_ADDED, EventKind.VIEW_EDITED, EventKind.VIEW_DELETED),
)
_FIND = f"SELECT * FROM ({SEEN}) seen WHERE seen.id = $4"
_STAR = f"""UPDATE saved_view SET starred_by =
    array_remove(starred_by, $2) || CASE WHEN $5::boolean THEN ARRAY[$2::uuid] ELSE '{{}}'::uuid[] END
    WHERE id IN (SELECT seen.id FROM ({SEEN}) seen WHERE seen.id = $4) RETURNING id"""
_PROJECT = f"{VISIBLE} AND p.key = $4"


async def create_view(actor: Actor, raw: Mapping[str, Any]) -> SavedViewView:
    """Save a view; `name` is needed, `project` is a key or None for all projects.

    Raises Forbidden, Invalid, Clash.
    """
    defaults = {"query": "", "layout": clean_layout({}, "/layout"), "is_shared": False, "project": None}
    fields = {**defaults, **clean_fields("view", raw, {"project": _project, **_CLEANERS})}
    if "name" not in fields:
        raise Invalid.at("/name", "A view needs a name.")
    async with workspace_command(actor, None) as command:
        key = fields.pop("project")
        with named_at("/project", key):
            project_id = None if key is None else await _project_id(command, key)
        _require_sharing(command, fields, project_id)
        await _require_room(command)
        row = await VIEW.add(command, {**fields, "project_id": project_id}, owner_id=actor.account_id)
    return _view(row, key, actor)


async def edit_view(actor: Actor, view_id: UUID, raw: Mapping[str, Any], *, version: Version = None) -> SavedViewView:
    """Set some fields; a `layout` replaces all of the old one. What nobody else changed since `version` merges.

    Raises NotFound, Forbidden, Invalid, Conflict.
    """
    fields = clean_fields("view", raw, _CLEANERS)
    async with workspace_command(actor, None) as command:
        row, key = await _find(command, view_id, "change")
        state, log_id = VIEW.state(row), command.workspace.id
        await refuse_conflict(command, row.id, row.version, state, fields, version, log_id=log_id)
        if not row.is_shared:
            _require_sharing(command, fields, state["project_id"])
        await VIEW.edit(command, row, fields)
    return _view(row, key, actor)


async def list_view_tasks(
    actor: Actor, view_id: UUID, *, limit: int = 50, cursor: str | None = None, expand: Sequence[str] = ()
) -> Page[TaskView]:
    """The tasks that a view finds, in its order. Raises NotFound, Invalid; FilterProblem for what is there no more."""
    view = await get_view(actor, view_id)
    part: dict[str, Any] = {"query": view.query, "limit": limit, "cursor": cursor, "expand": expand}
    sort = view.layout.get("sort", POSITION)
    try:
        if view.project is not None:
            return await list_tasks(actor, view.project, sort=sort, **part)
        if sort.removeprefix("-") == POSITION:  # no board shows several projects
            return await list_all_tasks(actor, **part)
        return await list_all_tasks(actor, sort=sort, **part)
    except FilterProblem as problem:
        raise problem.at_pointer("/path/view_id") from None


async def delete_view(actor: Actor, view_id: UUID) -> None:
    """Delete a view; its tasks are not touched. Raises NotFound, Forbidden."""
    async with workspace_command(actor, None) as command:
        row, _ = await _find(command, view_id, "delete")
        await VIEW.delete(command, row)


async def star_view(actor: Actor, view_id: UUID, *, is_starred: bool = True) -> None:
    """Have a view at hand, or no longer. It is nobody else's business, so no log tells of it. Raises NotFound."""
    if not await connection().execute_query_dict(_STAR, [*asker(actor), view_id, is_starred]):
        raise NotFound("view", view_id)


async def _find(command: WorkspaceCommand, view_id: UUID, verb: str) -> tuple[SavedView, str | None]:
    """A view that the actor may change, and its project's key. Raises NotFound, Forbidden."""
    rows = await command.db.execute_query_dict(_FIND, [*asker(command.actor), view_id])
    if not rows:
        raise NotFound("view", view_id)
    seen = rows[0]
    if seen["owner_id"] != command.actor.account_id:
        role, may = _powers(command, seen)
        if not may:
            raise Forbidden(f"{verb} a view of somebody else", role)
    return await SavedView.get(id=view_id, using_db=command.db), seen["key"]


def _powers(command: WorkspaceCommand, seen: Mapping[str, Any]) -> tuple[str, bool]:
    """The actor's role where the view belongs, and whether it may change what others have shared there."""
    if seen["key"] is None:
        return command.role.value, Permission.MANAGE_PEOPLE in WORKSPACE_ROLE_MAY[command.role]
    role = project_role(seen)
    return role.value, Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[role]


async def _project_id(command: WorkspaceCommand, key: str) -> str:
    rows = await command.db.execute_query_dict(_PROJECT, [*asker(command.actor), key])
    if not rows:
        raise NotFound("project", key)
    return str(rows[0]["id"])


def _require_sharing(command: WorkspaceCommand, fields: Mapping[str, Any], project_id: str | None) -> None:
    """Guests see no views of the whole workspace, so they put none up there either."""
    if fields.get("is_shared") and project_id is None and command.role is WorkspaceRole.GUEST:
        raise Forbidden("share a view with the whole workspace", command.role.value)


async def _require_room(command: WorkspaceCommand) -> None:
    own = SavedView.filter(workspace_id=command.workspace.id, owner_id=command.actor.account_id)
    if await own.using_db(command.db).count() >= VIEW_LIMIT:
        raise Clash(f"You have {VIEW_LIMIT} views, and more are not kept. Delete one that you no longer need.")


def _project(value: Any, pointer: str) -> str | None:
    return None if value is None else clean_key(value, pointer)


def _view(row: SavedView, key: str | None, actor: Actor) -> SavedViewView:
    names = ("id", "owner_id", "name", "query", "layout", "is_shared", "created_at", "version")
    is_starred = actor.account_id in row.starred_by
    return SavedViewView(project=key, is_starred=is_starred, **{name: getattr(row, name) for name in names})


_CLEANERS: dict[str, Cleaner] = {
    "name": line_of(100),
    "query": clean_query,
    "layout": clean_layout,
    "is_shared": clean_boolean,
}
