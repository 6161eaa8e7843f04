"""How much hangs on the things of a project, so that whoever is about to delete one can be told."""

from dataclasses import dataclass
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.services.access import read_in_project

_TASKS = "task t WHERE t.project_id = access.id"
_USES = f"""json_build_object(
    'columns', (SELECT coalesce(json_object_agg(x.id, x.tasks), '{{}}') FROM (
        SELECT t.column_id AS id, count(*) AS tasks FROM {_TASKS} GROUP BY t.column_id) x),
    'labels', (SELECT coalesce(json_object_agg(x.id, x.tasks), '{{}}') FROM (
        SELECT label_id AS id, count(*) AS tasks FROM (
            SELECT unnest(t.label_ids) AS label_id FROM {_TASKS}) each GROUP BY label_id) x),
    'custom_fields', (SELECT coalesce(json_object_agg(x.key, x.tasks), '{{}}') FROM (
        SELECT key, count(*) AS tasks FROM (
            SELECT jsonb_object_keys(t.custom) AS key FROM {_TASKS}) each GROUP BY key) x))::text AS uses"""


@dataclass(frozen=True, slots=True)
class UsesView:
    """How many tasks there are, archived and trashed ones too, by column id, label id and custom field's key."""

    columns: dict[str, int]
    labels: dict[str, int]
    custom_fields: dict[str, int]


async def count_uses(actor: Actor, key: str) -> UsesView:
    """What of the project its tasks use. Reads all of them, for a page that few open. Raises NotFound."""
    uses: dict[str, Any] = orjson.loads((await read_in_project(actor, key, _USES))["uses"])
    return UsesView(**uses)
