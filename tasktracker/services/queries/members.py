"""Reading who has a role of their own in a project."""

from dataclasses import dataclass
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of

_MEMBERS = """(SELECT coalesce(json_agg(m ORDER BY lower(m.name)), '[]') FROM (
    SELECT pm.account_id, a.name, a.handle, pm.role FROM project_membership pm
    JOIN account a ON a.id = pm.account_id AND a.is_active
    JOIN membership w ON w.account_id = a.id AND w.workspace_id = access.workspace_id
    WHERE pm.project_id = access.id) m)::text AS items"""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person with a role of their own in a project, which counts before their workspace role."""

    account_id: UUID
    name: str
    handle: str
    role: str


async def list_members(actor: Actor, key: str) -> list[MemberView]:
    """A project's members who are in the workspace, by name. Raises NotFound."""
    row = await read_in_project(actor, key, _MEMBERS)
    return [MemberView(**each) for each in rows_of(row["items"])]
