"""What belongs to one person: the views they keep, and what they are told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.models import Model

from tasktracker.domain.ids import new_id
from tasktracker.models.people import Account, Workspace
from tasktracker.models.projects import Project


class SavedView(Model):
    """A filter (`query`) and how its tasks are laid out, in one project or (`project` None) in all."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="saved_views", on_delete=fields.RESTRICT, db_index=True
    )
    workspace_id: UUID
    project: fields.ForeignKeyNullableRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="saved_views", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    project_id: UUID | None
    owner: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="saved_views", on_delete=fields.RESTRICT, db_index=True
    )
    owner_id: UUID
    name = fields.CharField(max_length=100)
    query = fields.TextField(default="", db_default="")
    layout: dict[str, Any] = fields.JSONField(default=dict, db_default=SqlDefault("'{}'"))
    is_shared = fields.BooleanField(default=False, db_default=False)
    starred_by: list[UUID] = ArrayField(element_type="uuid", default=list, db_default=SqlDefault("'{}'"))
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "saved_view"


class Notification(Model):
    """One event that somebody is told of, and why (`reason`). A reminder is one too: of the event that fired it.

    Made from the log; only `read_at` and `snoozed_until` are ever set.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="notifications", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="notifications", on_delete=fields.CASCADE
    )
    account_id: UUID
    task_id = fields.UUIDField()
    log_id = fields.UUIDField()
    revision = fields.BigIntField()
    reason = fields.CharField(max_length=12)
    created_at = fields.DatetimeField()
    read_at: datetime | None = fields.DatetimeField(null=True)
    snoozed_until: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "notification"
        unique_together = (("account", "log_id", "revision"),)
