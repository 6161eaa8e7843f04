"""Reading rules."""

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import RuleView

_RULES = """(SELECT coalesce(json_agg(of_project), '[]') FROM (
    SELECT r.id, r.name, r.is_enabled, r.events, r.condition, r.actions, r.owner_id, r.error, r.version FROM rule r
    WHERE r.project_id = access.id ORDER BY lower(r.name), r.id) of_project)::text AS rules"""


async def list_rules(actor: Actor, key: str) -> list[RuleView]:
    """A project's rules, by name. Raises NotFound."""
    row = await read_in_project(actor, key, _RULES)
    return [RuleView(**each) for each in rows_of(row["rules"])]
