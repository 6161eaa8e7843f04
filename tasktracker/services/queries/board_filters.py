"""Which tasks of a board a filter lets through: what a browser asks that has the board's cards already."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.parser import parse
from tasktracker.services.access import VISIBLE, read_in_project
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition

_SEEN = f"seen AS MATERIALIZED (SELECT id, key FROM ({VISIBLE}) v)"
_ON_BOARD = "t.project_id = access.id AND t.archived_at IS NULL AND t.trashed_at IS NULL"
_ASKED_ABOUT = "($5::int[] IS NULL OR t.number = ANY($5))"
_FIRST = 6
"""The number of the filter's first parameter."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The numbers of the tasks that a filter lets through, at that revision of the project, in ascending order."""

    revision: int
    numbers: list[int]


async def fitting_tasks(actor: Actor, key: str, query: str, numbers: Sequence[int] | None = None) -> Fitting:
    """The tasks on the board that the filter lets through: of those with these numbers, or (None) of all.

    Raises NotFound, FilterProblem.
    """

    async def statement(made: Condition) -> tuple[Facts, Fitting]:
        row = await read_in_project(actor, key, _select(made), asked, *made.params)
        found = orjson.loads(row["fitting"])
        return found["facts"], Fitting(found["revision"], found["numbers"])

    asked = None if numbers is None else list(numbers)
    try:
        return await ask(actor, key, parse(query), statement, first_parameter=_FIRST)
    except FilterProblem as problem:
        raise problem.at_pointer("/query/filter") from None


def _select(condition: Condition) -> str:
    return (
        f"(WITH {_SEEN}, scope AS MATERIALIZED (SELECT access.id, access.key) "
        f"SELECT json_build_object('facts', {facts_of(condition)}, 'revision', access.revision, 'numbers', "
        "(SELECT coalesce(json_agg(t.number ORDER BY t.number), '[]') FROM task t "
        f"WHERE {_ON_BOARD} AND {_ASKED_ABOUT} AND {condition.sql})))::text AS fitting"
    )
