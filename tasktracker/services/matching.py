"""Whether a task is as a filter says, for whatever decides inside a command."""

from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.filter_language.parser import parse
from tasktracker.services.access import VISIBLE, asker
from tasktracker.services.command import ProjectCommand
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition

_SEEN = f"seen AS MATERIALIZED (SELECT id, key FROM ({VISIBLE}) v)"
_PARAMETERS = 5


async def matches(command: ProjectCommand, task_id: UUID, condition: str, actor: Actor) -> bool:
    """Whether the task of the command's project is as the filter says, by what the actor sees and when it is for them.

    Here a filter says no more than it says: a task in the archive or in the trash is not left out by itself. Raises
    FilterProblem, also for what the filter names and is not there any more.
    """

    async def statement(made: Condition) -> tuple[Facts, bool]:
        rows = await command.db.execute_query_dict(
            f"WITH {_SEEN}, scope AS (SELECT $4::uuid AS id) SELECT {facts_of(made)}::text AS facts, "
            f"EXISTS (SELECT FROM task t WHERE t.id = $5 AND t.project_id IN (SELECT id FROM scope) AND {made.sql}) "
            "AS is_so",
            [*asker(actor), command.project.id, task_id, *made.params],
        )
        return orjson.loads(rows[0]["facts"]), bool(rows[0]["is_so"])

    return await ask(actor, command.project.key, parse(condition), statement, first_parameter=_PARAMETERS + 1)
