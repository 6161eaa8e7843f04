"""Your inbox: what happens to the tasks that concern you."""

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Paged, SignedIn, part_of_list
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Moment, strict
from tasktracker.services import notifications
from tasktracker.services.queries import notifications as queries
from tasktracker.services.queries.notifications import InboxCount, NotificationView

router = api_router("Notifications")
_NOTIFICATION = "/notifications/{notification_id:segment}"
_SNOOZE: dict[str, Any] = {"until": "2026-11-30T08:00:00+01:00"}
_UP_TO: dict[str, Any] = {"up_to": examples.NOTIFICATION["id"]}
_SNOOZED: dict[str, Any] = {**examples.NOTIFICATION, "snoozed_until": "2026-11-30T07:00:00Z"}
_READ: dict[str, Any] = {**examples.NOTIFICATION, "read_at": "2026-11-23T09:20:00Z"}
State = Literal["unread", "snoozed", "all"]
Reason = Literal["mentioned", "assigned", "reminder", "due", "commented", "changed"]


@strict
class Snooze(TypedDict):
    """How long to leave somebody in peace."""

    until: Moment


@strict
class UpTo(TypedDict):
    """What to mark as read: a notification and all older ones, or everything."""

    up_to: NotRequired[Annotated[UUID | None, Field(strict=False)]]


@router.get(
    "/notifications",
    summary="Read your inbox",
    responses=answers([examples.NOTIFICATION], headers=("Link",)),
)
async def list_notifications(
    page: Paged,
    actor: SignedIn,
    request: Request,
    answer: Response,
    state: Annotated[State, Query(description="Which ones.")] = "unread",
    reason: Annotated[Reason | None, Query(description="Only those that you are told for this reason.")] = None,
) -> list[NotificationView]:
    """What happened to the tasks that you watch or are assigned to, and who spoke to you, newest first.

    The strongest reason counts: `mentioned`, `assigned`, `reminder`, `due`, `commented`, `changed`. What concerns a
    task that you may not see any more is not there.
    """
    found = await queries.list_notifications(actor, state=state, reason=reason, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)


@router.get("/notifications/count", summary="Count your unread notifications", responses=answers({"unread": 3}))
async def count_notifications(actor: SignedIn) -> InboxCount:
    """How many are neither read nor snoozed."""
    return await queries.count_notifications(actor)


@router.post("/notifications:read", summary="Mark notifications as read", responses=answers({"unread": 0}))
async def read_notifications(
    body: Annotated[UpTo, example_body(_UP_TO, is_needed=False)], actor: SignedIn
) -> InboxCount:
    """Marks a notification and everything older as read, or all without `up_to`. Answers how many are left.

    What is snoozed stays so, and is unread when its time comes.
    """
    return await notifications.read_notifications(actor, body.get("up_to"))


@router.post(_NOTIFICATION + ":read", summary="Mark a notification as read", responses=answers(_READ, NOT_FOUND))
async def read_notification(notification_id: UUID, actor: SignedIn) -> NotificationView:
    """Marks one of your notifications as read."""
    return await notifications.read_notification(actor, notification_id)


@router.post(
    _NOTIFICATION + ":unread",
    summary="Mark a notification as unread",
    responses=answers(examples.NOTIFICATION, NOT_FOUND),
)
async def unread_notification(notification_id: UUID, actor: SignedIn) -> NotificationView:
    """Marks one of your notifications as unread; one that is snoozed is back at once."""
    return await notifications.unread_notification(actor, notification_id)


@router.post(_NOTIFICATION + ":snooze", summary="Put a notification off", responses=answers(_SNOOZED, NOT_FOUND))
async def snooze_notification(
    notification_id: UUID, body: Annotated[Snooze, example_body(_SNOOZE)], actor: SignedIn
) -> NotificationView:
    """Takes a notification out of sight until a moment to come; from then on it is unread."""
    return await notifications.snooze_notification(actor, notification_id, body["until"])
