"""A task as JSON made by PostgreSQL: whatever shows a task in full reads it through this."""

from tasktracker.services.access import VISIBLE

_KINDS = ("blocks", "blocked_by", "relates_to", "duplicates", "duplicated_by")
_ALL = " UNION ALL ".join(
    f"SELECT {place} AS place, '{kind}' AS kind, unnest(t.{kind}_ids) AS id" for place, kind in enumerate(_KINDS)
)
_RELATIONS = f"""(SELECT coalesce(json_agg(json_build_object(
    'kind', r.kind, 'ref', v.key || '-' || x.number, 'title', x.title, 'state', xc.category)
    ORDER BY r.place, v.key, x.number), '[]')
    FROM ({_ALL}) r JOIN task x ON x.id = r.id AND x.trashed_at IS NULL JOIN board_column xc ON xc.id = x.column_id
    JOIN ({VISIBLE}) v ON v.id = x.project_id)"""
SUBTASKS = """(WITH RECURSIVE below AS (
    SELECT s.id, s.column_id FROM task s WHERE s.parent_id = t.id AND s.trashed_at IS NULL
    UNION ALL SELECT s.id, s.column_id FROM task s JOIN below ON s.parent_id = below.id WHERE s.trashed_at IS NULL)
    SELECT json_build_object('total', count(*) FILTER (WHERE sc.category <> 'cancelled'),
        'done', count(*) FILTER (WHERE sc.category = 'done'))
    FROM below JOIN board_column sc ON sc.id = below.column_id)"""
"""The progress of task `t`."""
_SAME = (
    "number", "title", "description", "column_id", "position", "priority", "assignee_ids", "label_ids", "start_on",
    "start_at", "due_on", "due_at", "estimate", "watcher_ids", "custom", "recurrence", "external_source", "external_id",
    "comment_count", "attachment_count", "created_by_id", "created_at", "updated_at", "completed_at", "archived_at",
    "trashed_at", "version",
)  # fmt: skip

TASK = f"""json_build_object(
    'ref', tp.key || '-' || t.number, 'project', tp.key, {", ".join(f"'{name}', t.{name}" for name in _SAME)},
    'state', (SELECT c.category FROM board_column c WHERE c.id = t.column_id),
    'parent', (SELECT tp.key || '-' || up.number FROM task up WHERE up.id = t.parent_id),
    'subtasks', {SUBTASKS}, 'relations', {_RELATIONS})"""
"""Task `t` of project `tp`, as `views.TaskView.of` takes it. $1 to $3 are the asker: who may see what it relates to."""
