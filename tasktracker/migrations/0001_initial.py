from orjson import loads
from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from tasktracker.domain.ids import new_id
from tasktracker.models.fields import BytesField, PositionField


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("email", fields.CharField(unique=True, max_length=254)),
                ("handle", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=100)),
                ("password_hash", fields.CharField(null=True, max_length=255)),
                ("is_active", fields.BooleanField(default=True, db_default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "account",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "A person. `handle` is what follows the @ in a mention; both it and the e-mail are kept in lower case.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConsumerCursor",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("consumer", fields.CharField(max_length=40)),
                ("log_id", fields.UUIDField()),
                ("revision", fields.BigIntField(default=0, db_default=0)),
            ],
            options={
                "table": "consumer_cursor",
                "app": "tasktracker",
                "unique_together": (("consumer", "log_id"),),
                "pk_attr": "id",
                "table_description": "How far a consumer has read one log.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdempotencyRecord",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="idempotency_records",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("key", fields.CharField(max_length=255)),
                ("fingerprint", BytesField(generated=False, null=False, unique=False)),
                ("status", fields.SmallIntField(null=True)),
                ("headers", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("body", BytesField(null=True, generated=False, unique=False)),
                ("created_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "idempotency_record",
                "app": "tasktracker",
                "unique_together": (("account", "key"),),
                "pk_attr": "id",
                "table_description": "The answer given to an unsafe call, written in the transaction of its effect.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Workspace",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=100)),
                ("revision", fields.BigIntField(default=0, db_default=0)),
                (
                    "head_hash",
                    BytesField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                        generated=False,
                        null=False,
                        unique=False,
                    ),
                ),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "workspace",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "A team's walls: nothing joins across them. `revision` and `head_hash` are the head of its own log.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("log_id", fields.UUIDField()),
                ("revision", fields.BigIntField()),
                ("kind", fields.CharField(max_length=40)),
                ("subject_id", fields.UUIDField()),
                ("task_id", fields.UUIDField(null=True)),
                ("version", fields.IntField()),
                (
                    "actor",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="actor_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("request_id", fields.CharField(max_length=64)),
                ("changes", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("digest", BytesField(generated=False, null=False, unique=False)),
                ("prev_hash", BytesField(generated=False, null=False, unique=False)),
                ("hash", BytesField(generated=False, null=False, unique=False)),
            ],
            options={
                "table": "event",
                "app": "tasktracker",
                "unique_together": (("log_id", "revision"),),
                "indexes": [Index(fields=["task_id", "revision"]), Index(fields=["log_id", "at"])],
                "pk_attr": "id",
                "table_description": "One thing that happened, in the log of a project or of a workspace (`log_id`).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Membership",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="account_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("role", fields.CharField(max_length=10)),
            ],
            options={
                "table": "membership",
                "app": "tasktracker",
                "unique_together": (("workspace", "account"),),
                "constraints": [
                    CheckConstraint(check="role IN ('owner','admin','member','guest')", name="membership_role")
                ],
                "pk_attr": "id",
                "table_description": "An account's role in a workspace.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Project",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="projects",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=10)),
                ("name", fields.CharField(max_length=100)),
                ("description", fields.TextField(default="", unique=False)),
                ("color", fields.CharField(max_length=7)),
                ("is_private", fields.BooleanField(default=False, db_default=False)),
                ("archived_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("next_number", fields.IntField(default=1, db_default=1)),
                ("revision", fields.BigIntField(default=0, db_default=0)),
                (
                    "head_hash",
                    BytesField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                        generated=False,
                        null=False,
                        unique=False,
                    ),
                ),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "project",
                "app": "tasktracker",
                "unique_together": (("workspace", "key"),),
                "pk_attr": "id",
                "table_description": "The row that every command on anything in the project locks first.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardColumn",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="columns",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=50)),
                ("category", fields.CharField(max_length=10)),
                ("wip_limit", fields.IntField(null=True)),
                ("position", PositionField(generated=False, null=False, unique=False)),
                ("version", fields.IntField(default=1, db_default=1)),
            ],
            options={
                "table": "board_column",
                "app": "tasktracker",
                "unique_together": (("project", "position"), ("project", "name")),
                "constraints": [
                    CheckConstraint(
                        check="category IN ('backlog','unstarted','started','done','cancelled')",
                        name="board_column_category",
                    ),
                    CheckConstraint(check="wip_limit > 0", name="board_column_wip_limit"),
                ],
                "pk_attr": "id",
                "table_description": "A state of a project's tasks. `category` says what it means to reports; `wip_limit` None is no limit.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Label",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="labels",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=50)),
                ("color", fields.CharField(max_length=7)),
                ("version", fields.IntField(default=1, db_default=1)),
            ],
            options={
                "table": "label",
                "app": "tasktracker",
                "unique_together": (("project", "name"),),
                "pk_attr": "id",
                "table_description": "A word to mark tasks with, of one project.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ProjectMembership",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="account_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="project_memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("role", fields.CharField(max_length=10)),
            ],
            options={
                "table": "project_membership",
                "app": "tasktracker",
                "unique_together": (("project", "account"),),
                "constraints": [
                    CheckConstraint(
                        check="role IN ('manager','editor','commenter','viewer')", name="project_membership_role"
                    )
                ],
                "pk_attr": "id",
                "table_description": "A role in one project, which counts before the workspace's.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=7)),
                ("secret_hash", BytesField(unique=True, generated=False, null=False)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="account_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(default="", max_length=100)),
                ("may_write", fields.BooleanField(default=True, db_default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("last_used_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "session",
                "app": "tasktracker",
                "constraints": [CheckConstraint(check="kind IN ('browser','token')", name="session_kind")],
                "pk_attr": "id",
                "table_description": "A sign-in in a browser, or an API token. Only the SHA-256 of the secret is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Task",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tasks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                ("title", fields.CharField(max_length=300)),
                ("description", fields.TextField(default="", unique=False)),
                (
                    "column",
                    fields.ForeignKeyField(
                        "tasktracker.BoardColumn",
                        source_field="column_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tasks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", PositionField(generated=False, null=False, unique=False)),
                ("priority", fields.SmallIntField(default=0, db_default=0)),
                ("assignee_ids", ArrayField(default=list, element_type="UUID")),
                ("label_ids", ArrayField(default=list, element_type="UUID")),
                ("due_on", fields.DateField(null=True)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("comment_count", fields.IntField(default=0, db_default=0)),
                (
                    "created_by",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="created_by_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="created_tasks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("completed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("archived_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("trashed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "task",
                "app": "tasktracker",
                "unique_together": (("project", "number"), ("column", "position")),
                "constraints": [CheckConstraint(check="priority BETWEEN 0 AND 4", name="task_priority")],
                "pk_attr": "id",
                "table_description": "`KEY-number`. `priority` runs from 0 (none) to 4 (urgent); `due_on` is a day in the reader's calendar.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Comment",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "task",
                    fields.ForeignKeyField(
                        "tasktracker.Task",
                        source_field="task_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="comments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "author",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="author_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="comments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("edited_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "comment",
                "app": "tasktracker",
                "indexes": [Index(fields=["task_id", "created_at"])],
                "pk_attr": "id",
                "table_description": "Markdown said about a task. A deleted one keeps its place and loses its text.",
            },
            bases=["Model"],
        ),
        # CreateModel leaves the check constraints and partial indexes out: they are written here.
        ops.RunSQL(
            """ALTER TABLE "membership" ADD CONSTRAINT "membership_role" CHECK (role IN ('owner','admin','member','guest'))""",
            """ALTER TABLE "membership" DROP CONSTRAINT "membership_role" """,
        ),
        ops.RunSQL(
            """ALTER TABLE "session" ADD CONSTRAINT "session_kind" CHECK (kind IN ('browser','token'))""",
            """ALTER TABLE "session" DROP CONSTRAINT "session_kind" """,
        ),
        ops.RunSQL(
            """ALTER TABLE "project_membership" ADD CONSTRAINT "project_membership_role" CHECK (role IN ('manager','editor','commenter','viewer'))""",
            """ALTER TABLE "project_membership" DROP CONSTRAINT "project_membership_role" """,
        ),
        ops.RunSQL(
            """ALTER TABLE "board_column" ADD CONSTRAINT "board_column_category" CHECK (category IN ('backlog','unstarted','started','done','cancelled'))""",
            """ALTER TABLE "board_column" DROP CONSTRAINT "board_column_category" """,
        ),
        ops.RunSQL(
            """ALTER TABLE "board_column" ADD CONSTRAINT "board_column_wip_limit" CHECK (wip_limit > 0)""",
            """ALTER TABLE "board_column" DROP CONSTRAINT "board_column_wip_limit" """,
        ),
        ops.RunSQL(
            """ALTER TABLE "task" ADD CONSTRAINT "task_priority" CHECK (priority BETWEEN 0 AND 4)""",
            """ALTER TABLE "task" DROP CONSTRAINT "task_priority" """,
        ),
        ops.RunSQL(
            """CREATE INDEX "task_on_board" ON "task" ("project_id", "column_id", "position")
               WHERE "archived_at" IS NULL AND "trashed_at" IS NULL""",
            """DROP INDEX "task_on_board" """,
        ),
    ]
