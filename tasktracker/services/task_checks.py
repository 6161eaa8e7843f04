"""Whether the people and labels that a task is to name exist in its project."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.errors import Problem
from tasktracker.domain.text import gather
from tasktracker.services.command import ProjectCommand

_UNKNOWN = """
    SELECT 'assignee_ids' AS field, wanted.id FROM unnest($2::uuid[]) AS wanted(id)
    WHERE NOT EXISTS (
        SELECT FROM membership m JOIN account a ON a.id = m.account_id AND a.is_active
        LEFT JOIN project_membership pm ON pm.project_id = $1 AND pm.account_id = m.account_id
        WHERE m.workspace_id = $4 AND m.account_id = wanted.id
          AND (pm.role IS NOT NULL OR (NOT $5 AND m.role <> 'guest')))
    UNION ALL
    SELECT 'label_ids', wanted.id FROM unnest($3::uuid[]) AS wanted(id)
    WHERE NOT EXISTS (SELECT FROM label l WHERE l.project_id = $1 AND l.id = wanted.id)
"""
_MEANING = {
    "assignee_ids": "Nobody with this id can see the project; invite them first, or leave them out.",
    "label_ids": "This project has no label with this id; it may have been deleted.",
}


async def require_known(command: ProjectCommand, fields: Mapping[str, Any]) -> None:
    """Raise `Invalid` pointing at every id among `assignee_ids` and `label_ids` that the project does not know."""
    people, labels = fields.get("assignee_ids", []), fields.get("label_ids", [])
    if not people and not labels:
        return
    project = command.project
    rows = await command.db.execute_query_dict(
        _UNKNOWN, [project.id, people, labels, command.actor.workspace_id, project.is_private]
    )
    gather(
        [
            Problem(f"/{row['field']}/{fields[row['field']].index(str(row['id']))}", _MEANING[row["field"]])
            for row in rows
        ]
    )
