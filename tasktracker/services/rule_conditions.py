"""Whether a task fits a rule: the rule's filter, asked as the rule's owner in the middle of a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import FilterProblem, Problem
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT
from tasktracker.domain.text import clean_body
from tasktracker.services.command import ProjectCommand
from tasktracker.services.matching import matches

POINTER = "/condition"
_NO_TASK = UUID(int=0)


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


@contextmanager
def _pointed_at() -> Iterator[None]:
    """Let a filter that is wrong be pointed at where a rule has it."""
    try:
        yield
    except FilterProblem as wrong:
        wrong.problems = tuple(Problem(POINTER, problem.detail) for problem in wrong.problems)
        raise
