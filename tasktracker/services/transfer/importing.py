"""Importing a file into a project: a CSV of tasks, or our own JSON of a whole project. One command, one undo.

A task is known again by where it came from, so that the same file imported twice changes nothing. If anything is wrong
with any line, nothing is imported, unless the wrong lines are to be left out.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.domain.ordering import positions_after
from tasktracker.domain.permissions import Permission
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.dry_run import dry_run
from tasktracker.services.gathering import gathered
from tasktracker.services.task_checks import resolved
from tasktracker.services.transfer import structure
from tasktracker.services.transfer.csv_lines import CustomColumn, TableOptions, read_csv
from tasktracker.services.transfer.drafts import Draft, draft_of
from tasktracker.services.transfer.json_document import Document, read_document
from tasktracker.services.transfer.lines import ImportReport, Line, LineReport, TableReport
from tasktracker.services.transfer.names import Names
from tasktracker.services.transfer.planning import in_order, match
from tasktracker.services.transfer.relating import relate
from tasktracker.services.transfer.writing import Writer
from tasktracker.services.tree import Tree

FORMATS = ("csv", "json")
_TURN = 100
"""Lines after which others get their turn."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: `skip_errors` leaves wrong lines out instead of refusing all; `table` is about CSV only."""

    format: Literal["csv", "json"]
    dry_run: bool = False
    skip_errors: bool = False
    table: TableOptions = field(default_factory=TableOptions)


async def import_project(actor: Actor, key: str, content: bytes | str, options: ImportOptions) -> ImportReport:
    """Import the file into the project, and report line by line. JSON needs the right to manage the project.

    Raises NotFound, Forbidden, Invalid (the file cannot be read at all), Clash.
    """
    if options.format not in FORMATS:
        raise Invalid.at("/format", f"This must be one of: {', '.join(FORMATS)}.")
    document = await asyncio.to_thread(read_document, content) if options.format == "json" else None
    permission = Permission.MANAGE_PROJECT if document else Permission.EDIT_TASKS
    async with dry_run(wanted=options.dry_run) as trial, project_command(actor, key, permission) as command:
        work = _Import(command)
        await (work.take_document(document) if document else work.take_table(content, options.table))
        is_wrong = any(line.problems for line in work.lines)
        trial.is_dry = options.dry_run or (is_wrong and not options.skip_errors)
        first = command.project.revision + 1
        is_kept = not trial.is_dry
        return ImportReport(
            format=options.format,
            imported=is_kept,
            dry_run=options.dry_run,
            command=first if is_kept and command.events else None,
            counts=work.counts(),
            added=work.added,
            left_out=work.left_out,
            table=work.table,
            lines=[LineReport(line.number, line.outcome, line.ref, line.problems) for line in work.lines],
        )


class _Import:
    """An import under way."""

    def __init__(self, command: ProjectCommand) -> None:
        self._command = command
        self.lines: Sequence[Line] = []
        self.table: TableReport | None = None
        self.added: dict[str, list[str]] = {}
        self.left_out: dict[str, list[str]] = {}

    async def take_table(self, content: bytes | str, options: TableOptions) -> None:
        """Import a CSV file."""
        names = Names(self._command, is_lenient=False)
        await names.read()
        custom = {key: CustomColumn(each.name, each.kind) for key, each in names.custom.items()}
        self.lines, self.table = await asyncio.to_thread(read_csv, content, options, custom)
        await self._take_lines(names, is_own=True)

    async def take_document(self, document: Document) -> None:
        """Import a whole project."""
        command = self._command
        is_empty = command.project.next_number == 1
        self.added |= await structure.arrange(command, document, is_empty=is_empty)
        names = Names(command, is_lenient=True)
        await names.read()
        self.added["templates"] = await structure.add_templates(command, document, names)
        self.lines = document.lines
        is_own = document.project.get("id") == str(command.project.id)
        await self._take_lines(names, is_own=is_own, in_places=is_empty)
        if is_empty:
            await structure.clear_away(command, document)
        self.left_out["people"] = sorted(names.strangers)

    async def _take_lines(self, names: Names, *, is_own: bool, in_places: bool = False) -> None:
        command = self._command
        drafts = [draft async for draft in self._drafts(names)]
        await match(command, drafts, is_own=is_own)
        ordered = in_order(drafts)
        if in_places:
            _place(ordered)
        writer = Writer(command, names, await Tree.of(command.db, command.project.id), is_own=is_own)
        async with gathered(command, [draft.number for draft in drafts if draft.number]):
            await writer.write(ordered)
            self.left_out["relations"] = await relate(command, ordered, is_own=is_own)
        self.added["labels"] = [*self.added.get("labels", []), *writer.added_labels]

    async def _drafts(self, names: Names) -> Any:
        for number, line in enumerate(self.lines):
            draft = draft_of(line, names)
            await self._check_custom(draft)
            yield draft
            if number % _TURN == 0:
                await asyncio.sleep(0)

    async def _check_custom(self, draft: Draft) -> None:
        """What the project's custom fields say about the values."""
        custom = draft.fields.pop("custom", None)
        if custom:
            try:
                draft.fields |= await resolved(self._command, {"custom": custom})
            except Invalid as refusal:
                draft.line.refuse(refusal)

    def counts(self) -> dict[str, int]:
        """How many lines there are of each outcome."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found[outcome] for outcome in ("create", "update", "unchanged", "error")}


def _place(drafts: Iterable[Draft]) -> None:
    """Give each a position in its column, in the order of those that the file tells."""
    columns: dict[str, list[Draft]] = {}
    for draft in drafts:
        if column_id := draft.fields.get("column_id"):
            columns.setdefault(column_id, []).append(draft)
    for inside in columns.values():
        inside.sort(key=_told_position)
        for draft, position in zip(inside, positions_after(None, len(inside)), strict=True):
            draft.position = position


def _told_position(draft: Draft) -> str:
    position = draft.line.raw.get("position")
    return position if isinstance(position, str) else ""
