"""Tasks and what is said about them."""

from datetime import date
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from tasktracker.domain.ids import new_id
from tasktracker.models.fields import PositionField
from tasktracker.models.people import Account
from tasktracker.models.projects import BoardColumn, Project


class Task(Model):
    """`KEY-number`. `priority` runs from 0 (none) to 4 (urgent); `due_on` is a day in the reader's calendar."""

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
    due_on: date | None = fields.DateField(null=True)
    version = fields.IntField(default=1, db_default=1)
    comment_count = fields.IntField(default=0, db_default=0)
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
        constraints = (CheckConstraint(check="priority BETWEEN 0 AND 4", name="task_priority"),)


class Comment(Model):
    """Markdown said about a task. A deleted one keeps its place and loses its text."""

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
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField(auto_now_add=True)
    edited_at = fields.DatetimeField(null=True)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "comment"
        indexes = (Index(fields=("task_id", "created_at")),)
