"""What people do with what they are told: read it, or put it off.

These are marks in one's own inbox. They change nothing that anybody else sees, so no log tells of them.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.domain.task_fields import clean_moment
from tasktracker.services.access import MEMBER, asker
from tasktracker.services.clock import now
from tasktracker.services.command import require_write
from tasktracker.services.inboxes import ring_inboxes
from tasktracker.services.queries.notifications import (
    NOTIFICATION,
    SURROUNDINGS,
    UNREAD,
    InboxCount,
    NotificationView,
    count_notifications,
)
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.transaction import unit_of_work

_OF_MEMBER = "n.account_id = member.account_id AND n.workspace_id = member.workspace_id"
_OWN = f"FROM ({MEMBER}) member WHERE {_OF_MEMBER}"
_MARK = f"""
    WITH n AS (
        UPDATE notification n SET read_at = $5, snoozed_until = $6 {_OWN} AND n.id = ANY($4::uuid[]) RETURNING n.*)
    SELECT coalesce(json_agg(marked), '[]')::text AS items FROM (SELECT {NOTIFICATION} FROM n {SURROUNDINGS}) marked
"""
_MARK_ALL = f"""
    UPDATE notification n SET read_at = $4 {_OWN} AND {UNREAD}
    AND ($5::uuid IS NULL OR (n.created_at, n.id) <= (SELECT o.created_at, o.id FROM notification o WHERE o.id = $5))
"""
_IS_OWN = f"SELECT FROM notification n, ({MEMBER}) member WHERE n.id = $4 AND {_OF_MEMBER}"


async def read_notification(actor: Actor, notification_id: UUID) -> NotificationView:
    """Mark it as read. Raises NotFound."""
    return (await read_these(actor, [notification_id]))[0]


async def unread_notification(actor: Actor, notification_id: UUID) -> NotificationView:
    """Mark it as unread, and snoozed no longer. Raises NotFound."""
    return (await unread_these(actor, [notification_id]))[0]


async def snooze_notification(actor: Actor, notification_id: UUID, until: Any) -> NotificationView:
    """Put it out of sight until a moment to come, when it is unread again. Raises NotFound, Invalid."""
    return (await snooze_these(actor, [notification_id], until))[0]


async def read_these(actor: Actor, ids: Collection[UUID]) -> list[NotificationView]:
    """Mark them as read, all or none. Raises NotFound."""
    return await _mark(actor, ids, read_at=now())


async def unread_these(actor: Actor, ids: Collection[UUID]) -> list[NotificationView]:
    """Mark them as unread, all or none. Raises NotFound."""
    return await _mark(actor, ids)


async def snooze_these(actor: Actor, ids: Collection[UUID], until: Any) -> list[NotificationView]:
    """Put them off until that moment, all or none. Raises NotFound, Invalid."""
    moment = clean_moment(until, "/until")
    if moment <= now():
        raise Invalid.at("/until", "That moment has passed. Choose one that is still to come.")
    return await _mark(actor, ids, snoozed_until=moment)


async def read_notifications(actor: Actor, up_to: UUID | None = None) -> InboxCount:
    """Mark everything as read that is unread and not snoozed; with `up_to`, that notification and older ones only.

    Returns what is left. Raises Invalid.
    """
    require_write(actor)
    async with unit_of_work() as work:
        if up_to is not None and not await work.db.execute_query_dict(_IS_OWN, [*asker(actor), up_to]):
            raise Invalid.at("/up_to", str(NotFound("notification", up_to)))
        await work.db.execute_query(_MARK_ALL, [*asker(actor), now(), up_to])
        ring_inboxes([actor.account_id])
        return await count_notifications(actor)


async def _mark(
    actor: Actor, ids: Collection[UUID], *, read_at: datetime | None = None, snoozed_until: datetime | None = None
) -> list[NotificationView]:
    require_write(actor)
    async with unit_of_work() as work:
        rows = await work.db.execute_query_dict(_MARK, [*asker(actor), list(ids), read_at, snoozed_until])
        marked = [NotificationView.of(each) for each in rows_of(rows[0]["items"])]
        if missing := set(ids) - {each.id for each in marked}:
            raise NotFound("notification", min(missing))
        ring_inboxes([actor.account_id])
    return marked
