from orjson import loads
from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from tasktracker.domain.ids import new_id
from tasktracker.models.fields import PositionField

CHECKS = (
    (
        "custom_field",
        "custom_field_kind",
        "kind IN ('text','number','date','select','multi_select','person','url','checkbox')",
    ),
    ("reminder", "reminder_one_time", "(at IS NULL) <> (minutes_before IS NULL)"),
)
_KEY = "coalesce({0}_at, ({0}_on + 1)::timestamp AT TIME ZONE 'UTC')"
GENERATED = (
    ("task", "start_key", "timestamptz", _KEY.format("start")),
    ("task", "due_key", "timestamptz", _KEY.format("due")),
    (
        "task",
        "search",
        "tsvector",
        "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', description), 'B')",
    ),
    ("comment", "search", "tsvector", "setweight(to_tsvector('simple', body), 'C')"),
)
_ALIVE = "WHERE archived_at IS NULL AND trashed_at IS NULL"
INDEXES = (
    f'INDEX "task_by_due" ON task (project_id, due_key, number) {_ALIVE}',
    f'INDEX "task_by_start" ON task (project_id, start_key, number) {_ALIVE}',
    f'INDEX "task_by_priority" ON task (project_id, priority, number) {_ALIVE}',
    f'INDEX "task_by_update" ON task (project_id, updated_at, number) {_ALIVE}',
    'INDEX "task_children" ON task (parent_id) WHERE parent_id IS NOT NULL',
    'INDEX "task_assignees" ON task USING gin (assignee_ids)',
    'INDEX "task_labels" ON task USING gin (label_ids)',
    'INDEX "task_watchers" ON task USING gin (watcher_ids)',
    'INDEX "task_search" ON task USING gin (search)',
    'INDEX "task_title_trigrams" ON task USING gin (title gin_trgm_ops)',
    'UNIQUE INDEX "task_external" ON task (project_id, external_source, external_id) WHERE external_id IS NOT NULL',
    'INDEX "task_recur" ON task (recur_at) WHERE recur_at IS NOT NULL',
    'INDEX "task_trash" ON task (trashed_at) WHERE trashed_at IS NOT NULL',
    'INDEX "comment_search" ON comment USING gin (search)',
    'INDEX "event_command" ON event (log_id, command)',
    "INDEX \"event_undone\" ON event (log_id, revision) WHERE kind = 'CommandUndone'",
    'INDEX "reminder_due" ON reminder (fire_at) WHERE fired_at IS NULL AND fire_at IS NOT NULL',
    'INDEX "due_notice_next" ON due_notice (tell_at) WHERE tell_at IS NOT NULL',
    'INDEX "notification_inbox" ON notification (account_id, workspace_id, created_at DESC, id DESC)',
    'INDEX "notification_unread" ON notification (account_id, workspace_id, created_at DESC, id DESC) WHERE read_at IS NULL',
)

# Who is to be told of the due times that are there already, as `services.due_times` has it for new ones.
NOTICES = """
    INSERT INTO due_notice (task_id, tell_at, told_at)
    SELECT t.id, (SELECT min(of_one.moment) FROM (
        SELECT coalesce(t.due_at, (t.due_on + time '09:00') AT TIME ZONE a.time_zone) AS moment FROM account a
        WHERE a.id = ANY(t.assignee_ids || t.watcher_ids || t.created_by_id)) of_one WHERE of_one.moment > now()), now()
    FROM task t WHERE t.due_on IS NOT NULL OR t.due_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("tasktracker", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Attachment",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "task",
                    fields.ForeignKeyField(
                        "tasktracker.Task",
                        source_field="task_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="attachments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "uploader",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="uploader_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="attachments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=255)),
                ("media_type", fields.CharField(max_length=100)),
                ("size", fields.BigIntField()),
                ("sha256", fields.CharField(max_length=64)),
                ("width", fields.IntField(null=True)),
                ("height", fields.IntField(null=True)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "attachment",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "A file at a task. Its bytes are in the storage under its id, those of a deleted one until its task is purged.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CustomField",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="custom_fields",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=40)),
                ("name", fields.CharField(max_length=50)),
                ("kind", fields.CharField(max_length=12)),
                (
                    "options",
                    fields.JSONField(default=list, db_default=SqlDefault("'[]'"), encoder=JSON_DUMPS, decoder=loads),
                ),
                ("position", PositionField(generated=False, null=False, unique=False)),
                ("version", fields.IntField(default=1, db_default=1)),
            ],
            options={
                "table": "custom_field",
                "app": "tasktracker",
                "unique_together": (("project", "key"), ("project", "name")),
                "constraints": [
                    CheckConstraint(
                        check="kind IN ('text','number','date','select','multi_select','person','url','checkbox')",
                        name="custom_field_kind",
                    )
                ],
                "pk_attr": "id",
                "table_description": "A field that a project gives its tasks. `key` names it in the API and in filters, and stays for good.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DueNotice",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "task",
                    fields.OneToOneField(
                        "tasktracker.Task",
                        source_field="task_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="due_notice",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("tell_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("told_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revision", fields.BigIntField(null=True)),
            ],
            options={
                "table": "due_notice",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "That the people of a task are told when it is due: each once for each due time, at their own nine o'clock.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LooseFile",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("since", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "loose_file",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "A file that no attachment owns: it is being brought in, or its attachment is gone for good.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Notification",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="notifications",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="notifications",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("task_id", fields.UUIDField()),
                ("log_id", fields.UUIDField()),
                ("revision", fields.BigIntField()),
                ("reason", fields.CharField(max_length=12)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("snoozed_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "notification",
                "app": "tasktracker",
                "unique_together": (("account", "log_id", "revision"),),
                "pk_attr": "id",
                "table_description": "One event that somebody is told of, and why (`reason`). A reminder is one too: of the event that fired it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Reminder",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "task",
                    fields.ForeignKeyField(
                        "tasktracker.Task",
                        source_field="task_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="reminders",
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
                        related_name="reminders",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("minutes_before", fields.IntField(null=True)),
                ("fire_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("fired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "reminder",
                "app": "tasktracker",
                "constraints": [
                    CheckConstraint(check="(at IS NULL) <> (minutes_before IS NULL)", name="reminder_one_time")
                ],
                "pk_attr": "id",
                "table_description": "Somebody wants to be told: at a moment (`at`), or so many minutes before the task is due.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Rule",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="rules",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("is_enabled", fields.BooleanField(default=True, db_default=True)),
                ("events", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("condition", fields.TextField(default="", db_default="", unique=False)),
                ("actions", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="owner_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="rules",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("since", fields.BigIntField(default=0, db_default=0)),
                ("error", fields.TextField(null=True, unique=False)),
                ("version", fields.IntField(default=1, db_default=1)),
            ],
            options={
                "table": "rule",
                "app": "tasktracker",
                "unique_together": (("project", "name"),),
                "pk_attr": "id",
                "table_description": "When something happens (`events`), if a task fits (`condition`, in the filter language), then `actions`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SavedView",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "workspace",
                    fields.ForeignKeyField(
                        "tasktracker.Workspace",
                        source_field="workspace_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="saved_views",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="saved_views",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "tasktracker.Account",
                        source_field="owner_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="saved_views",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("query", fields.TextField(default="", db_default="", unique=False)),
                (
                    "layout",
                    fields.JSONField(default=dict, db_default=SqlDefault("'{}'"), encoder=JSON_DUMPS, decoder=loads),
                ),
                ("is_shared", fields.BooleanField(default=False, db_default=False)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "saved_view",
                "app": "tasktracker",
                "pk_attr": "id",
                "table_description": "A filter (`query`) and how its tasks are laid out, in one project or (`project` None) in all.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TaskAlias",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="aliases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                (
                    "task",
                    fields.ForeignKeyField(
                        "tasktracker.Task",
                        source_field="task_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="aliases",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "task_alias",
                "app": "tasktracker",
                "unique_together": (("project", "number"),),
                "pk_attr": "id",
                "table_description": "What a task was called in a project that it has left.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Template",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "project",
                    fields.ForeignKeyField(
                        "tasktracker.Project",
                        source_field="project_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="templates",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                (
                    "content",
                    fields.JSONField(default=dict, db_default=SqlDefault("'{}'"), encoder=JSON_DUMPS, decoder=loads),
                ),
                ("version", fields.IntField(default=1, db_default=1)),
            ],
            options={
                "table": "template",
                "app": "tasktracker",
                "unique_together": (("project", "name"),),
                "pk_attr": "id",
                "table_description": "A task to begin with; `content` holds the fields that it starts from.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Account",
            name="locale",
            field=fields.CharField(default="en", db_default="en", max_length=16),
        ),
        ops.AddField(
            model_name="Account",
            name="time_zone",
            field=fields.CharField(default="UTC", db_default="UTC", max_length=64),
        ),
        ops.AddField(
            model_name="Comment",
            name="reactions",
            field=fields.JSONField(default=dict, db_default=SqlDefault("'{}'"), encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="Event",
            name="command",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Project",
            name="requires_version",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AlterModelOptions(
            name="Task",
            options={
                "table": "task",
                "app": "tasktracker",
                "unique_together": (("project", "number"), ("column", "position")),
                "constraints": [
                    CheckConstraint(check="priority BETWEEN 0 AND 4", name="task_priority"),
                    CheckConstraint(check="start_on IS NULL OR start_at IS NULL", name="task_one_start"),
                    CheckConstraint(check="due_on IS NULL OR due_at IS NULL", name="task_one_due"),
                ],
                "pk_attr": "id",
                "table_description": "`KEY-number`. `priority` runs from 0 (none) to 4 (urgent).",
            },
        ),
        ops.AddField(
            model_name="Task",
            name="attachment_count",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="Task",
            name="blocked_by_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddField(
            model_name="Task",
            name="blocks_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddField(
            model_name="Task",
            name="custom",
            field=fields.JSONField(default=dict, db_default=SqlDefault("'{}'"), encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="Task",
            name="due_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Task",
            name="duplicated_by_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddField(
            model_name="Task",
            name="duplicates_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddField(
            model_name="Task",
            name="estimate",
            field=fields.FloatField(null=True),
        ),
        ops.AddField(
            model_name="Task",
            name="external_id",
            field=fields.CharField(null=True, max_length=200),
        ),
        ops.AddField(
            model_name="Task",
            name="external_source",
            field=fields.CharField(null=True, max_length=50),
        ),
        ops.AddField(
            model_name="Task",
            name="parent_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Task",
            name="recur_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Task",
            name="recurrence",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="Task",
            name="relates_to_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddField(
            model_name="Task",
            name="start_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Task",
            name="start_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Task",
            name="watcher_ids",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="UUID"),
        ),
        ops.AddConstraint(
            model_name="Task",
            constraint=CheckConstraint(check="start_on IS NULL OR start_at IS NULL", name="task_one_start"),
        ),
        ops.AddConstraint(
            model_name="Task",
            constraint=CheckConstraint(check="due_on IS NULL OR due_at IS NULL", name="task_one_due"),
        ),
        # What Tortoise cannot say: constraints of new tables, generated columns, partial and GIN indexes.
        ops.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", ""),
        *(
            ops.RunSQL(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK ({check})',
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
            )
            for table, name, check in CHECKS
        ),
        *(
            ops.RunSQL(
                f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind} GENERATED ALWAYS AS ({expression}) STORED',
                f'ALTER TABLE "{table}" DROP COLUMN "{name}"',
            )
            for table, name, kind, expression in GENERATED
        ),
        ops.RunSQL(NOTICES, ""),
        *(ops.RunSQL(f"CREATE {index}", f'DROP INDEX "{index.split(chr(34))[1]}"') for index in INDEXES),
    ]
