"""Whether a task fits a rule: the rule's filter, asked as the rule's owner in the middle of a command."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.errors import FilterProblem, Problem
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT, parse
from tasktracker.domain.text import clean_body
from tasktracker.models import Task
from tasktracker.services.access import VISIBLE, asker
from tasktracker.services.command import ProjectCommand
from tasktracker.services.matching import matches
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition
from tasktracker.services.queries.lists.piles import on
from tasktracker.services.queries.lists.shelves import split

POINTER = "/condition"
_NO_TASK = UUID(int=0)
_FITTING = f"""
    WITH seen AS MATERIALIZED (SELECT id, key FROM ({VISIBLE}) v), scope AS (SELECT $4::uuid AS id),
    fitting AS (SELECT t.id, t.number FROM task t WHERE t.project_id = (SELECT id FROM scope)
        AND t.trashed_at IS NULL AND {{condition}})
    SELECT {{facts}}::text AS facts, (SELECT count(*) FROM fitting) AS total,
        ARRAY(SELECT fitting.id FROM fitting ORDER BY fitting.number LIMIT $5) AS first_ids
"""


def clean_condition(value: Any, pointer: str) -> str:
    """The text of a filter; what it says is asked of the project that it is for."""
    return clean_body(value, pointer, limit=LENGTH_LIMIT).strip()


async def require_meaning(command: ProjectCommand, condition: str) -> None:
    """Refuse a filter that cannot be read, or names what is not there. Raises FilterProblem."""
    with _pointed_at():
        await fits(command, _NO_TASK, condition)


async def fits(command: ProjectCommand, task_id: UUID, condition: str) -> bool:
    """Whether the task is as the filter says, by what the command's actor sees. Raises FilterProblem."""
    return await matches(command, task_id, condition, command.actor)


async def fitting(command: ProjectCommand, condition: str, limit: int) -> tuple[int, list[Task]]:
    """How many tasks of the project are as the filter says, and the first of them by number. Raises FilterProblem.

    The trash is left out, and so is the archive, unless the filter asks for it.
    """
    shelves, rest = split(parse(condition), None)

    async def statement(made: Condition) -> tuple[Facts, Mapping[str, Any]]:
        query = _FITTING.format(condition=f"{on(shelves)} AND {made.sql}", facts=facts_of(made))
        values = [*asker(command.actor), command.project.id, limit, *made.params]
        row = (await command.db.execute_query_dict(query, values))[0]
        return orjson.loads(row["facts"]), row

    row = await ask(command.actor, command.project.key, rest, statement, first_parameter=6)
    tasks = Task.filter(id__in=row["first_ids"]).using_db(command.db)
    return row["total"], await tasks.order_by("number")


@contextmanager
def _pointed_at() -> Iterator[None]:
    """Let a filter that is wrong be pointed at where a rule has it."""
    try:
        yield
    except FilterProblem as wrong:
        wrong.problems = tuple(Problem(POINTER, problem.detail) for problem in wrong.problems)
        raise
