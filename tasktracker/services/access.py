"""What the asker may see, in SQL, so that a read and its permission are one round trip.

The visible rule stands in `domain.permissions.role_in_project` too; a test walks every combination through both.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound, NotSignedIn
from tasktracker.domain.permissions import (
    Permission,
    ProjectRole,
    WorkspaceRole,
    require_in_project,
    require_in_workspace,
    role_in_project,
)
from tasktracker.domain.text import is_key
from tasktracker.models.database import connection

MEMBER = """
    SELECT m.workspace_id, m.account_id, m.role AS workspace_role
    FROM membership m JOIN account a ON a.id = m.account_id AND a.is_active
    WHERE m.workspace_id = $1 AND m.account_id = $2
      AND ($3::uuid IS NULL OR EXISTS (
          SELECT FROM session s
          WHERE s.id = $3 AND s.account_id = $2 AND s.revoked_at IS NULL AND s.expires_at > now()))
"""
"""The asker's membership. $1 workspace, $2 account, $3 session (NULL: the program itself)."""

EXISTS_FOR = "(pm.role IS NOT NULL OR (NOT p.is_private AND {role} <> 'guest'))"
"""Whether project `p` exists for somebody with that role in its workspace and the role `pm` of their own, if any."""

VISIBLE = f"""
    SELECT p.*, member.workspace_role, pm.role AS project_role
    FROM ({MEMBER}) member
    JOIN project p ON p.workspace_id = member.workspace_id
    LEFT JOIN project_membership pm ON pm.project_id = p.id AND pm.account_id = member.account_id
    WHERE {EXISTS_FOR.format(role="member.workspace_role")}
"""
"""The projects that exist for the asker, with the roles that decide what they may do there."""

READERS = f"""
    SELECT p.id AS project_id, m.account_id
    FROM project p JOIN membership m ON m.workspace_id = p.workspace_id
    JOIN account a ON a.id = m.account_id AND a.is_active
    LEFT JOIN project_membership pm ON pm.project_id = p.id AND pm.account_id = m.account_id
    WHERE {EXISTS_FOR.format(role="m.role")}
"""
"""The same seen from the other side: the accounts to whom each project exists."""


def sees(account: str, project: str) -> str:
    """Whether the project exists for the account, in SQL about two ids."""
    return (
        f"EXISTS (SELECT FROM ({READERS}) reader WHERE reader.project_id = {project} AND reader.account_id = {account})"
    )


async def readers_among(db: BaseDBAsyncClient, project_id: UUID, account_ids: Collection[UUID]) -> set[UUID]:
    """Those of the accounts to whom the project exists."""
    rows = await db.execute_query_dict(_READERS_AMONG, [project_id, list(account_ids)])
    return {row["account_id"] for row in rows}


_READERS_AMONG = f"""
    SELECT reader.account_id FROM ({READERS}) reader
    WHERE reader.project_id = $1 AND reader.account_id = ANY($2::uuid[])
"""


def require_key(key: str) -> None:
    """Raise `NotFound` for a text that is no key, before PostgreSQL is asked: it takes NUL in no text."""
    if not is_key(key):
        raise NotFound("project")


def asker(actor: Actor) -> list[Any]:
    """The values of $1 to $3."""
    return [actor.workspace_id, actor.account_id, actor.session_id]


def project_role(row: Mapping[str, Any]) -> ProjectRole:
    """The role that counts, from a row of `VISIBLE`."""
    own = ProjectRole(row["project_role"]) if row["project_role"] else None
    role = role_in_project(WorkspaceRole(row["workspace_role"]), own, is_private=row["is_private"])
    if role is None:
        raise NotFound("project", row["key"])
    return role


async def read_in_project(
    actor: Actor, key: str, select: str, *args: Any, permission: Permission = Permission.VIEW
) -> dict[str, Any]:
    """One round trip: the roles, and whatever `select` names, of the project (`access`) with that key.

    `select` is a list of expressions over `access`; its own parameters start at $5.
    """
    require_key(key)
    rows = await connection().execute_query_dict(
        f"WITH access AS MATERIALIZED ({VISIBLE} AND p.key = $4) "
        f"SELECT access.workspace_role, access.project_role, access.is_private, access.key, {select} FROM access",
        [*asker(actor), key, *args],
    )
    if not rows:
        raise NotFound("project", key)
    require_in_project(project_role(rows[0]), permission)
    return rows[0]


async def read_in_workspace(
    actor: Actor, select: str, *args: Any, permission: Permission | None = None
) -> dict[str, Any]:
    """One round trip: the asker's workspace role and whatever `select` names; its own parameters start at $4."""
    rows = await connection().execute_query_dict(
        f"WITH member AS MATERIALIZED ({MEMBER}) SELECT member.workspace_role, {select} FROM member",
        [*asker(actor), *args],
    )
    if not rows:
        raise NotSignedIn("Your session has ended. Please sign in again.")
    if permission is not None:
        require_in_workspace(WorkspaceRole(rows[0]["workspace_role"]), permission)
    return rows[0]
