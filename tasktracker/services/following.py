"""Following a project, who is in it, or one's inbox: this process's hubs and feed, and who may go on following."""

from collections.abc import Callable
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.models.database import connection
from tasktracker.realtime.doorbell import doorbell
from tasktracker.realtime.feed import Feed
from tasktracker.realtime.hub import Follower, Hub
from tasktracker.realtime.inbox_hub import InboxHub
from tasktracker.realtime.presence import PresenceHub
from tasktracker.services.access import EXISTS_FOR, read_in_project
from tasktracker.services.queries.boards import project_patch, revisions_of
from tasktracker.services.queries.notifications import marks_of

hub = Hub(project_patch)
inboxes = InboxHub(marks_of)
presence = PresenceHub(doorbell.say)
feed = Feed(hub.heard, lambda: hub.open_logs, revisions_of, inboxes, presence)

_ALLOWED = f"""
    SELECT wanted.place FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY
        AS wanted(session_id, account_id, project_id, place)
    JOIN session s ON s.id = wanted.session_id AND s.revoked_at IS NULL AND s.expires_at > now()
    JOIN account a ON a.id = wanted.account_id AND a.is_active
    JOIN membership m ON m.workspace_id = s.workspace_id AND m.account_id = a.id
    LEFT JOIN project p ON p.id = wanted.project_id AND p.workspace_id = s.workspace_id
    LEFT JOIN project_membership pm ON pm.project_id = p.id AND pm.account_id = a.id
    WHERE wanted.project_id IS NULL OR {EXISTS_FOR.format(role="m.role")}
"""


async def follow_project(actor: Actor, key: str, follower: Follower) -> tuple[UUID, Callable[[], None]]:
    """Hand every later change of the project to `follower`; returns the project's id and how to stop.

    Follow first, then read the board: what happens in between comes as a patch. Raises NotFound.
    """
    row = await read_in_project(actor, key, "access.id AS project_id, access.revision")
    return row["project_id"], hub.follow(row["project_id"], row["revision"], follower)


def follow_inbox(actor: Actor, seen: str, tell: Callable[[], None]) -> Callable[[], None]:
    """Call `tell` as soon as what is unread in the actor's inbox is no longer what it was at that mark, and so on.

    Returns how to stop.
    """
    return inboxes.follow((actor.workspace_id, actor.account_id), seen, tell)


async def still_allowed(pages: list[tuple[Actor, UUID | None]]) -> list[bool]:
    """For each open page, whether its session is good and its project (None: no project) still exists for it.

    One round trip for all the pages of this process.
    """
    columns = [
        [actor.session_id for actor, _ in pages],
        [actor.account_id for actor, _ in pages],
        [project_id for _, project_id in pages],
    ]
    rows = await connection().execute_query_dict(_ALLOWED, columns)
    places = {row["place"] for row in rows}
    return [place in places for place in range(1, len(pages) + 1)]
