"""Reminders, each person's own."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body
from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tasktracker.api.deps import Ref, SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Moment
from tasktracker.services import reminders
from tasktracker.services.queries import reminders as queries
from tasktracker.services.reminders import MINUTES_MAX
from tasktracker.services.views import ReminderView

router = api_router("Reminders")
_REMINDERS = "/tasks/{ref:segment}/reminders"
_EXAMPLE: dict[str, Any] = {
    "id": "019a5c24-1c07-7b55-9d10-5a2e7f6b8c01",
    "at": None,
    "minutes_before": 60,
    "fire_at": "2026-11-30T15:00:00Z",
    "fired_at": None,
    "created_at": "2026-11-23T09:15:00Z",
}
_BODIES: Any = {
    "before it is due": {"value": {"minutes_before": 60}},
    "at a moment": {"value": {"at": "2026-11-30T17:00:00+01:00"}},
}


@with_config(
    ConfigDict(extra="forbid", strict=True, json_schema_extra={"minProperties": 1, "maxProperties": 1}),
)
class NewReminder(TypedDict, total=False):
    """When to be reminded: one of the two."""

    at: Moment
    minutes_before: Annotated[
        int,
        Field(
            description="Minutes before the task is due. A day counts from 09:00 in your time zone.",
            json_schema_extra={"minimum": 0, "maximum": MINUTES_MAX},
        ),
    ]


@router.get(_REMINDERS, summary="List your reminders at a task", responses=answers([_EXAMPLE], NOT_FOUND))
async def list_reminders(ref: Ref, actor: SignedIn) -> list[ReminderView]:
    """Your own, in the order in which they fire. Nobody sees those of others here."""
    return await queries.list_reminders(actor, ref)


@router.post(
    _REMINDERS, status_code=201, summary="Add a reminder", responses=answers(_EXAMPLE, NOT_FOUND, CLASH, status=201)
)
async def add_reminder(
    ref: Ref, body: Annotated[NewReminder, Body(openapi_examples=_BODIES)], actor: SignedIn
) -> ReminderView:
    """Puts a notification into your inbox when its time has come.

    One that counts from the due time follows it when it is moved, and waits while there is none.
    """
    return await reminders.add_reminder(actor, ref, body)


@router.delete(
    _REMINDERS + "/{reminder_id:segment}",
    status_code=204,
    summary="Delete a reminder",
    responses=answers(None, NOT_FOUND, CLASH, status=204),
)
async def delete_reminder(ref: Ref, reminder_id: UUID, actor: SignedIn) -> None:
    """Takes back a reminder of your own."""
    await reminders.delete_reminder(actor, ref, reminder_id)
