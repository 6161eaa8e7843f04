"""Time travel: the steps of a task's or a project's life in words, and a task as it was at one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.moments import MomentView, find_moment
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.rendering import render
from tasktracker.services.views import EventView, TaskView
from tasktracker.ui.formats import day_text, list_text, moment_text
from tasktracker.ui.language import number_text, t
from tasktracker.ui.presenters.deeds import deed_in_words
from tasktracker.ui.presenters.history import Names
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.words import priority_name

PART = 100
"""Events read at a time."""
MOST = 1_000
"""Events of a task whose steps are offered, the newest."""

Step = dict[str, Any]
"""`{index, count, first, last, at, who, text}`: which of how many, the log's entries that it is, what it was."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A command of a task's life; `text` may be empty."""

    at: datetime
    who: str
    text: str


class TaskPast:
    """The life of the open task."""

    def __init__(self, project: ProjectPresenter, task: TaskPresenter) -> None:
        self.project, self.task = project, task
        self.deeds: list[Deed] = []
        self.index = 0
        self.then: TaskView = task.task
        self._names: dict[str, str] = {}
        self._html = ""

    async def open(self, at: datetime | None = None) -> None:
        """Read the steps, and how the task was at that moment; without one, before its last change. Raises NotFound."""
        fields = await list_custom_fields(self.project.actor, self.project.key)
        custom = {f"custom.{field.key}": field.name for field in fields}
        self._names = {**self.project.columns(), **self.project.labels(), **self.project.people(), **custom}
        self.deeds = _deeds(await self._events(), self._names)
        before = [place for place, deed in enumerate(self.deeds) if at is None or deed.at <= at]
        await self.go(before[-1] if at and before else max(0, len(self.deeds) - 2))

    async def go(self, index: int) -> None:
        """Read how the task was after that step. Raises NotFound."""
        self.index = max(0, min(index, len(self.deeds) - 1))
        self.then = await task_at(self.project.actor, self.task.ref, self.at)
        (self._html,) = await render(self.project.actor, [self.then.description])

    @property
    def at(self) -> datetime:
        """The moment that is shown."""
        return self.deeds[self.index].at

    def step(self) -> Step:
        """The step that is shown."""
        deed = self.deeds[self.index]
        return _step(self.index, len(self.deeds), self.index, self.index, deed)

    def picture(self) -> dict[str, Any]:
        """The task as it was, for the browser: `{title, html, fields}`, each field in words, with what it is now."""
        now = self.task.task
        fields = [self._field(name, label) for name, label in self._labels().items()]
        texts = [name for name in ("title", "description") if getattr(self.then, name) != getattr(now, name)]
        return {"title": self.then.title, "html": self._html, "fields": fields, "changed": texts}

    def value(self, field: str) -> dict[str, Any]:
        """What the API calls that field as it was then, to give it back."""
        if field.startswith("custom."):
            key = field.removeprefix("custom.")
            return {"custom": {key: self.then.custom.get(key)}}
        value = getattr(self.then, field)
        if isinstance(value, list):
            return {field: [str(each) for each in value]}
        return {field: value if value is None or isinstance(value, str | float) else _plain(value)}

    def can_restore(self, field: str) -> bool:
        """Whether that is a field which was another one then."""
        return field in {"title", "description", *self._labels()} and self.value(field) != self._value_now(field)

    def _value_now(self, field: str) -> dict[str, Any]:
        then, self.then = self.then, self.task.task
        try:
            return self.value(field)
        finally:
            self.then = then

    def _labels(self) -> dict[str, str]:
        custom = {name: label for name, label in self._names.items() if name.startswith("custom.")}
        return {
            "column_id": t("State"),
            "priority": t("Priority"),
            "assignee_ids": t("Assignees"),
            "label_ids": t("Labels"),
            "start": t("Start"),
            "due": t("Due date"),
            "estimate": t("Estimate"),
            "parent": t("Parent"),
            **custom,
        }

    def _field(self, name: str, label: str) -> dict[str, Any]:
        now = self._words(name, self.task.task) or t("None")
        then = self._words(name, self.then) or t("None")
        return {"name": name, "label": label, "then": then, "now": now, "changed": self.can_restore(name)}

    def _words(self, name: str, task: TaskView) -> str:
        value = task.custom.get(name.removeprefix("custom.")) if name.startswith("custom.") else getattr(task, name)
        if name == "column_id":
            return self._names.get(str(value), t("a deleted column"))
        if name == "priority":
            return priority_name(task.priority)
        return _in_words(value, self._names)

    async def _events(self) -> list[EventView]:
        """Oldest first."""
        page = await list_history(self.project.actor, self.task.ref, limit=PART)
        found = page.items
        while page.cursor and len(found) < MOST:
            page = await list_history(self.project.actor, self.task.ref, limit=PART, cursor=page.cursor)
            found += page.items
        return found[::-1]


class ProjectPast:
    """The life of the project: its revisions, of which those of one command are one step."""

    def __init__(self, project: ProjectPresenter) -> None:
        self.project = project
        self.moment: MomentView | None = None

    async def open(self, at: datetime | None = None) -> None:
        """Find the step at that moment; without one, the last one. Raises NotFound."""
        self.moment = await find_moment(self.project.actor, self.project.key, at=at)

    async def go(self, index: int) -> None:
        """Find the step that the slider is at. Raises NotFound."""
        self.moment = await find_moment(self.project.actor, self.project.key, revision=max(1, index + 1))

    def step(self) -> Step:
        """The step that is shown."""
        assert self.moment  # noqa: S101  it is asked for once it is open
        moment = self.moment
        names = {**self.project.columns(), **self.project.labels(), **self.project.people()}
        deed = Deed(moment.at, _person(moment.actor_id, names), _told(moment, names))
        return _step(moment.last - 1, moment.newest, moment.first - 1, moment.last - 1, deed)


def _step(index: int, count: int, first: int, last: int, deed: Deed) -> Step:
    who = deed.who if deed.text else ""
    what = {"at": deed.at.isoformat(), "who": who, "text": deed.text}
    return {"index": index, "count": count, "first": first, "last": last, **what}


def _deeds(events: list[EventView], names: Names) -> list[Deed]:
    """One for each command; what it did to the task is told in one line."""
    found = []
    for _, group in groupby(events, key=lambda event: (event.project, event.command)):
        command = list(group)
        words = [phrase for event in command if (phrase := deed_in_words(event, names))]
        found.append(Deed(command[-1].at, _person(command[0].actor_id, names), t(", ").join(words)))
    return found


def _told(moment: MomentView, names: Names) -> str:
    """What the project's step was, in a line: with the tasks that it was about."""
    if moment.first == 1:
        return t("created the project")
    lines: dict[str, list[str]] = {}
    for deed in moment.deeds:
        event = EventView(
            deed.revision, moment.first, deed.kind, deed.subject_id, deed.task, moment.actor_id, moment.at,
            deed.changes, "", None,
        )  # fmt: skip
        if words := deed_in_words(event, names):
            lines.setdefault(words, []).extend([deed.task] if deed.task else [])
    more = moment.last - moment.first + 1 > sum(max(1, len(refs)) for refs in lines.values())
    told = [_with_tasks(words, refs) for words, refs in lines.items()]
    return t(", ").join([*told, *(["…"] if more and told else [])])


def _with_tasks(words: str, refs: list[str]) -> str:
    return t("{deed} ({tasks})", deed=words, tasks=list_text(refs)) if refs else words


def _person(account_id: Any, names: Names) -> str:
    return names.get(str(account_id), t("Somebody who left")) if account_id else ""


def _in_words(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return list_text([names.get(str(each), str(each)) for each in value])
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    return day_text(value, "long") if isinstance(value, date) else str(names.get(str(value), value))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
