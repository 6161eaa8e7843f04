"""The moments at which a project changed: the steps of its life, one for each command."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.activity import UNTOLD, Deed
from tasktracker.services.queries.activity_sql import LINES, deeds
from tasktracker.services.queries.rows import rows_of

_UP_TO = """coalesce($5, (SELECT w.revision FROM event w WHERE w.log_id = access.id
    AND w.at <= coalesce($6::timestamptz, 'infinity') ORDER BY w.at DESC, w.revision DESC LIMIT 1))"""
_ASKED = f"""SELECT coalesce(e.command, e.revision) AS first FROM event e
    WHERE e.log_id = access.id AND e.revision <= {_UP_TO} ORDER BY e.revision DESC LIMIT 1"""
# A command's events follow each other, so what is behind it is found right behind its last one.
_BEHIND = """SELECT n.revision FROM event n WHERE n.log_id = access.id AND n.revision > asked.first
    AND coalesce(n.command, n.revision) <> asked.first ORDER BY n.revision LIMIT 1"""
_FIRST_ONES = f"""e.log_id = access.id AND e.revision BETWEEN head.revision AND head.revision + {LINES - 1}
    AND coalesce(e.command, e.revision) = head.revision AND e.kind <> ALL($7::text[])"""
_DEEDS = f"SELECT coalesce(json_agg(line), '[]') FROM ({deeds(_FIRST_ONES, 'access.id', 'access.key')}) line"
_MOMENT = f"""(SELECT json_agg(found) FROM (
    SELECT asked.first, coalesce(({_BEHIND}) - 1, access.revision) AS last, access.revision AS newest, head.at,
        head.actor_id, ({_DEEDS}) AS deeds
    FROM ({_ASKED}) asked JOIN event head ON head.log_id = access.id AND head.revision = asked.first
    ) found)::text AS moment"""


@dataclass(frozen=True, slots=True)
class MomentView:
    """A command of a project's log: the revisions of its first and last event, when it was, and who gave it.

    `newest` is the revision of the log's last event. `deeds` are its first events, as far as they concern others.
    """

    first: int
    last: int
    newest: int
    at: datetime
    actor_id: UUID | None
    deeds: list[Deed]


async def find_moment(actor: Actor, key: str, *, revision: int | None = None, at: datetime | None = None) -> MomentView:
    """The last command of the project up to a revision, or a moment; up to now without either.

    Raises NotFound, also where there was no project yet.
    """
    row = await read_in_project(actor, key, _MOMENT, revision, at, list(UNTOLD))
    if row["moment"] is None:
        raise NotFound("project", f"{key} at that time")
    found = rows_of(row["moment"])[0]
    told = [Deed(**{**each, "subject_id": UUID(each["subject_id"])}) for each in found.pop("deeds")]
    return MomentView(**found, deeds=told)
