"""Reading the fields that a project gives its tasks."""

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import CustomFieldView

_FIELDS = """(SELECT coalesce(json_agg(f ORDER BY f.position), '[]') FROM (
    SELECT id, key, name, kind, options, position, version FROM custom_field WHERE project_id = access.id) f
    )::text AS items"""


async def list_custom_fields(actor: Actor, key: str) -> list[CustomFieldView]:
    """A project's custom fields in their order. Raises NotFound."""
    row = await read_in_project(actor, key, _FIELDS)
    return [CustomFieldView(**each) for each in rows_of(row["items"])]
