"""New tasks while they are described: what is understood of their lines, where they will be, what they start from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Refusal
from tasktracker.domain.quick_add import Chip, QuickAdd
from tasktracker.domain.recurrence import Recurrence
from tasktracker.domain.references import TaskRef
from tasktracker.services.queries.quick_add import lines_of, read_quick_add
from tasktracker.services.queries.shell import get_frame
from tasktracker.services.queries.templates import list_templates
from tasktracker.services.quick_add import Beside, add_lines
from tasktracker.services.views import TemplateView
from tasktracker.ui.language import number_text, t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.recurrence import recurrence_text
from tasktracker.ui.presenters.words import priority_name
from tasktracker.ui.refusals import refusal_text

FIELDS_OF_KINDS = {"priority": "priority", "column_id": "column", "due": "due"}
"""The fields beside the line that a chip may say otherwise, and the kind of that chip."""


@dataclass(frozen=True, slots=True)
class Made:
    """The tasks that were made, and the command that made them, by its revision."""

    refs: list[TaskRef]
    command: int | None


class CreateTaskPresenter:
    """Begins in the project of the page. A line that names another one takes it there, and back when it does not."""

    templates: dict[str, TemplateView]

    def __init__(self, home: ProjectPresenter) -> None:
        self.home = home
        self.key = home.key
        self.parent: TaskRef | None = None
        self.templates = {}
        self._frames: dict[str, dict[str, Any]] = {}
        self._turn = 0

    @property
    def frame(self) -> dict[str, Any]:
        """The columns, labels and people of the project at hand."""
        return self._frames.get(self.key, self.home.frame)

    @property
    def is_at_home(self) -> bool:
        return self.key == self.home.key

    def begin(self, parent: TaskRef | None) -> None:
        """Describe a new task in the project of the page; with a `parent`, a subtask of it."""
        self.key, self.parent = self.home.key, parent

    async def read(self, turn: int, text: str) -> dict[str, Any] | None:
        """What is understood of a text, as JSON for the browser; None if a newer question has come meanwhile."""
        self._turn = turn
        try:
            found = await read_quick_add(self.home.actor, self.home.key, text, others=self.parent is None)
            await self._go(found.project, turn)
        except Refusal as refusal:
            return {"lines": [], "problem": refusal_text(refusal)}
        if turn != self._turn:
            return None
        lines = zip(found.lines, found.said, strict=True)
        return {"lines": [self._line(line, said) for line, said in lines], "problem": ""}

    async def create(self, text: str, beside: Beside) -> Made:
        """Make the tasks that the text describes, in one command. Raises Forbidden, Invalid, ColumnFull.

        What was understood of it before does not matter: it may have been another text.
        """
        lines = lines_of(text)
        made = await add_lines(self.home.actor, self.key, lines, beside=beside)
        return Made([TaskRef.parse(task.ref) for task in made.tasks], made.command)

    async def settle(self, text: str) -> bool:
        """Be where the text says that its task belongs. False if that is another project than before."""
        before = self.key
        found = await read_quick_add(self.home.actor, self.home.key, text, others=self.parent is None)
        await self._go(found.project, self._turn)
        return self.key == before

    async def load_templates(self) -> None:
        """What tasks of the page's project can start from."""
        found = await list_templates(self.home.actor, self.home.key)
        self.templates = {str(each.id): each for each in found}

    def names(self) -> dict[str, Any]:
        """What markers may name here, as JSON for the browser."""
        frame = self.frame
        projects = [] if self.parent else self.home.shell.projects
        return {
            "people": [{"handle": each["handle"], "name": each["name"]} for each in frame["people"]],
            "labels": [{"name": each["name"], "color": each["color"]} for each in frame["labels"]],
            "columns": [{"name": each["name"], "category": each["category"]} for each in frame["columns"]],
            "projects": [{"key": each.key, "name": each.name, "color": each.color} for each in projects],
        }

    def column(self) -> str | None:
        """The column that new tasks are in, unless somebody says another."""
        columns = self.frame["columns"]
        usual = (column["id"] for column in columns if column["category"] == "unstarted")
        return next(usual, None) or next((column["id"] for column in columns), None)

    def choices(self, things: str) -> dict[str, str]:
        """Names by ids of the `columns`, `labels` or `people` here."""
        return {each["id"]: each["name"] for each in self.frame[things]}

    async def _go(self, key: str, turn: int) -> None:
        if key != self.home.key and key not in self._frames:
            self._frames[key] = await get_frame(self.home.actor, key)
        if turn == self._turn:
            self.key = key

    def _line(self, line: str, said: QuickAdd) -> dict[str, Any]:
        return {"text": line, "title": said.title, "chips": [self._chip(chip) for chip in said.chips]}

    def _chip(self, chip: Chip) -> dict[str, Any]:
        name, look = self._told(chip)
        place = {"kind": chip.kind, "text": chip.text, "start": chip.start, "end": chip.end, "rivals": chip.rivals}
        return {**place, "value": chip.value, "name": name, "look": look}

    def _told(self, chip: Chip) -> tuple[str, str]:
        """What a chip is called, and what its picture is made of; days are told by the browser."""
        value = chip.value
        match chip.kind:
            case "priority":
                told = priority_name(value), value
            case "assignee":
                told = (self.choices("people").get(value, chip.text),) * 2
            case "label" | "column":
                told = value, self._looks(chip.kind).get(value, "")
            case "project":
                told = self.frame["name"], self.frame["color"]
            case "estimate":
                told = t("Estimate {n}", n=number_text(value)), ""
            case "recurrence":
                told = recurrence_text(Recurrence.from_json(value)) if value else chip.text, ""
            case _:
                told = str(value), ""
        return told

    def _looks(self, kind: str) -> dict[str, str]:
        things, look = ("labels", "color") if kind == "label" else ("columns", "category")
        return {each["name"]: each[look] for each in self.frame[things]}


def beside(
    fields: Mapping[str, Any], preset: Mapping[str, Any], parent: TaskRef | None, template_id: str | None
) -> Beside:
    """The fields beside a line, as the service takes them: what was chosen by hand counts before what the line says."""
    given = {name: value for name, value in fields.items() if value != preset.get(name)}
    usual = {name: value for name, value in preset.items() if name not in given and name in fields}
    if parent:
        given["parent"] = str(parent)
    return Beside(given, usual, UUID(template_id) if template_id else None)


def overruled(fields: Mapping[str, Any], preset: Mapping[str, Any]) -> Iterator[str]:
    """The kinds of chips that do not count, since a field was chosen by hand."""
    return (kind for name, kind in FIELDS_OF_KINDS.items() if fields[name] != preset.get(name))
