"""Reading rules, and what they have done."""

from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.rule_chain import name_of
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.cursors import clean_limit
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import RuleRunView, RuleView

_RULES = """(SELECT coalesce(json_agg(of_project), '[]') FROM (
    SELECT r.id, r.name, r.is_enabled, r.events, r.condition, r.actions, r.owner_id, r.error, r.version FROM rule r
    WHERE r.project_id = access.id ORDER BY lower(r.name), r.id) of_project)::text AS rules"""

_ITS = """e.log_id = access.id AND e.request_id LIKE 'rule:%' AND right(e.request_id, 10) = $6::text
    AND e.changes @? '$[*].new'"""
"""An event that the rule made, and that still says what was changed. An index holds them by revision."""
_RUNS = f"""EXISTS (SELECT FROM rule r WHERE r.project_id = access.id AND r.id = $5::uuid) AS found, (
    WITH RECURSIVE done AS (
        (SELECT 1 AS place, e.revision AS last, coalesce(e.command, e.revision) AS command FROM event e
        WHERE {_ITS} ORDER BY e.revision DESC LIMIT 1)
        UNION ALL SELECT done.place + 1, before.* FROM done CROSS JOIN LATERAL (
            SELECT e.revision, coalesce(e.command, e.revision) FROM event e
            WHERE {_ITS} AND e.revision < done.command ORDER BY e.revision DESC LIMIT 1) before
        WHERE done.place < $7)
    SELECT coalesce(json_agg(run ORDER BY run.command DESC), '[]') FROM (
        SELECT done.command, whole.* FROM done CROSS JOIN LATERAL (
            SELECT min(e.at) AS at, access.key || '-' || max(t.number) AS task, max(t.title) AS title,
                json_agg(json_build_object(
                    'field', CASE WHEN e.kind = 'CommentAdded' THEN 'comment' ELSE change ->> 'field' END,
                    'old', change -> 'old', 'new', change -> 'new') ORDER BY e.revision) AS changes
            FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.changes) AS change
            LEFT JOIN LATERAL (
                SELECT t.number, t.title FROM task t WHERE t.id = e.task_id AND t.project_id = access.id OFFSET 0
            ) t ON true
            WHERE e.log_id = access.id AND e.revision BETWEEN done.command AND done.last AND change ? 'new') whole) run
    )::text AS runs"""
"""From the last run to the one before it, and so on: a command each, with all of its events. The planner takes them for
thousands; OFFSET 0 keeps it from reading all tasks for their titles."""


async def list_rules(actor: Actor, key: str) -> list[RuleView]:
    """A project's rules, by name. Raises NotFound."""
    row = await read_in_project(actor, key, _RULES)
    return [RuleView(**each) for each in rows_of(row["rules"])]


async def list_rule_runs(actor: Actor, key: str, rule_id: UUID, *, limit: int = 20) -> list[RuleRunView]:
    """What a rule did, the latest first. Raises NotFound, Invalid."""
    row = await read_in_project(actor, key, _RUNS, rule_id, name_of(rule_id), clean_limit(limit))
    if not row["found"]:
        raise NotFound("rule", rule_id)
    return [RuleRunView(**each) for each in rows_of(row["runs"])]
