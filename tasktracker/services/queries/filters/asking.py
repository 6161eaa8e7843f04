"""Asking the database with a filter: one statement, unless the filter is wrong or the asker's clock was not known."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tasktracker.domain.actor import Actor
from tasktracker.domain.filter_language.nodes import Node
from tasktracker.services.clock import now
from tasktracker.services.queries.filtering import compile_filter
from tasktracker.services.queries.filters.claims import refuse_unknown
from tasktracker.services.queries.filters.clocks import CLOCK, clock_of, learn
from tasktracker.services.queries.filters.condition import Condition, Context

Facts = list[Any]
Answer = TypeVar("Answer")
Statement = Callable[[Condition], Awaitable[tuple[Facts, Answer]]]
"""Asks with a condition; answers what it is for, and what it was told by `facts_of`."""


def facts_of(condition: Condition) -> str:
    """SQL that a statement selects beside what it is for: the asker's clock, and what is there of what is named."""
    return f"json_build_array({CLOCK if condition.is_dated else 'NULL'}, {condition.facts})"


async def ask(
    actor: Actor, key: str | None, node: Node | None, statement: Statement[Answer], *, first_parameter: int
) -> Answer:
    """What the statement answers for the filter, in the project with that key or (None) in all.

    Raises FilterProblem.
    """
    while True:
        clock = clock_of(actor.account_id)
        condition = compile_filter(node, Context(now(), clock.zone, clock.first_weekday, first_parameter))
        (clock_now, facts), answer = await statement(condition)
        if condition.is_dated and learn(actor.account_id, clock_now) != clock:
            continue
        await refuse_unknown(actor, key, condition, facts)
        return answer
