"""Asking the database with a filter: one statement, unless the filter is wrong or the asker's clock was not known."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.filter_language.nodes import Node
from tasktracker.services.clock import now
from tasktracker.services.queries.filtering import compile_filter
from tasktracker.services.queries.filters.claims import refuse_unknown
from tasktracker.services.queries.filters.clocks import CLOCK, clock_of, learn
from tasktracker.services.queries.filters.condition import Condition, Context

Statement = Callable[[Condition], Awaitable[Mapping[str, Any]]]
"""Asks with a condition; the row that it answers has `facts`, by `facts_of`."""


def facts_of(condition: Condition) -> str:
    """SQL that a statement selects beside what it is for: the asker's clock, and what is there of what is named."""
    return f"json_build_array({CLOCK if condition.is_dated else 'NULL'}, {condition.facts})::text AS facts"


async def ask(
    actor: Actor, key: str | None, node: Node | None, statement: Statement, *, first_parameter: int
) -> Mapping[str, Any]:
    """The row that the statement answers for the filter, in the project with that key or (None) in all.

    Raises FilterProblem.
    """
    while True:
        clock = clock_of(actor.account_id)
        condition = compile_filter(node, Context(now(), clock.zone, clock.first_weekday, first_parameter))
        row = await statement(condition)
        clock_now, facts = orjson.loads(row["facts"])
        if condition.is_dated and learn(actor.account_id, clock_now) != clock:
            continue
        await refuse_unknown(actor, key, condition, facts)
        return row
