"""Tasks and what is said about them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from tasktracker.domain.ids import new_id
from tasktracker.models.fields import PositionField
from tasktracker.models.people import Account
from tasktracker.models.projects import BoardColumn, Project

EMPTY = SqlDefault("'{}'")


def _ids() -> Any:
    """Ids of rows that the commands vouch for: a task's state is one row."""
    return ArrayField(element_type="uuid", default=list, db_default=EMPTY)


class Task(Model):
    """`KEY-number`. `priority` runs from 0 (none) to 4 (urgent).

    `start` and `due` are each a day in the reader's calendar (`_on`) or a moment (`_at`), never both. The relations are
    kept on both of the tasks that they join. `custom` holds the custom fields' values by key. `recur_at` is when the
    next one of a recurring task is to be made. The database adds by itself: `start_key` and `due_key`, moments to sort
    and compare by (a day counts until its end in UTC); `search`; `workspace_id`, that of the project; `commenter_ids`,
    whose comments there are; and `shelf`, the list that it is in: 0 open, 1 closed (by the category of its column), 2
    in the archive, 3 in the trash.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="tasks", on_delete=fields.RESTRICT
    )
    project_id: UUID
    number = fields.IntField()
    title = fields.CharField(max_length=300)
    description = fields.TextField(default="")
    column: fields.ForeignKeyRelation[BoardColumn] = fields.ForeignKeyField(
        "tasktracker.BoardColumn", related_name="tasks", on_delete=fields.RESTRICT
    )
    column_id: UUID
    position = PositionField()
    priority = fields.SmallIntField(default=0, db_default=0)
    assignee_ids: list[UUID] = ArrayField(element_type="uuid", default=list)
    label_ids: list[UUID] = ArrayField(element_type="uuid", default=list)
    start_on: date | None = fields.DateField(null=True)
    start_at: datetime | None = fields.DatetimeField(null=True)
    due_on: date | None = fields.DateField(null=True)
    due_at: datetime | None = fields.DatetimeField(null=True)
    estimate: float | None = fields.FloatField(null=True)
    parent_id: UUID | None = fields.UUIDField(null=True)
    blocks_ids: list[UUID] = _ids()
    blocked_by_ids: list[UUID] = _ids()
    relates_to_ids: list[UUID] = _ids()
    duplicates_ids: list[UUID] = _ids()
    duplicated_by_ids: list[UUID] = _ids()
    watcher_ids: list[UUID] = _ids()
    custom: dict[str, Any] = fields.JSONField(default=dict, db_default=EMPTY)
    recurrence: dict[str, Any] | None = fields.JSONField(null=True)
    recur_at: datetime | None = fields.DatetimeField(null=True)
    external_source = fields.CharField(max_length=50, null=True)
    external_id = fields.CharField(max_length=200, null=True)
    version = fields.IntField(default=1, db_default=1)
    comment_count = fields.IntField(default=0, db_default=0)
    attachment_count = fields.IntField(default=0, db_default=0)
    created_by: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="created_tasks", on_delete=fields.RESTRICT, db_index=True
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    updated_at = fields.DatetimeField(auto_now_add=True)
    completed_at = fields.DatetimeField(null=True)
    archived_at = fields.DatetimeField(null=True)
    trashed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "task"
        unique_together = (("project", "number"), ("column", "position"))
        constraints = (
            CheckConstraint(check="priority BETWEEN 0 AND 4", name="task_priority"),
            CheckConstraint(check="start_on IS NULL OR start_at IS NULL", name="task_one_start"),
            CheckConstraint(check="due_on IS NULL OR due_at IS NULL", name="task_one_due"),
        )


class TaskAlias(Model):
    """What a task was called in a project that it has left."""

    id = fields.BigIntField(primary_key=True, generated=True)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="aliases", on_delete=fields.RESTRICT
    )
    project_id: UUID
    number = fields.IntField()
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField(
        "tasktracker.Task", related_name="aliases", on_delete=fields.CASCADE, db_index=True
    )
    task_id: UUID

    class Meta:
        table = "task_alias"
        unique_together = (("project", "number"),)


class Comment(Model):
    """Markdown said about a task. A deleted one keeps its place and loses its text.

    `reactions` holds the ids of the accounts that gave each, by emoji. The database adds `search`, and `project_id` and
    `workspace_id`, those of the task.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField(
        "tasktracker.Task", related_name="comments", on_delete=fields.RESTRICT
    )
    task_id: UUID
    author: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="comments", on_delete=fields.RESTRICT, db_index=True
    )
    author_id: UUID
    body = fields.TextField()
    reactions: dict[str, list[str]] = fields.JSONField(default=dict, db_default=EMPTY)
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField(auto_now_add=True)
    edited_at = fields.DatetimeField(null=True)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "comment"
        indexes = (Index(fields=("task_id", "created_at")),)


class Attachment(Model):
    """A file at a task. Its bytes are in the storage under its id, those of a deleted one until its task is purged.

    `width` and `height` are those of a picture, in pixels; a picture alone has a thumbnail.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField(
        "tasktracker.Task", related_name="attachments", on_delete=fields.RESTRICT, db_index=True
    )
    task_id: UUID
    uploader: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="attachments", on_delete=fields.RESTRICT, db_index=True
    )
    uploader_id: UUID
    name = fields.CharField(max_length=255)
    media_type = fields.CharField(max_length=100)
    size = fields.BigIntField()
    sha256 = fields.CharField(max_length=64)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField(auto_now_add=True)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "attachment"


class LooseFile(Model):
    """A file that no attachment owns: it is being brought in, or its attachment is gone for good.

    Its bytes are in the storage under `id`, if they are there at all. Upkeep removes what stays loose.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    since = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "loose_file"


class Reminder(Model):
    """Somebody wants to be told: at a moment (`at`), or so many minutes before the task is due.

    `fire_at` is when that is, None while the task has no due time; `fired_at` when it was done.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField(
        "tasktracker.Task", related_name="reminders", on_delete=fields.RESTRICT, db_index=True
    )
    task_id: UUID
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="reminders", on_delete=fields.RESTRICT, db_index=True
    )
    account_id: UUID
    at: datetime | None = fields.DatetimeField(null=True)
    minutes_before: int | None = fields.IntField(null=True)
    fire_at: datetime | None = fields.DatetimeField(null=True)
    fired_at: datetime | None = fields.DatetimeField(null=True)
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "reminder"
        constraints = (CheckConstraint(check="(at IS NULL) <> (minutes_before IS NULL)", name="reminder_one_time"),)


class DueNotice(Model):
    """That the people of a task are told when it is due: each once for each due time, at their own nine o'clock.

    `tell_at` is when the next of them is to be told, None when nobody is. Who was due up to `told_at` has been told, or
    is not to be. `revision` is that of the event `TaskFellDue`, None while this due time has not come for anybody.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    task: fields.OneToOneRelation[Task] = fields.OneToOneField(
        "tasktracker.Task", related_name="due_notice", on_delete=fields.CASCADE
    )
    task_id: UUID
    tell_at: datetime | None = fields.DatetimeField(null=True)
    told_at: datetime = fields.DatetimeField()
    revision: int | None = fields.BigIntField(null=True)

    class Meta:
        table = "due_notice"
