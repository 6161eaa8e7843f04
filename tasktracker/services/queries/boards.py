"""The board: everything a page of one project shows, as JSON made by PostgreSQL.

The same card stands in the board's answer and in the patches that keep it up to date.
"""

from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.models.database import connection
from tasktracker.services.access import READERS, read_in_project

CARD = """json_build_object(
    'number', t.number, 'title', t.title, 'column_id', t.column_id, 'position', t.position,
    'priority', (ARRAY['none','low','medium','high','urgent'])[t.priority + 1],
    'assignee_ids', t.assignee_ids, 'label_ids', t.label_ids,
    'start', coalesce(to_char(t.start_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.start_on::text),
    'due', coalesce(to_char(t.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.due_on::text),
    'estimate', t.estimate, 'parent', CASE WHEN t.parent_id IS NOT NULL THEN (
        SELECT o.number FROM task o WHERE o.id = t.parent_id AND o.project_id = t.project_id) END,
    'blocked_by', CASE WHEN t.blocked_by_ids = '{}' THEN '[]' ELSE (SELECT coalesce(json_agg(o.number
        ORDER BY o.number), '[]') FROM task o WHERE o.id = ANY(t.blocked_by_ids) AND o.project_id = t.project_id) END,
    'comment_count', t.comment_count, 'version', t.version)"""
"""A task as a board or list draws it (no description). Of its relations, those to tasks of the same project."""

PEOPLE = f"""(SELECT coalesce(json_agg(json_build_object(
    'id', a.id, 'name', a.name, 'handle', a.handle) ORDER BY lower(a.name)), '[]')
    FROM ({READERS}) reader JOIN account a ON a.id = reader.account_id WHERE reader.project_id = p.id)"""
"""Who can see project `p`."""

FRAME = f"""json_build_object(
    'key', p.key, 'name', p.name, 'color', p.color, 'archived', p.archived_at IS NOT NULL,
    'columns', (SELECT coalesce(json_agg(json_build_object(
        'id', c.id, 'name', c.name, 'category', c.category, 'wip_limit', c.wip_limit) ORDER BY c.position), '[]')
        FROM board_column c WHERE c.project_id = p.id),
    'labels', (SELECT coalesce(json_agg(json_build_object(
        'id', l.id, 'name', l.name, 'color', l.color) ORDER BY lower(l.name)), '[]')
        FROM label l WHERE l.project_id = p.id),
    'people', {PEOPLE})"""
"""What surrounds the cards: the columns, labels and people of project `p`."""

_BOARD = f"""(SELECT json_build_object(
    'revision', p.revision, 'project', {FRAME},
    'cards', (SELECT coalesce(json_agg({CARD} ORDER BY t.column_id, t.position), '[]') FROM task t
        WHERE t.project_id = p.id AND t.archived_at IS NULL AND t.trashed_at IS NULL))::text
    FROM project p WHERE p.id = access.id) AS board, access.id AS project_id"""

_PATCH = f"""
    WITH changed AS (
        SELECT DISTINCT e.task_id FROM event e WHERE e.log_id = $1 AND e.revision > $2 AND e.task_id IS NOT NULL)
    SELECT json_build_object(
        'since', $2::bigint, 'revision', p.revision,
        'cards', (SELECT coalesce(json_agg({CARD}), '[]') FROM changed JOIN task t ON t.id = changed.task_id
            WHERE t.project_id = $1 AND t.archived_at IS NULL AND t.trashed_at IS NULL),
        'gone', (SELECT coalesce(json_agg(gone.number), '[]') FROM (
            SELECT t.number FROM changed JOIN task t ON t.id = changed.task_id
                WHERE t.project_id = $1 AND (t.archived_at IS NOT NULL OR t.trashed_at IS NOT NULL)
            UNION SELECT a.number FROM changed JOIN task_alias a ON a.task_id = changed.task_id AND a.project_id = $1
            ) gone),
        'project', CASE WHEN EXISTS (
            SELECT FROM event e WHERE e.log_id = $1 AND e.revision > $2 AND e.task_id IS NULL) THEN {FRAME} END
        )::text AS patch
    FROM project p WHERE p.id = $1
"""

_REVISIONS = "SELECT id, revision FROM project WHERE id = ANY($1::uuid[])"


async def board_json(actor: Actor, key: str) -> bytes:
    """`{revision, project: {key, name, columns, labels, people}, cards}`, encoded. Raises NotFound."""
    row = await read_in_project(actor, key, _BOARD)
    return str(row["board"]).encode()


async def project_patch(project_id: UUID, since: int) -> dict[str, object]:
    """What changed after revision `since`: `{since, revision, cards, gone, project}`.

    `gone` holds the numbers of tasks that left the board; `project` is None unless something around the cards
    changed. For pages that have proved that they may see the project.
    """
    rows = await connection().execute_query_dict(_PATCH, [project_id, since])
    patch: dict[str, object] = orjson.loads(rows[0]["patch"])
    return patch


async def revisions_of(project_ids: list[UUID]) -> dict[UUID, int]:
    """The current revision of each project."""
    rows = await connection().execute_query_dict(_REVISIONS, [project_ids])
    return {row["id"]: row["revision"] for row in rows}
