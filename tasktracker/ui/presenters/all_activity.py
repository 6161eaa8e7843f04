"""What was done in all projects that somebody sees."""

from datetime import datetime
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services.queries.activity import PlacedCommandView, list_all_activity
from tasktracker.services.queries.shell import ShellView, get_names, get_shell
from tasktracker.services.undo import UndoView, undo_command
from tasktracker.services.views import Page
from tasktracker.ui.presenters.activity import PART, ActivityFeed


class AllActivityPresenter(ActivityFeed):
    """One open page of the activity of all projects."""

    shell: ShellView

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.actor = actor
        self.key = ""
        self._frame: dict[str, Any] = {}

    async def open(self) -> None:
        """Read what surrounds the page, and the newest part."""
        self.shell = await get_shell(self.actor)
        self._frame = await get_names(self.actor)
        await self.begin()

    async def narrow_to(self, by: str, kind: str, key: str) -> None:
        """As `narrow`, and to the project with that key; an empty text means all. Raises NotFound."""
        if key and key not in {project.key for project in self.shell.projects}:
            raise NotFound("project", key)
        self.key = key
        await self.narrow(by, kind)

    async def undo(self, key: str, command: int) -> UndoView:
        """Take back a command in that project. Raises NotFound, CannotUndo."""
        return await undo_command(self.actor, key, command)

    async def refresh(self) -> None:
        """Read what is new, and what it is about."""
        self._frame = await get_names(self.actor)
        await super().refresh()

    async def look_around(self) -> None:
        """Know the projects that there are by now, and read what is new."""
        self.shell = await get_shell(self.actor)
        await self.refresh()

    def people(self) -> dict[str, str]:
        return {person["id"]: person["name"] for person in sorted(self._frame["people"], key=_name)}

    async def _read(self, kinds: list[str] | None, cursor: str | None) -> Page[PlacedCommandView]:
        key = self.key or None
        return await list_all_activity(self.actor, project=key, by=self.by, kinds=kinds, limit=PART, cursor=cursor)

    def _names(self) -> dict[str, str]:
        return {each["id"]: each["name"] for things in self._frame.values() for each in things}

    def _id(self, command: PlacedCommandView) -> tuple[str, int]:
        return command.project, command.command

    def _place(self, command: PlacedCommandView) -> tuple[datetime, str, int]:
        return command.at, command.project, command.command


def _name(person: dict[str, Any]) -> str:
    name: str = person["name"]
    return name.casefold()
