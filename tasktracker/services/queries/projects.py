"""Reading projects, what is in them, and the people of the workspace."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.models.database import connection
from tasktracker.services.access import VISIBLE, asker, project_role, read_in_project, read_in_workspace
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import AccountView, ColumnView, LabelView, ProjectView

_OPEN_TASKS = """(SELECT coalesce(sum(c.task_count), 0) FROM board_column c
    WHERE c.project_id = {project}.id AND c.category NOT IN ('done', 'cancelled')) AS open_tasks"""
"""The database counts the tasks of each column by itself."""
_LIST = f"""
    SELECT v.*, {_OPEN_TASKS.format(project="v")} FROM ({VISIBLE}) v
    WHERE $4 OR v.archived_at IS NULL ORDER BY lower(v.name), v.key
"""
_ONE = f"""access.name, access.description, access.color, access.created_at, access.archived_at, access.version,
    access.requires_version,
    {_OPEN_TASKS.format(project="access")}"""
_COLUMNS = """(SELECT coalesce(json_agg(c ORDER BY c.position), '[]') FROM (
    SELECT id, name, category, wip_limit, position, version FROM board_column WHERE project_id = access.id) c
    )::text AS items"""
_LABELS = """(SELECT coalesce(json_agg(l ORDER BY lower(l.name)), '[]') FROM (
    SELECT id, name, color, version FROM label WHERE project_id = access.id) l)::text AS items"""
_PEOPLE = """(SELECT coalesce(json_agg(a ORDER BY lower(a.name)), '[]') FROM (
    SELECT a.id, a.handle, a.name, a.email, m.role FROM membership m JOIN account a ON a.id = m.account_id
    WHERE m.workspace_id = member.workspace_id AND a.is_active) a)::text AS items,
    (SELECT w.name FROM workspace w WHERE w.id = member.workspace_id) AS workspace"""


async def list_projects(actor: Actor, *, archived: bool = False) -> list[ProjectView]:
    """The projects that exist for the asker, by name; archived ones only if wanted."""
    rows = await connection().execute_query_dict(_LIST, [*asker(actor), archived])
    return [_project(row) for row in rows]


async def get_project(actor: Actor, key: str) -> ProjectView:
    """One project. Raises NotFound."""
    return _project(await read_in_project(actor, key, _ONE))


async def list_columns(actor: Actor, key: str) -> list[ColumnView]:
    """A project's columns in their order. Raises NotFound."""
    row = await read_in_project(actor, key, _COLUMNS)
    return [ColumnView(**each) for each in rows_of(row["items"])]


async def list_labels(actor: Actor, key: str) -> list[LabelView]:
    """A project's labels by name. Raises NotFound."""
    row = await read_in_project(actor, key, _LABELS)
    return [LabelView(**each) for each in rows_of(row["items"])]


async def list_people(actor: Actor) -> list[AccountView]:
    """The active people of the workspace, by name. Guests see them too: they work together."""
    row = await read_in_workspace(actor, _PEOPLE)
    return [AccountView(**each) for each in rows_of(row["items"])]


def _project(row: Mapping[str, Any]) -> ProjectView:
    names = (
        "key",
        "name",
        "description",
        "color",
        "is_private",
        "requires_version",
        "open_tasks",
        "created_at",
        "archived_at",
        "version",
    )
    return ProjectView(role=project_role(row).value, **{name: row[name] for name in names})
