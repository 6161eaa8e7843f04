"""What surrounds every page: the workspace, the person, the projects in the sidebar; and what surrounds a board."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.services.access import VISIBLE, read_in_project, read_in_workspace
from tasktracker.services.queries.boards import FRAME
from tasktracker.services.queries.notifications import FEW_UNREAD, MARK

_PROJECTS = VISIBLE.replace("SELECT p.*", "SELECT p.key, p.name, p.color, p.archived_at", 1)
_SHELL = f"""(SELECT json_build_object(
    'unread', {FEW_UNREAD}, 'inbox_mark', {MARK.format(workspace="$1", account="$2")},
    'workspace', w.name, 'name', a.name, 'email', a.email, 'handle', a.handle,
    'projects', (SELECT coalesce(json_agg(json_build_object('key', v.key, 'name', v.name, 'color', v.color)
        ORDER BY lower(v.name)), '[]') FROM ({_PROJECTS}) v WHERE v.archived_at IS NULL))::text
    FROM workspace w, account a WHERE w.id = member.workspace_id AND a.id = member.account_id) AS shell"""
_FRAME = f"(SELECT {FRAME} FROM project p WHERE p.id = access.id)::text AS frame"


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """A project as the sidebar names it."""

    key: str
    name: str
    color: str


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


async def get_shell(actor: Actor) -> ShellView:
    """One round trip. Raises NotSignedIn."""
    row = await read_in_workspace(actor, _SHELL)
    shell: dict[str, Any] = orjson.loads(row["shell"])
    links = [ProjectLink(**each) for each in shell.pop("projects")]
    return ShellView(role=row["workspace_role"], account_id=actor.account_id, projects=links, **shell)


async def get_frame(actor: Actor, key: str) -> dict[str, Any]:
    """`{key, name, color, archived, columns, labels, people}` of a project. Raises NotFound."""
    row = await read_in_project(actor, key, _FRAME)
    frame: dict[str, Any] = orjson.loads(row["frame"])
    return frame
