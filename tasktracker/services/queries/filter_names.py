"""What a filter may name: the people, labels, columns, projects and custom fields that there are for whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.filter_language.completion import Completion, complete
from tasktracker.services.access import VISIBLE, read_in_workspace, require_key

_NAMES = f"""(WITH seen AS MATERIALIZED ({VISIBLE}),
    scope AS MATERIALIZED (SELECT id FROM seen WHERE $4::text IS NULL OR key = $4),
    fields AS (SELECT key, jsonb_agg(option ORDER BY place) FILTER (WHERE option IS NOT NULL) AS options
        FROM (SELECT f.key, option, min(place) AS place FROM custom_field f
            LEFT JOIN jsonb_array_elements_text(f.options) WITH ORDINALITY AS options(option, place) ON true
            WHERE f.project_id IN (SELECT id FROM scope) GROUP BY f.key, option) each GROUP BY key)
    SELECT json_build_object(
    'people', (SELECT coalesce(json_agg(a.handle ORDER BY lower(a.name)), '[]')
        FROM membership m JOIN account a ON a.id = m.account_id AND a.is_active WHERE m.workspace_id = $1),
    'labels', (SELECT coalesce(json_agg(name ORDER BY lower(name)), '[]') FROM (
        SELECT DISTINCT name FROM label WHERE project_id IN (SELECT id FROM scope)) l),
    'columns', (SELECT coalesce(json_agg(name ORDER BY position), '[]') FROM (
        SELECT name, min(position) AS position FROM board_column
        WHERE project_id IN (SELECT id FROM scope) GROUP BY name) c),
    'projects', (SELECT coalesce(json_agg(key ORDER BY key), '[]') FROM seen),
    'custom_fields', (SELECT coalesce(json_object_agg(key, coalesce(options, '[]')), '{{}}') FROM fields))
    )::text AS names, $4 IS NULL OR EXISTS (SELECT FROM ({VISIBLE}) v WHERE v.key = $4) AS is_seen"""


@dataclass(frozen=True, slots=True)
class FilterNames:
    """Handles, names and keys; for each custom field by its key the options that it has."""

    people: Sequence[str]
    labels: Sequence[str]
    columns: Sequence[str]
    projects: Sequence[str]
    custom_fields: Mapping[str, Sequence[str]]


async def complete_filter(actor: Actor, text: str, cursor: int, key: str | None = None) -> Completion:
    """What could stand at the cursor of a filter that is being written, in a project or (None) for all of them.

    Raises NotSignedIn, NotFound.
    """
    names = await get_filter_names(actor, key)
    return complete(
        text,
        cursor,
        people=names.people,
        labels=names.labels,
        columns=names.columns,
        projects=names.projects,
        custom_fields=names.custom_fields,
    )


async def get_filter_names(actor: Actor, key: str | None) -> FilterNames:
    """The names in one project, or (None) in all that the asker sees. Raises NotSignedIn, NotFound."""
    if key is not None:
        require_key(key)
    row = await read_in_workspace(actor, _NAMES, key)
    if not row["is_seen"]:
        raise NotFound("project", key)
    return FilterNames(**orjson.loads(row["names"]))
