"""What time travel reads: what is there now, and what the log says since."""

from typing import Any

from tasktracker.domain.errors import Invalid
from tasktracker.domain.task_fields import RELATIONS

EVENTS_LIMIT = 200_000
"""Later events that one answer plays backwards; a moment that lies further back is refused."""

_WHEN = """coalesce(to_char(t.{0}_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.{0}_on::text)"""
_IDS = ", ".join(f"'{field}', t.{field}" for field in ("assignee_ids", "label_ids"))
CARD = f"""'id', t.id, 'number', t.number, 'version', t.version, 'title', t.title, 'column_id', t.column_id,
    'position', t.position, 'priority', (ARRAY['none','low','medium','high','urgent'])[t.priority + 1], {_IDS},
    'start', {_WHEN.format("start")}, 'due', {_WHEN.format("due")}, 'estimate', t.estimate, 'parent_id', t.parent_id,
    'blocked_by_ids', t.blocked_by_ids, 'comment_count', t.comment_count, 'attachment_count', t.attachment_count,
    'archived_at', t.archived_at, 'trashed_at', t.trashed_at"""
_RELATED = ", ".join(f"'{field}_ids', t.{field}_ids" for field in (*RELATIONS, "watcher") if field != "blocked_by")
TASK = f"""{CARD}, 'description', t.description, {_RELATED}, 'recurrence', t.recurrence,
    'external_source', t.external_source, 'external_id', t.external_id, 'completed_at', t.completed_at,
    'custom', t.custom"""
EVENTS = """(SELECT coalesce(json_agg(json_build_object('kind', e.kind, 'subject_id', e.subject_id,
    'task_id', e.task_id, 'version', e.version, 'changes', e.changes) ORDER BY e.at DESC, e.revision DESC), '[]')
    FROM (SELECT * FROM event e WHERE {which} LIMIT {limit}) e)"""
COLUMNS = """(SELECT coalesce(json_object_agg(c.id, json_build_object('id', c.id, 'name', c.name,
    'category', c.category, 'wip_limit', c.wip_limit, 'position', c.position, 'version', c.version)), '{{}}')
    FROM board_column c WHERE c.project_id = ANY({projects}))"""
LABELS = """(SELECT coalesce(json_object_agg(l.id, json_build_object('id', l.id, 'name', l.name, 'color', l.color,
    'version', l.version)), '{}') FROM label l WHERE l.project_id = access.id)"""


def bounded(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events, unless there are too many of them. Raises Invalid."""
    if len(events) > EVENTS_LIMIT:
        detail = f"More than {EVENTS_LIMIT:,} changes lie between then and now. Ask for a later time."
        raise Invalid.at("/query/at", detail)
    return events
