"""Reading what new tasks can start from."""

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import TemplateView

_TEMPLATES = """(SELECT coalesce(json_agg(x ORDER BY lower(x.name)), '[]') FROM (
    SELECT id, name, content, version FROM template WHERE project_id = access.id) x)::text AS items"""


async def list_templates(actor: Actor, key: str) -> list[TemplateView]:
    """A project's templates by name. Raises NotFound."""
    row = await read_in_project(actor, key, _TEMPLATES)
    return [TemplateView(**each) for each in rows_of(row["items"])]
