"""What surrounds every page: the workspace, the person, the projects in the sidebar; and what surrounds a board."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.services.access import VISIBLE, read_in_project, read_in_workspace
from tasktracker.services.queries.boards import FRAME
from tasktracker.services.queries.notifications import FEW_UNREAD, MARK
from tasktracker.services.queries.saved_views import SEEN

_PROJECTS = VISIBLE.replace("SELECT p.*", "SELECT p.key, p.name, p.color, p.archived_at", 1)
_SHELL = f"""(SELECT json_build_object(
    'unread', {FEW_UNREAD}, 'inbox_mark', {MARK.format(workspace="$1", account="$2")},
    'workspace', w.name, 'name', a.name, 'email', a.email, 'handle', a.handle,
    'projects', (SELECT coalesce(json_agg(json_build_object('key', v.key, 'name', v.name, 'color', v.color)
        ORDER BY lower(v.name)), '[]') FROM ({_PROJECTS}) v WHERE v.archived_at IS NULL),
    'views', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY lower(s.name)), '[]')
        FROM ({SEEN}) s WHERE $2 = ANY(s.starred_by)))::text
    FROM workspace w, account a WHERE w.id = member.workspace_id AND a.id = member.account_id) AS shell"""
_FRAME = f"(SELECT {FRAME} FROM project p WHERE p.id = access.id)::text AS frame"

_NAMES = f"""(WITH seen AS MATERIALIZED (SELECT id FROM ({VISIBLE}) v) SELECT json_build_object(
    'columns', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'category', c.category)), '[]')
        FROM board_column c WHERE c.project_id IN (SELECT id FROM seen)),
    'labels', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color)), '[]')
        FROM label l WHERE l.project_id IN (SELECT id FROM seen)),
    'people', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'handle', a.handle)), '[]')
        FROM membership m JOIN account a ON a.id = m.account_id WHERE m.workspace_id = $1)))::text AS names"""


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """A project as the sidebar names it."""

    key: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view that the person has starred."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ShellView:
    """The frame of every page. `role` is the person's workspace role.

    `unread` counts the notifications to read, up to `queries.notifications.MANY`; `inbox_mark` is what `follow_inbox`
    goes on from.
    """

    workspace: str
    name: str
    email: str
    handle: str
    role: str
    account_id: UUID
    unread: int
    inbox_mark: str
    projects: list[ProjectLink]
    views: list[ViewLink]


async def get_shell(actor: Actor) -> ShellView:
    """One round trip. Raises NotSignedIn."""
    row = await read_in_workspace(actor, _SHELL)
    shell: dict[str, Any] = orjson.loads(row["shell"])
    links = [ProjectLink(**each) for each in shell.pop("projects")]
    views = [ViewLink(UUID(each["id"]), each["name"]) for each in shell.pop("views")]
    return ShellView(role=row["workspace_role"], account_id=actor.account_id, projects=links, views=views, **shell)


async def get_frame(actor: Actor, key: str) -> dict[str, Any]:
    """`{key, name, color, archived, columns, labels, people}` of a project. Raises NotFound."""
    row = await read_in_project(actor, key, _FRAME)
    frame: dict[str, Any] = orjson.loads(row["frame"])
    return frame


async def get_names(actor: Actor) -> dict[str, Any]:
    """`{columns, labels, people}` of all projects that the actor sees, for tasks of several. Raises NotSignedIn."""
    row = await read_in_workspace(actor, _NAMES)
    names: dict[str, Any] = orjson.loads(row["names"])
    return names
