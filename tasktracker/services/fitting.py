"""Fields that were fine once, or elsewhere: what a project still takes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tasktracker.domain.errors import Invalid, Problem
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.placing import column_of
from tasktracker.services.task_checks import resolved


async def fitting(
    command: ProjectCommand, clean: Mapping[str, Any], task: Task | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The clean fields as the log's, without what the project does not take: a deleted label, somebody who left.

    The problems tell what was left out, and why.
    """
    fields = dict(clean)
    left_out: list[Problem] = []
    while True:
        try:
            if "column_id" in fields:
                await column_of(command, fields["column_id"])
            return await resolved(command, fields, task), left_out
        except Invalid as refusal:
            fewer = _without(fields, refusal.problems)
            if fewer == fields:
                raise
            fields = fewer
            left_out += refusal.problems


def _without(fields: Mapping[str, Any], problems: Sequence[Problem]) -> dict[str, Any]:
    """The fields without the values that are pointed at: a whole field, or one of its values."""
    fewer = dict(fields)
    for field in {steps[0] for steps in map(_steps, problems)} & fewer.keys():
        inner = {steps[1] for steps in map(_steps, problems) if steps[0] == field and len(steps) > 1}
        if not inner:
            del fewer[field]
        elif isinstance(fewer[field], Mapping):
            fewer[field] = {key: value for key, value in fewer[field].items() if key not in inner}
        else:
            fewer[field] = [value for index, value in enumerate(fewer[field]) if str(index) not in inner]
    return fewer


def _steps(problem: Problem) -> list[str]:
    """The names and places in a pointer (RFC 6901)."""
    return [step.replace("~1", "/").replace("~0", "~") for step in problem.pointer.split("/")[1:]]
