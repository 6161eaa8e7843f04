"""Time travel: the steps of a task's or a project's life in words, and a task as it was at one of them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.moments import MomentView, find_moment
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.rendering import render
from tasktracker.services.views import CustomFieldView, EventView, TaskView
from tasktracker.ui.formats import list_text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.deeds import deed_in_words
from tasktracker.ui.presenters.history import Names
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.task_fields import field_names, value_words
from tasktracker.ui.presenters.task_properties import values

PART = 100
"""Events read at a time."""
MOST = 1_000
"""Events of a task whose steps are offered, the newest."""

_OWN = ("column_id", "priority", "assignee_ids", "label_ids", "start", "due", "estimate", "parent")
"""Fields of every task that the picture of then shows beside its texts."""

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
        self.index = self._wanted = 0
        self.then: TaskView = task.task
        self._names: dict[str, str] = {}
        self._custom: dict[str, CustomFieldView] = {}
        self._html = ""

    async def open(self, at: datetime | None = None) -> None:
        """Read the steps, and how the task was at that moment; without one, before its last change. Raises NotFound."""
        fields = await list_custom_fields(self.project.actor, self.project.key)
        self._custom = {CUSTOM + field.key: field for field in fields}
        self._names = {**self.project.names(), **{name: field.name for name, field in self._custom.items()}}
        self.deeds = _deeds(await self._events(), self._names)
        before = [place for place, deed in enumerate(self.deeds) if at is None or deed.at <= at]
        await self.go(before[-1] if at and before else max(0, len(self.deeds) - 2))

    async def go(self, index: int) -> bool:
        """Read how the task was after that step. False if people want another one by now. Raises NotFound."""
        self._wanted = index = max(0, min(index, len(self.deeds) - 1))
        then = await task_at(self.project.actor, self.task.ref, self.deeds[index].at)
        (html,) = await render(self.project.actor, [then.description])
        if self._wanted != index:
            return False
        self.index, self.then, self._html = index, then, html
        return True

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
        value = _value(self.then, field)
        return {"custom": {field.removeprefix(CUSTOM): value}} if field.startswith(CUSTOM) else {field: value}

    def can_restore(self, field: str) -> bool:
        """Whether that is a field which was another one then."""
        is_known = field in {"title", "description", *self._labels()}
        return is_known and _value(self.then, field) != _value(self.task.task, field)

    def _labels(self) -> dict[str, str]:
        own = {name: label for name, label in field_names().items() if name in _OWN}
        return {**own, **{name: field.name for name, field in self._custom.items()}}

    def _field(self, name: str, label: str) -> dict[str, Any]:
        now = self._words(name, self.task.task) or t("None")
        then = self._words(name, self.then) or t("None")
        return {"name": name, "label": label, "then": then, "now": now, "changed": self.can_restore(name)}

    def _words(self, name: str, task: TaskView) -> str:
        kind = self._custom[name].kind if name in self._custom else ""
        return value_words(name, _value(task, name), self._names, kind)

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
        self._wanted: int | None = None

    async def open(self, at: datetime | None = None) -> None:
        """Find the step at that moment; without one, the last one. Raises NotFound."""
        self._wanted = None
        self.moment = await find_moment(self.project.actor, self.project.key, at=at)

    async def go(self, index: int) -> bool:
        """Find the step that the slider is at. False if people want another one by now. Raises NotFound."""
        self._wanted = index
        moment = await find_moment(self.project.actor, self.project.key, revision=max(1, index + 1))
        if self._wanted != index:
            return False
        self.moment = moment
        return True

    def step(self) -> Step:
        """The step that is shown."""
        assert self.moment  # noqa: S101  it is asked for once it is open
        moment = self.moment
        names = self.project.names()
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


def _value(task: TaskView, field: str) -> Any:
    """As JSON, by the field's name in the API."""
    if field in ("title", "description"):
        return getattr(task, field)
    return task.custom.get(field.removeprefix(CUSTOM)) if field.startswith(CUSTOM) else values(task)[field]
