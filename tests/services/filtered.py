"""Which tasks a filter lets through, asked of the database with nothing but its condition."""

from collections.abc import Mapping
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.filter_language.parser import parse
from tasktracker.models.database import connection
from tasktracker.services.access import VISIBLE, asker
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition


async def refs_of(actor: Actor, key: str | None, text: str) -> set[str]:
    """The references of the tasks that fit, those in the archive and in the trash too."""

    async def statement(made: Condition) -> tuple[Facts, Mapping[str, Any]]:
        rows = await connection().execute_query_dict(
            f"WITH seen AS MATERIALIZED (SELECT id, key FROM ({VISIBLE}) v), "  # noqa: S608 -- of constants
            f"scope AS MATERIALIZED (SELECT id FROM seen WHERE $4::text IS NULL OR key = $4) "
            f"SELECT {facts_of(made)}::text AS facts, ARRAY(SELECT seen.key || '-' || t.number FROM task t JOIN seen "
            f"ON seen.id = t.project_id AND seen.id IN (SELECT id FROM scope) WHERE {made.sql}) AS refs, "
            f"(SELECT count(*) FROM task t JOIN scope ON scope.id = t.project_id WHERE ({made.sql}) IS NULL) AS open",
            [*asker(actor), key, *made.params],
        )
        return orjson.loads(rows[0]["facts"]), rows[0]

    row = await ask(actor, key, parse(text), statement, first_parameter=5)
    assert row["open"] == 0, f"{text} is neither true nor false of {row['open']} tasks"
    return set(row["refs"])
