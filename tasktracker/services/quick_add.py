"""Tasks from the lines of a text, in the language of quick add: one command, and one undo."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import ColumnFull, Invalid
from tasktracker.domain.permissions import Permission
from tasktracker.domain.quick_add import Chip, parse, split_lines
from tasktracker.domain.task_fields import clean_task_fields
from tasktracker.domain.text import clean_body, inside
from tasktracker.services.batch import OperationResult, outcome
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.dry_run import dry_run as rolled_back
from tasktracker.services.gathering import gathered
from tasktracker.services.queries.quick_add import WORDS, Words, words_in
from tasktracker.services.task_changes import add_task
from tasktracker.services.task_checks import resolved
from tasktracker.services.templates import fields_of_template

_WORDS = f"SELECT {WORDS.format(project='$1')}"
_ADD_UP = ("assignee_ids", "label_ids")
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
class Beside:
    """What holds for each line, in fields as people send them.

    `given` counts whatever the line says, but for people and labels, which add up; `usual` counts where the line says
    nothing, and the template where neither does.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    usual: Mapping[str, Any] = field(default_factory=dict)
    template_id: UUID | None = None

    def merged(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a task whose line says that."""
        fields = {**self.usual, **said, **self.given}
        for name in _ADD_UP:
            chosen = self.given.get(name, self.usual.get(name, []))
            if both := list(dict.fromkeys([*said.get(name, []), *chosen])):
                fields[name] = both
        return fields


NOTHING_BESIDE = Beside()


async def quick_add(
    actor: Actor, key: str, body: Any, *, dry_run: bool = False, beside: Beside = NOTHING_BESIDE
) -> QuickAddResult:
    """Make a task of each line; with `dry_run` see what is understood, and what would come of it.

    Only the project itself counts as one that a line may name: `#` and another key stay text. Raises NotFound,
    Forbidden, Invalid, ColumnFull.
    """
    return await add_lines(actor, key, _lines(body), dry_run=dry_run, beside=beside)


async def add_lines(
    actor: Actor, key: str, lines: Sequence[str], *, dry_run: bool = False, beside: Beside = NOTHING_BESIDE
) -> QuickAddResult:
    """As `quick_add`, for lines that were taken apart already."""
    if not lines:
        raise Invalid.at("/title", "A task needs a title.")
    async with rolled_back(wanted=dry_run), project_command(actor, key, Permission.EDIT_TASKS) as command:
        first, words = command.next_revision, await _words(command)
        base = await fields_of_template(command, beside.template_id) if beside.template_id else {}
        async with gathered(command):
            tasks = [await _make(command, words, line, beside, base) for line in lines]
    return QuickAddResult(None if dry_run else first, dry_run, tasks)


def _lines(body: Any) -> list[str]:
    with inside("/body"):
        lines = split_lines(clean_body(body, ""))
    if not lines:
        raise Invalid.at("/body", "Write at least one line.")
    return lines


async def _words(command: ProjectCommand) -> Words:
    account_id = command.actor.account_id
    [row] = await command.db.execute_query_dict(_WORDS, [command.project.id, account_id])
    return words_in(row, account_id, command.at, [command.project.key])


async def _make(command: ProjectCommand, words: Words, line: str, beside: Beside, base: Mapping[str, Any]) -> QuickTask:
    began = len(command.events)
    with _about(line):
        said = parse(line, words.context)
        sent = beside.merged(words.fields(said))
        task = await add_task(command, {**base, **await resolved(command, clean_task_fields(sent))})
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
