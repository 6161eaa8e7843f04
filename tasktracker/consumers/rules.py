"""Lets the rules of each project answer what happens in it: every event once, in its order.

What a rule does and that its event was answered commit together, with the cursor of the log. All that a rule does to a
task is one command. If anything of it is refused, nothing of it is done, the rule notes why, and the next one goes on.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from loguru import logger
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers.reader import Row
from tasktracker.domain.errors import Refusal
from tasktracker.domain.rule_chain import may_answer
from tasktracker.domain.rules import starts
from tasktracker.models import Rule
from tasktracker.services.availability import is_unavailable
from tasktracker.services.rule_firing import fire_rule, note_error

AT_ONCE = 20
"""Answers in one step: the project is locked until all of them are committed."""

_UNDOS = """
    SELECT DISTINCT coalesce(command, revision) AS command FROM event
    WHERE log_id = $1 AND kind = 'CommandUndone' AND coalesce(command, revision) = ANY($2::bigint[])
"""


class Rules:
    """Answers events by rules."""

    name = "rules"

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> int | None:
        """Returns where it stopped, if that is before the end."""
        open_ones = Rule.filter(project_id=log_id, is_enabled=True, project__archived_at=None)
        rules = await open_ones.using_db(db).order_by("name")
        candidates = [(event, found) for event in events if (found := _answering(event, rules))]
        undos = await _undos(db, log_id, [event for event, _ in candidates])
        answered = 0
        for event, found in candidates:
            if _command(event) in undos:
                continue
            for rule in found:
                await _answer(rule, event)
            answered += len(found)
            if answered >= AT_ONCE:
                return int(event["revision"])
        return None


def _answering(event: Row, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that wait for such an event, and may answer this one."""
    if event["task_id"] is None:
        return []
    changes = [change for change in json.loads(event["changes"]) if "redacted" not in change]
    return [
        rule
        for rule in rules
        if event["revision"] > rule.since
        and may_answer(rule.id, event["request_id"])
        and starts(rule.events, event["kind"], changes)
    ]


async def _undos(db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> set[int]:
    """Those commands of the events that took something back: who undoes what a rule did does not want it again."""
    commands = list({_command(event) for event in events})
    rows = await db.execute_query_dict(_UNDOS, [log_id, commands]) if commands else []
    return {row["command"] for row in rows}


def _command(event: Row) -> int:
    return int(event["command"] or event["revision"])


async def _answer(rule: Rule, event: Row) -> None:
    try:
        if await fire_rule(rule, event["task_id"], event["request_id"]):
            await note_error(rule, None)
    except Refusal as refusal:
        await note_error(rule, str(refusal))
    except Exception as error:
        if is_unavailable(error):
            raise
        logger.exception("the rule {} could not answer revision {} of {}", rule.id, event["revision"], event["log_id"])
        await note_error(rule, "Something is wrong in the program; its log says what.")
