"""Reading one's own sign-ins and tokens. Their secrets are nowhere to be read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services.access import read_in_workspace
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.sessions import hash_of

_SESSIONS = """(SELECT coalesce(json_agg(s ORDER BY s.last_used_at DESC, s.id), '[]') FROM (
    SELECT s.id, s.kind, s.name, s.may_write, s.created_at, s.last_used_at, s.expires_at,
        s.id IS NOT DISTINCT FROM $3::uuid AS is_current
    FROM session s WHERE s.account_id = member.account_id AND s.workspace_id = member.workspace_id
      AND s.revoked_at IS NULL AND s.expires_at > now()
      AND ($4::bytea IS NULL OR s.secret_hash = $4)) s)::text AS items"""


@dataclass(frozen=True, slots=True)
class SessionView:
    """A sign-in in a browser (`kind` browser; `name` is the device) or an API token (`kind` token).

    `last_used_at` is exact to five minutes; `is_current` marks the one that the request came with.
    """

    id: UUID
    kind: str
    name: str
    may_write: bool
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    is_current: bool


async def list_sessions(actor: Actor) -> list[SessionView]:
    """The asker's own sessions and tokens in this workspace that are still good, last used first."""
    return await _read(actor, None)


async def get_session_by_secret(actor: Actor, secret: str) -> SessionView:
    """One of the asker's own sessions or tokens, by what only its holder knows. Raises NotFound."""
    for session in await _read(actor, hash_of(secret)):
        return session
    raise NotFound("session")


async def _read(actor: Actor, secret_hash: bytes | None) -> list[SessionView]:
    row = await read_in_workspace(actor, _SESSIONS, secret_hash)
    return [SessionView(**each) for each in rows_of(row["items"])]
