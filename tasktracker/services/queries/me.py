"""Who the asker is."""

from dataclasses import dataclass
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_workspace
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import AccountView

_ME = """(SELECT json_build_object('id', a.id, 'handle', a.handle, 'name', a.name, 'email', a.email,
        'role', member.workspace_role) FROM account a WHERE a.id = member.account_id)::text AS person,
    (SELECT json_build_object('time_zone', a.time_zone, 'locale', a.locale)
        FROM account a WHERE a.id = member.account_id)::text AS region,
    (SELECT json_build_object('id', w.id, 'name', w.name) FROM workspace w
        WHERE w.id = member.workspace_id)::text AS workspace"""


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    """A team's walls."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class MeView:
    """The asker, where they are, and their role there. `may_write` is false with a read-only token.

    `time_zone` is an IANA name, `locale` a language tag: what "today" and "3/4" mean to them.
    """

    person: AccountView
    workspace: WorkspaceView
    role: str
    may_write: bool
    time_zone: str
    locale: str


async def get_me(actor: Actor) -> MeView:
    """The asker. Raises NotSignedIn when their session or membership has ended."""
    row = await read_in_workspace(actor, _ME)
    person = AccountView(**rows_of(f"[{row['person']}]")[0])
    workspace, region = orjson.loads(row["workspace"]), orjson.loads(row["region"])
    home = WorkspaceView(UUID(workspace["id"]), workspace["name"])
    return MeView(person, home, person.role, actor.may_write, **region)
