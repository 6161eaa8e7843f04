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
COLUMNS = (
    ("task", "shelf", "smallint NOT NULL DEFAULT 0"),
    ("task", "workspace_id", "uuid"),
    ("board_column", "task_count", "integer NOT NULL DEFAULT 0"),
    ("comment", "project_id", "uuid"),
    ("comment", "workspace_id", "uuid"),
)
FUNCTIONS = {
    "keep_shelf": """BEGIN
        NEW.shelf := CASE WHEN NEW.trashed_at IS NOT NULL THEN 3 WHEN NEW.archived_at IS NOT NULL THEN 2
            WHEN (SELECT c.category IN ('done', 'cancelled') FROM board_column c WHERE c.id = NEW.column_id) THEN 1
            ELSE 0 END;
        IF TG_OP = 'INSERT' THEN
            NEW.workspace_id := (SELECT p.workspace_id FROM project p WHERE p.id = NEW.project_id);
        END IF;
        RETURN NEW; END""",
    "keep_shelves_of_column": """BEGIN
        UPDATE task SET shelf = CASE WHEN NEW.category IN ('done', 'cancelled') THEN 1 ELSE 0 END
        WHERE column_id = NEW.id AND shelf < 2;
        RETURN NULL; END""",
    "count_added_tasks": """BEGIN
        UPDATE board_column c SET task_count = task_count + added.tasks
        FROM (SELECT column_id, count(*) AS tasks FROM new_rows WHERE shelf < 2 GROUP BY column_id) added
        WHERE c.id = added.column_id;
        RETURN NULL; END""",
    "count_deleted_tasks": """BEGIN
        UPDATE board_column c SET task_count = task_count - deleted.tasks
        FROM (SELECT column_id, count(*) AS tasks FROM old_rows WHERE shelf < 2 GROUP BY column_id) deleted
        WHERE c.id = deleted.column_id;
        RETURN NULL; END""",
    "count_moved_task": """BEGIN
        UPDATE board_column SET task_count = task_count - 1 WHERE id = OLD.column_id AND OLD.shelf < 2;
        UPDATE board_column SET task_count = task_count + 1 WHERE id = NEW.column_id AND NEW.shelf < 2;
        RETURN NULL; END""",
    "place_comment": """BEGIN
        SELECT t.project_id, t.workspace_id INTO NEW.project_id, NEW.workspace_id FROM task t WHERE t.id = NEW.task_id;
        RETURN NEW; END""",
    "take_comments_along": """BEGIN
        UPDATE comment SET project_id = NEW.project_id WHERE task_id = NEW.id;
        RETURN NULL; END""",
}
TRIGGERS = (
    """TRIGGER "task_shelf" BEFORE INSERT OR UPDATE OF column_id, archived_at, trashed_at ON task
        FOR EACH ROW EXECUTE FUNCTION keep_shelf()""",
    """TRIGGER "column_shelves" AFTER UPDATE OF category ON board_column FOR EACH ROW
        WHEN ((OLD.category IN ('done', 'cancelled')) <> (NEW.category IN ('done', 'cancelled')))
        EXECUTE FUNCTION keep_shelves_of_column()""",
    """TRIGGER "task_added" AFTER INSERT ON task REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION count_added_tasks()""",
    """TRIGGER "task_deleted" AFTER DELETE ON task REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION count_deleted_tasks()""",
    """TRIGGER "task_moved" AFTER UPDATE OF column_id, archived_at, trashed_at ON task FOR EACH ROW
        WHEN (OLD.column_id <> NEW.column_id OR (OLD.shelf < 2) <> (NEW.shelf < 2))
        EXECUTE FUNCTION count_moved_task()""",
    """TRIGGER "comment_place" BEFORE INSERT ON comment FOR EACH ROW EXECUTE FUNCTION place_comment()""",
    """TRIGGER "task_transferred" AFTER UPDATE OF project_id ON task FOR EACH ROW
        WHEN (OLD.project_id <> NEW.project_id) EXECUTE FUNCTION take_comments_along()""",
)
"""What the database keeps by itself, so that lists stay fast: which list a task is in (`shelf`: 0 open, 1 closed, 2 in
the archive, 3 in the trash), by the category of its column; its project's workspace; how many tasks a column has on the
board; and where comments are, which is where their tasks are."""
_SHELF = "(project_id, shelf, {}, number)"
_SHELVES = "(workspace_id, shelf, {}, project_id, number)"
INDEXES = (
    'INDEX "task_by_number" ON task (project_id, shelf, number)',
    f'INDEX "task_by_created" ON task {_SHELF.format("created_at")}',
    f'INDEX "task_by_updated" ON task {_SHELF.format("updated_at")}',
    f'INDEX "task_by_due" ON task {_SHELF.format("due_key")}',
    f'INDEX "task_by_start" ON task {_SHELF.format("start_key")}',
    f'INDEX "task_by_priority" ON task {_SHELF.format("priority")}',
    f'INDEX "task_by_estimate" ON task {_SHELF.format("estimate")}',
    f'INDEX "task_by_title" ON task {_SHELF.format("lower(title)")}',
    f'INDEX "task_by_completed" ON task {_SHELF.format("completed_at")}',
    f'INDEX "task_of_all_by_created" ON task {_SHELVES.format("created_at")}',
    f'INDEX "task_of_all_by_updated" ON task {_SHELVES.format("updated_at")}',
    'INDEX "task_of_all_by_number" ON task (workspace_id, shelf, number, project_id)',
    f'INDEX "task_of_all_by_due" ON task {_SHELVES.format("due_key")}',
    f'INDEX "task_of_all_by_start" ON task {_SHELVES.format("start_key")}',
    f'INDEX "task_of_all_by_priority" ON task {_SHELVES.format("priority")}',
    f'INDEX "task_of_all_by_estimate" ON task {_SHELVES.format("estimate")}',
    f'INDEX "task_of_all_by_title" ON task {_SHELVES.format("lower(title)")}',
    f'INDEX "task_of_all_by_completed" ON task {_SHELVES.format("completed_at")}',
    """INDEX "task_blocked" ON task (project_id, shelf, number) WHERE blocked_by_ids <> '{}'""",
    """INDEX "task_blocking" ON task (project_id, shelf, number) WHERE blocks_ids <> '{}'""",
    'INDEX "task_children" ON task (parent_id) WHERE parent_id IS NOT NULL',
    'INDEX "task_ids" ON task USING gin (assignee_ids, label_ids, watcher_ids)',
    'INDEX "task_ids_open" ON task USING gin (assignee_ids, label_ids, watcher_ids) WHERE shelf = 0',
    'INDEX "task_search" ON task USING gin (search)',
    'INDEX "task_title_trigrams" ON task USING gin (title gin_trgm_ops)',
    'UNIQUE INDEX "task_external" ON task (project_id, external_source, external_id) WHERE external_id IS NOT NULL',
    'INDEX "task_recur" ON task (recur_at) WHERE recur_at IS NOT NULL',
    'INDEX "task_trash" ON task (trashed_at) WHERE trashed_at IS NOT NULL',
    'INDEX "comment_search" ON comment USING gin (search)',
    'INDEX "comment_by_author" ON comment (author_id, task_id) WHERE deleted_at IS NULL',
    'INDEX "comment_by_time" ON comment (project_id, created_at, id)',
    'INDEX "comment_of_all_by_time" ON comment (workspace_id, created_at, id)',
    'INDEX "event_command" ON event (log_id, command)',
    "INDEX \"event_undone\" ON event (log_id, revision) WHERE kind = 'CommandUndone'",
    "INDEX \"event_column_deleted\" ON event (log_id, revision) WHERE kind = 'ColumnDeleted'",
    'INDEX "reminder_due" ON reminder (fire_at) WHERE fired_at IS NULL AND fire_at IS NOT NULL',
    'INDEX "due_notice_next" ON due_notice (tell_at) WHERE tell_at IS NOT NULL',
    'INDEX "notification_inbox" ON notification (account_id, workspace_id, created_at DESC, id DESC)',
    'INDEX "notification_snoozed" ON notification (account_id, workspace_id, created_at DESC, id DESC) WHERE read_at IS NULL AND snoozed_until IS NOT NULL',
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


STATEMENTS: tuple[tuple[str, str], ...] = (
    ("CREATE EXTENSION IF NOT EXISTS pg_trgm", ""),
    *(
        (
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK ({check})',
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
        )
        for table, name, check in CHECKS
    ),
    *(
        (
            f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind} GENERATED ALWAYS AS ({expression}) STORED',
            f'ALTER TABLE "{table}" DROP COLUMN "{name}"',
        )
        for table, name, kind, expression in GENERATED
    ),
    (NOTICES, ""),
    *(
        (f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}', f'ALTER TABLE "{table}" DROP COLUMN "{name}"')
        for table, name, kind in COLUMNS
    ),
    (
        """UPDATE task t SET workspace_id = p.workspace_id, shelf = CASE WHEN t.trashed_at IS NOT NULL THEN 3
            WHEN t.archived_at IS NOT NULL THEN 2 WHEN c.category IN ('done', 'cancelled') THEN 1 ELSE 0 END
            FROM project p, board_column c WHERE p.id = t.project_id AND c.id = t.column_id""",
        "",
    ),
    ("ALTER TABLE task ALTER workspace_id SET NOT NULL", ""),
    (
        """UPDATE comment c SET project_id = t.project_id, workspace_id = t.workspace_id
            FROM task t WHERE t.id = c.task_id""",
        "",
    ),
    ("ALTER TABLE comment ALTER project_id SET NOT NULL, ALTER workspace_id SET NOT NULL", ""),
    (
        """UPDATE board_column c SET task_count = (
            SELECT count(*) FROM task t WHERE t.column_id = c.id AND t.shelf < 2)""",
        "",
    ),
    *(
        (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
            f"DROP FUNCTION {name}() CASCADE",
        )
        for name, body in FUNCTIONS.items()
    ),
    *((f"CREATE {trigger}", "") for trigger in TRIGGERS),
    *((f"CREATE {index}", f'DROP INDEX "{index.split(chr(34))[1]}"') for index in INDEXES),
)
"""What Tortoise cannot say, and how it is undone: constraints of new tables, generated columns, partial and GIN indexes."""


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
                ("starred_by", ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="uuid")),
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
        # One operation for all of them: Tortoise copies its picture of every model before each.
        ops.RunSQL([done for done, _ in STATEMENTS], [undone for _, undone in reversed(STATEMENTS) if undone]),
    ]
