"""The page of what was done in all projects: follows them before it reads, and shows what is new at once."""

from typing import Any

from nicegui import background_tasks, ui
from nicegui.events import GenericEventArguments

from tasktracker.realtime.hub import Patch
from tasktracker.services.following_all import follow_projects
from tasktracker.ui.components.activity.activity import Activity, NarrowIntent
from tasktracker.ui.components.frame import frame
from tasktracker.ui.feedback import done_toast, refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.all_activity import AllActivityPresenter
from tasktracker.ui.presenters.projects import looks_of_projects
from tasktracker.ui.sockets import follow_from_page


class AllActivityPage:
    """One open page."""

    def __init__(self, presenter: AllActivityPresenter) -> None:
        self._presenter = presenter
        self._activity: Activity | None = None
        self._undone = ("", 0)  # the project and the command of the last undo, which the toast's button takes back

    async def open(self) -> None:
        """Draw the page."""
        self._client = ui.context.client
        follow_from_page(None, await follow_projects(self._presenter.actor, self._on_patch, self._on_others))
        await self._presenter.open()
        shell = self._presenter.shell
        with frame(shell, title=t("Activity"), here="/activity"):
            self._activity = Activity(self._presenter.people(), looks_of_projects(shell))
            self._activity.answers(narrow=self._narrow, more=self._older)
        ui.on("tt-undo", self._undo)
        self._show()

    def _show(self) -> None:
        shown = self._presenter
        by = str(shown.by) if shown.by else ""
        more = shown.cursor is not None
        if self._activity:  # else it is drawn with what is known by then
            self._activity.show(shown.items(), by=by, kind=shown.kind, project=shown.key, has_more=more)

    def _on_patch(self, _key: str, _patch: Patch) -> None:
        with self._client:
            background_tasks.create_lazy(self._refresh(), name=f"activity of {self._client.id}")

    def _on_others(self) -> None:
        background_tasks.create_lazy(self._look_around(), name=f"projects of {self._client.id}")

    async def _look_around(self) -> None:
        with self._client, refusals_shown():
            await self._presenter.look_around()
            if self._activity:
                self._activity.knows(self._presenter.people(), looks_of_projects(self._presenter.shell))
            self._show()

    async def _refresh(self) -> None:
        with self._client, refusals_shown():
            await self._presenter.refresh()
            self._show()

    async def _narrow(self, intent: NarrowIntent) -> None:
        with refusals_shown():
            await self._presenter.narrow_to(intent.by, intent.kind, intent.project)
            self._show()

    async def _older(self) -> None:
        with refusals_shown():
            await self._presenter.older()
            self._show()

    async def _undo(self, event: GenericEventArguments) -> None:
        """Take back what the page names; from the toast, the undo that it tells of."""
        key, command = _wanted(event.args)
        with refusals_shown():
            is_again = (key or self._undone[0], command) == self._undone
            undone = await self._presenter.undo(key or self._undone[0], command)
            self._undone = (key or self._undone[0], undone.command)
            if is_again:
                done_toast(t("Done again"), undone.command)
            else:
                done_toast(t("Undone"), undone.command, t("Redo"))


def _wanted(raw: Any) -> tuple[str, int]:
    """The project and the command that the browser names, as far as it does."""
    named: dict[str, Any] = raw if isinstance(raw, dict) else {}
    key, command = named.get("project"), named.get("command")
    is_number = isinstance(command, int) and not isinstance(command, bool)
    return (key if isinstance(key, str) else ""), (int(command) if command and is_number else 0)
