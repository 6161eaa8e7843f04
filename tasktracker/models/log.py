"""The log, and those who read it."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from tasktracker.models.fields import BytesField
from tasktracker.models.people import Account, Workspace


class Event(Model):
    """One thing that happened, in the log of a project or of a workspace (`log_id`).

    Written by `services.command` only. `id` is what the ORM needs; its order means nothing: `revision` orders.
    `command` is the revision of the first event of the same command in this log (None in logs of before it was noted:
    each event counts as a command).
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="events", on_delete=fields.RESTRICT
    )
    log_id = fields.UUIDField()
    revision = fields.BigIntField()
    kind = fields.CharField(max_length=40)
    subject_id = fields.UUIDField()
    task_id = fields.UUIDField(null=True)
    version = fields.IntField()
    actor: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="events", on_delete=fields.RESTRICT, null=True
    )
    at = fields.DatetimeField()
    request_id = fields.CharField(max_length=64)
    command = fields.BigIntField(null=True)
    changes: list[dict[str, Any]] = fields.JSONField()
    digest = BytesField()
    prev_hash = BytesField()
    hash = BytesField()

    class Meta:
        table = "event"
        unique_together = (("log_id", "revision"),)
        indexes = (
            Index(fields=("task_id", "revision")),
            Index(fields=("log_id", "at")),
            Index(fields=("log_id", "actor_id", "revision")),
            Index(fields=("log_id", "kind", "revision")),
        )


class ConsumerCursor(Model):
    """How far a consumer has read one log."""

    id = fields.BigIntField(primary_key=True, generated=True)
    consumer = fields.CharField(max_length=40)
    log_id = fields.UUIDField()
    revision = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "consumer_cursor"
        unique_together = (("consumer", "log_id"),)


class IdempotencyRecord(Model):
    """The answer given to an unsafe call, written in the transaction of its effect."""

    id = fields.BigIntField(primary_key=True, generated=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="idempotency_records", on_delete=fields.CASCADE
    )
    key = fields.CharField(max_length=255)
    fingerprint = BytesField()
    status = fields.SmallIntField(null=True)
    headers: dict[str, str] | None = fields.JSONField(null=True)
    body = BytesField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True, db_index=True)

    class Meta:
        table = "idempotency_record"
        unique_together = (("account", "key"),)
