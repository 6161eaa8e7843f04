"""What was done, in a project or in all: what a page shows and does."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.queries.activity import CommandView, Deed, PlacedCommandView, list_activity
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.views import EventView, Page
from tasktracker.ui.language import t
from tasktracker.ui.presenters.deeds import SAME, deed_in_words
from tasktracker.ui.presenters.project import ProjectPresenter

PART = 40
"""Commands read at a time."""
KINDS: dict[str, tuple[str, ...]] = {
    "tasks": ("Task",),
    "comments": ("Comment",),
    "files": ("Attachment",),
    "project": ("Project", "Column", "Label", "CustomField", "Template", "Rule"),
}
"""What the page can be narrowed to: events whose kinds begin so."""


class ActivityFeed(ABC):
    """What one open page has read of what was done, part by part."""

    def __init__(self) -> None:
        self.by: UUID | None = None
        self.kind = ""
        self.cursor: str | None = None
        self._shown: dict[Hashable, CommandView] = {}

    async def narrow(self, by: str, kind: str) -> None:
        """Show what one person did, or what happened to things of one kind; empty texts mean all. Raises NotFound."""
        if (by and by not in self.people()) or (kind and kind not in KINDS):
            raise NotFound("choice")
        self.by, self.kind = UUID(by) if by else None, kind
        await self.begin()

    async def begin(self) -> None:
        """Read the newest part."""
        self._shown, self.cursor = {}, None
        await self.older()

    async def older(self) -> None:
        """Read one part more."""
        shown = self._shown
        page = await self._read(self._kinds(), self.cursor)
        if shown is self._shown:  # else it was begun anew meanwhile, and what was read is not asked for any more
            self._shown |= {self._id(command): _kept(command) for command in page.items}
            self.cursor = page.cursor

    async def refresh(self) -> None:
        """Read what is new. If that is more than a part, the older ones have to be asked for again."""
        shown = self._shown
        page = await self._read(self._kinds(), None)
        if shown is not self._shown:  # as above
            return
        newest = {self._id(command): _kept(command) for command in page.items}
        if page.cursor and not newest.keys() & self._shown.keys():
            self._shown, self.cursor = {}, page.cursor
        self._shown |= newest

    def items(self) -> list[dict[str, Any]]:
        """Everything that is shown, as JSON items, newest first."""
        names = self._names()
        newest_first = sorted(self._shown.values(), key=self._place, reverse=True)
        return [item for command in newest_first if (item := item_of(command, names))["deeds"]]

    def _kinds(self) -> list[str] | None:
        return [kind for kind in EventKind if kind.startswith(KINDS[self.kind])] if self.kind else None

    @abstractmethod
    def people(self) -> Mapping[str, str]:
        """Names of those who may have done something, by id."""

    @abstractmethod
    async def _read(self, kinds: list[str] | None, cursor: str | None) -> Page[Any]: ...

    @abstractmethod
    def _names(self) -> Mapping[str, str]:
        """What ids and fields are called."""

    @abstractmethod
    def _id(self, command: Any) -> Hashable: ...

    @abstractmethod
    def _place(self, command: Any) -> Any:
        """What sorts the commands."""


class ActivityPresenter(ActivityFeed):
    """One open page of a project's activity."""

    def __init__(self, project: ProjectPresenter) -> None:
        super().__init__()
        self.project = project
        self._fields: dict[str, str] = {}

    async def open(self) -> None:
        """Read the newest part. The project is open already."""
        fields = await list_custom_fields(self.project.actor, self.project.key)
        self._fields = {CUSTOM + field.key: field.name for field in fields}
        await self.begin()

    def people(self) -> dict[str, str]:
        return self.project.people()

    async def _read(self, kinds: list[str] | None, cursor: str | None) -> Page[CommandView]:
        project = self.project
        return await list_activity(project.actor, project.key, by=self.by, kinds=kinds, limit=PART, cursor=cursor)

    def _names(self) -> dict[str, str]:
        return {**self.project.names(), **self._fields}

    def _id(self, command: CommandView) -> int:
        return command.command

    def _place(self, command: CommandView) -> int:
        return command.command


def _kept(command: CommandView) -> CommandView:
    """The command with what its words need: all that a new task began with would weigh more than the rest of a page."""
    deeds = [replace(deed, changes=[]) if deed.kind in SAME else deed for deed in command.deeds]
    return replace(command, deeds=deeds)


def item_of(command: CommandView, names: Mapping[str, str]) -> dict[str, Any]:
    """A command as the browser draws it. Tasks to which the same was done stand in one deed."""
    deeds: dict[str, list[list[str | None]]] = {}
    for deed in _told(command):
        if words := deed_in_words(_event(command, deed), names):
            tasks = deeds.setdefault(words, [])
            if deed.task and [deed.task, deed.title] not in tasks:
                tasks.append([deed.task, deed.title])
    return {
        "command": command.command,
        **({"project": command.project} if isinstance(command, PlacedCommandView) else {}),
        "at": command.at.isoformat(),
        "who": names.get(str(command.actor_id), t("Somebody who left")),
        "how": _how(command),
        "deeds": [{"text": text, "tasks": tasks} for text, tasks in _together(deeds)],
        "more": max(0, command.count - len(command.deeds)),
        "undone": command.is_undone,
        "mayUndo": command.may_undo,
    }


def _told(command: CommandView) -> list[Deed]:
    """That it was an undo is told by itself, if anything else is."""
    others = [deed for deed in command.deeds if deed.kind != EventKind.COMMAND_UNDONE]
    return others or command.deeds


def _together(deeds: Mapping[str, list[list[str | None]]]) -> list[tuple[str, list[list[str | None]]]]:
    """Several things that were done to the same tasks as one."""
    by_tasks: dict[str, tuple[list[str], list[list[str | None]]]] = {}
    for text, tasks in deeds.items():
        by_tasks.setdefault(str(tasks), ([], tasks))[0].append(text)
    return [(t(", ").join(texts), tasks) for texts, tasks in by_tasks.values()]


def _how(command: CommandView) -> str:
    if any(deed.kind == EventKind.COMMAND_UNDONE for deed in command.deeds):
        return t("Undo")
    if command.request.startswith("rule:"):
        return t("by a rule")
    return t("by itself") if command.request.startswith(("due:", "purge:")) else ""


def _event(command: CommandView, deed: Deed) -> EventView:
    return EventView(
        deed.revision, command.command, deed.kind, deed.subject_id, deed.task, command.actor_id, command.at,
        deed.changes, command.request, None,
    )  # fmt: skip
