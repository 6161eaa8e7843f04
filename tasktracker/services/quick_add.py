"""Tasks from the lines of a text, in the language of quick add: one command, and one undo."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import ColumnFull, Invalid
from tasktracker.domain.permissions import Permission
from tasktracker.domain.quick_add import Chip, Context, QuickAdd, parse, split_lines
from tasktracker.domain.task_fields import clean_task_fields
from tasktracker.domain.text import clean_body, inside
from tasktracker.services.access import READERS
from tasktracker.services.batch import OperationResult, outcome
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.dry_run import dry_run as rolled_back
from tasktracker.services.gathering import gathered
from tasktracker.services.queries.dates import context_of
from tasktracker.services.queries.filters.clocks import CLOCK
from tasktracker.services.task_changes import add_task
from tasktracker.services.task_checks import resolved

_WORDS = f"""
    SELECT {CLOCK}::text AS clock,
        (SELECT coalesce(json_agg(json_build_array(p.handle, p.id, p.name)), '[]') FROM ({READERS}) reader
            JOIN account p ON p.id = reader.account_id WHERE reader.project_id = $1)::text AS people,
        (SELECT coalesce(json_object_agg(l.name, l.id), '{{}}') FROM label l WHERE l.project_id = $1)::text AS labels,
        (SELECT coalesce(json_object_agg(c.name, c.id), '{{}}') FROM board_column c WHERE c.project_id = $1)::text
            AS columns
"""
_SHOWN = 40
"""Characters of a line, to say which one is meant."""


@dataclass(frozen=True, slots=True)
class QuickTask(OperationResult):
    """A line as it was read, with what was understood of it (`chips`), and the task that it became."""

    text: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class QuickAddResult:
    """`command` is the revision of the first event, by which the whole can be undone; None for a dry run."""

    command: int | None
    dry_run: bool
    tasks: list[QuickTask]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the markers may name in the project, and the ids of labels and columns by their names."""

    context: Context
    labels: Mapping[str, str]
    columns: Mapping[str, str]

    def fields(self, said: QuickAdd) -> dict[str, Any]:
        """The fields of a task, as people send them."""
        fields = {
            "priority": said.priority,
            "assignee_ids": list(said.assignee_ids),
            "label_ids": [self.labels[name] for name in said.labels],
            "column_id": said.column and self.columns[said.column],
            "start": said.start,
            "due": said.due,
            "estimate": said.estimate,
            "recurrence": said.recurrence,
        }
        return {"title": said.title} | {name: value for name, value in fields.items() if value not in (None, [])}


async def quick_add(actor: Actor, key: str, body: Any, *, dry_run: bool = False) -> QuickAddResult:
    """Make a task of each line; with `dry_run` see what is understood, and what would come of it.

    Only the project itself counts as one that a line may name: `#` and another key stay text. Raises NotFound,
    Forbidden, Invalid, ColumnFull.
    """
    lines = _lines(body)
    async with rolled_back(wanted=dry_run), project_command(actor, key, Permission.EDIT_TASKS) as command:
        first, words = command.next_revision, await _words(command)
        async with gathered(command):
            tasks = [await _make(command, words, line) for line in lines]
    return QuickAddResult(None if dry_run else first, dry_run, tasks)


def _lines(body: Any) -> list[str]:
    with inside("/body"):
        lines = split_lines(clean_body(body, ""))
    if not lines:
        raise Invalid.at("/body", "Write at least one line.")
    return lines


async def _words(command: ProjectCommand) -> _Words:
    values = [command.project.id, command.actor.account_id]
    [row] = await command.db.execute_query_dict(_WORDS, values)
    clock, people, labels, columns = (orjson.loads(row[name]) for name in ("clock", "people", "labels", "columns"))
    context = context_of(
        command.actor.account_id,
        clock,
        command.at,
        people={handle: account_id for handle, account_id, _ in people},
        names={handle: name for handle, _, name in people},
        projects=[command.project.key],
        labels=labels,
        columns=columns,
    )
    return _Words(context, labels, columns)


async def _make(command: ProjectCommand, words: _Words, line: str) -> QuickTask:
    began = len(command.events)
    with _about(line):
        said = parse(line, words.context)
        task = await add_task(command, await resolved(command, clean_task_fields(words.fields(said))))
    return QuickTask(**outcome(command, task, began), text=line, chips=list(said.chips))


@contextmanager
def _about(line: str) -> Iterator[None]:
    """Let whatever is refused in the block say of which line."""
    try:
        yield
    except Invalid as refusal:
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
        raise Invalid.at("/body", f"“{shown}”: {refusal}") from None
    except ColumnFull as refusal:
        refusal.pointer = "/body"
        raise
