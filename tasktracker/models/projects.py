"""Projects and what each of them arranges for itself: columns, labels, members."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from tasktracker.domain.events import GENESIS
from tasktracker.domain.ids import new_id
from tasktracker.models.fields import BytesField, PositionField
from tasktracker.models.people import Account, Workspace


class Project(Model):
    """The row that every command on anything in the project locks first.

    `revision`, `head_hash` and `changed_at` are the head of the project's log; `next_number` is the next `KEY-n`.
    `requires_version`: an edit that does not say which version it is based on is refused.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="projects", on_delete=fields.RESTRICT
    )
    key = fields.CharField(max_length=10)
    name = fields.CharField(max_length=100)
    description = fields.TextField(default="")
    color = fields.CharField(max_length=7)
    is_private = fields.BooleanField(default=False, db_default=False)
    requires_version = fields.BooleanField(default=False, db_default=False)
    archived_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1, db_default=1)
    next_number = fields.IntField(default=1, db_default=1)
    revision = fields.BigIntField(default=0, db_default=0)
    head_hash = BytesField(default=GENESIS)
    changed_at = fields.DatetimeField(auto_now_add=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "project"
        unique_together = (("workspace", "key"),)


class ProjectMembership(Model):
    """A role in one project, which counts before the workspace's."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="memberships", on_delete=fields.RESTRICT
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="project_memberships", on_delete=fields.RESTRICT, db_index=True
    )
    role = fields.CharField(max_length=10)

    class Meta:
        table = "project_membership"
        unique_together = (("project", "account"),)
        constraints = (
            CheckConstraint(check="role IN ('manager','editor','commenter','viewer')", name="project_membership_role"),
        )


class BoardColumn(Model):
    """A state of a project's tasks. `category` says what it means to reports; `wip_limit` None is no limit.

    The database adds `task_count`: how many tasks it has on the board.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="columns", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=50)
    category = fields.CharField(max_length=10)
    wip_limit = fields.IntField(null=True)
    position = PositionField()
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "board_column"
        unique_together = (("project", "position"), ("project", "name"))
        constraints = (
            CheckConstraint(
                check="category IN ('backlog','unstarted','started','done','cancelled')", name="board_column_category"
            ),
            CheckConstraint(check="wip_limit > 0", name="board_column_wip_limit"),
        )


class Label(Model):
    """A word to mark tasks with, of one project."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="labels", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=50)
    color = fields.CharField(max_length=7)
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "label"
        unique_together = (("project", "name"),)


class CustomField(Model):
    """A field that a project gives its tasks. `key` names it in the API and in filters, and stays for good.

    `options` are the choices of a select, in order.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="custom_fields", on_delete=fields.RESTRICT
    )
    project_id: UUID
    key = fields.CharField(max_length=40)
    name = fields.CharField(max_length=50)
    kind = fields.CharField(max_length=12)
    options: list[str] = fields.JSONField(default=list, db_default=SqlDefault("'[]'"))
    position = PositionField()
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "custom_field"
        unique_together = (("project", "key"), ("project", "name"))
        constraints = (
            CheckConstraint(
                check="kind IN ('text','number','date','select','multi_select','person','url','checkbox')",
                name="custom_field_kind",
            ),
        )


class Template(Model):
    """A task to begin with; `content` holds the fields that it starts from."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="templates", on_delete=fields.RESTRICT
    )
    project_id: UUID
    name = fields.CharField(max_length=100)
    content: dict[str, Any] = fields.JSONField(default=dict, db_default=SqlDefault("'{}'"))
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "template"
        unique_together = (("project", "name"),)


class Rule(Model):
    """When something happens (`events`), if a task fits (`condition`, in the filter language), then `actions`.

    It acts as its `owner`, on events after the revision `since`. `error` says why it could not the last time.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "tasktracker.Project", related_name="rules", on_delete=fields.RESTRICT
    )
    project_id: UUID
    name = fields.CharField(max_length=100)
    is_enabled = fields.BooleanField(default=True, db_default=True)
    events: list[str] = fields.JSONField()
    condition = fields.TextField(default="", db_default="")
    actions: list[dict[str, Any]] = fields.JSONField()
    owner: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="rules", on_delete=fields.RESTRICT, db_index=True
    )
    owner_id: UUID
    since = fields.BigIntField(default=0, db_default=0)
    error: str | None = fields.TextField(null=True)
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "rule"
        unique_together = (("project", "name"),)
