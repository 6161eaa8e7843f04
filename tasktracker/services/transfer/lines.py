"""One thing to import, whatever the file: what it says, what became of it, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tasktracker.domain.errors import Invalid, Problem, Refusal

LINES_MAX = 10_000
"""In one import."""


@dataclass(eq=False)
class Line:
    """A task as a file describes it. `number` is its place in the file, from 1.

    `raw` holds JSON values by the names that files use: ids are never among them, but names of columns and labels,
    handles of people and references. `point` makes of a pointer into `raw` one into the file.
    """

    number: int
    raw: Mapping[str, Any]
    point: Callable[[str], str]
    problems: list[Problem] = field(default_factory=list)
    outcome: str = "error"
    ref: str | None = None

    def refuse(self, refusal: Refusal, pointer: str = "") -> None:
        """Note what is wrong, pointing into the file."""
        found = refusal.problems if isinstance(refusal, Invalid) else [Problem(pointer, str(refusal))]
        self.problems += [Problem(self.point(_in_file(each.pointer)), each.detail) for each in found]


_CALLED = {"column_id": "column", "label_ids": "labels", "assignee_ids": "assignees", "watcher_ids": "watchers"}


def _in_file(pointer: str) -> str:
    """A pointer by the names that files use."""
    _, _, steps = pointer.partition("/")
    first, slash, rest = steps.partition("/")
    return f"/{_CALLED.get(first, first)}{slash}{rest}" if pointer else ""


@dataclass(frozen=True, slots=True)
class LineReport:
    """What became of a line: `outcome` is create, update, unchanged or error."""

    line: int
    outcome: str
    ref: str | None
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class TableReport:
    """How a CSV file was understood: `mapping` tells which of its columns became which field."""

    encoding: str
    delimiter: str
    has_header: bool
    mapping: Mapping[str, str]
    ignored: Sequence[str]
    date_format: str | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import, or would. `imported` is false for a dry run, and where a wrong line kept all of it out.

    `command` is the revision of its first event, by which all of it can be undone. `added` names what the project got
    besides tasks; `left_out` what the file names and is not here: people, relations.
    """

    format: str
    imported: bool
    dry_run: bool
    command: int | None
    counts: Mapping[str, int]
    added: Mapping[str, Sequence[str]]
    left_out: Mapping[str, Sequence[str]]
    table: TableReport | None
    lines: Sequence[LineReport]
