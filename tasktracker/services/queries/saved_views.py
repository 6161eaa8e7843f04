"""Reading the views that people have saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services.access import MEMBER, VISIBLE, read_in_project, read_in_workspace
from tasktracker.services.queries.rows import rows_of

SEEN = f"""
    SELECT s.*, p.key, p.is_private, p.project_role, member.workspace_role
    FROM ({MEMBER}) member
    JOIN saved_view s ON s.workspace_id = member.workspace_id
    LEFT JOIN ({VISIBLE}) p ON p.id = s.project_id
    WHERE (s.project_id IS NULL OR p.id IS NOT NULL)
      AND (s.owner_id = member.account_id
           OR (s.is_shared AND (s.project_id IS NOT NULL OR member.workspace_role <> 'guest')))
"""
"""The views that exist for the asker, with the roles that decide whether they may change them. $1 to $3: the asker.

A view of a project that somebody does not see (any more) does not exist for them, be it their own.
"""

_ITEMS = f"""(SELECT coalesce(json_agg(x ORDER BY lower(x.name), x.id), '[]') FROM (
    SELECT id, key AS project, owner_id, name, query, layout, is_shared,
        $2 = ANY(starred_by) AS is_starred, created_at, version
    FROM ({SEEN}) seen WHERE {{which}}) x)::text AS items"""
_ALL = _ITEMS.format(which="true")
_OF_PROJECT = _ITEMS.format(which="seen.project_id = access.id")
_ONE = _ITEMS.format(which="seen.id = $4")


@dataclass(frozen=True, slots=True)
class SavedViewView:
    """A saved view. `project` is a key, or None for a view of all projects; `version` is its ETag.

    `is_starred`: the asker has it at hand. `query` is in the filter language; `layout` has the members
    `view`, `group`, `sort`, `columns` and `compact`.
    """

    id: UUID
    project: str | None
    owner_id: UUID
    name: str
    query: str
    layout: dict[str, Any]
    is_shared: bool
    is_starred: bool
    created_at: datetime
    version: int


async def list_views(actor: Actor, key: str | None = None) -> list[SavedViewView]:
    """The asker's own views and those shared with them, by name; with `key` those of that project. Raises NotFound."""
    if key is None:
        row = await read_in_workspace(actor, _ALL)
    else:
        row = await read_in_project(actor, key, _OF_PROJECT)
    return [SavedViewView(**each) for each in rows_of(row["items"])]


async def get_view(actor: Actor, view_id: UUID) -> SavedViewView:
    """One view. Raises NotFound."""
    row = await read_in_workspace(actor, _ONE, view_id)
    found = rows_of(row["items"])
    if not found:
        raise NotFound("view", view_id)
    return SavedViewView(**found[0])
