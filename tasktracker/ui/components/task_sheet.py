"""Everything about one task, live, saved as one goes: in a dialog over a view, or on a page of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nicegui import ui

from tasktracker.domain.errors import Conflict
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.conflict import ConflictStrip
from tasktracker.ui.components.live_view import ActIntent
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.task_belongings import TaskBelongings
from tasktracker.ui.components.task_conversation import TaskConversation
from tasktracker.ui.components.task_description import TaskDescription
from tasktracker.ui.components.task_presence.task_presence import TaskPresence
from tasktracker.ui.components.task_side import TaskSide
from tasktracker.ui.components.task_title import TaskTitle
from tasktracker.ui.components.time_travel.task_travel import TaskTravel
from tasktracker.ui.drafts import forget_draft
from tasktracker.ui.elements import box, icon_button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a sheet: the dialog, or the page."""

    head: ui.element
    """Where the buttons go."""
    body: ui.element
    """Where the rest goes."""
    way: Callable[[TaskPresenter], None]
    """Shows where the task is: called whenever that may have changed."""
    end: Callable[[TaskPresenter], None]
    """Draws the buttons of the host's own, behind the others."""
    put_away: Callable[[], object]
    """Called before the task is archived, thrown away, or brought back."""
    is_page: bool = False


class TaskSheet:
    """One task, drawn where its host says."""

    def __init__(self, project: ProjectPresenter, deeds: ProjectDeeds, task: TaskPresenter, around: Around) -> None:
        self._project, self._deeds, self._task, self._around = project, deeds, task, around
        self._draw()

    @property
    def title(self) -> str:
        """What the browser's tab is called: `WEB-12 Fix login`."""
        return f"{self._task.ref} {self._task.task.title}"

    async def follow(self, patch: Patch) -> None:
        """Bring the task up to date if the patch is about it."""
        if self._task.is_touched_by(patch) or patch["project"]:
            with refusals_shown():
                await self._task.load()
                self._refresh()
                await self._travel.refresh()

    async def travel(self, at: datetime) -> None:
        """Show the task as it was at that moment."""
        await self._travel.open(at)

    async def save_title(self) -> bool:
        """Escape takes the field away before it tells that it has lost the focus. False: there is a choice to make."""
        return await self._title.save()

    def _draw(self) -> None:
        task, around = self._task, self._around
        can_edit = self._project.can_edit and task.task.trashed_at is None
        around.head.clear()
        with around.head:
            self._head()
        around.body.clear()
        with around.body:
            self._strip = ConflictStrip(self._save_anyway, self._reload)
            self._travel.panel()
            with box("tt-task"):
                with box("tt-task-main"):
                    self._title = TaskTitle(task, self._save, can_edit=can_edit)
                    self._description = TaskDescription(task, self._save, can_edit=can_edit)
                    self._belongings = TaskBelongings(self._project, task, can_edit=can_edit)
                    self._conversation = TaskConversation(task, can_comment=self._project.can_comment)
                with box("tt-task-side", tag="aside"):
                    self._side = TaskSide(
                        self._project, task, self._save, self._act, can_edit=can_edit, is_page=around.is_page
                    )
        self._refresh()

    def _head(self) -> None:
        TaskPresence(self._project.presence)
        can_edit = self._project.can_edit and self._task.task.trashed_at is None
        self._travel = TaskTravel(self._project, self._task, self._deeds, can_edit=can_edit)
        self._watch = icon_button("visibility", t("Watch"), self._toggle_watch)
        if self._project.can_edit:
            self._archive = icon_button("inventory_2", t("Archive"), self._toggle_archive)
            self._trash = icon_button("delete_outline", t("Move to trash"), self._toggle_trash)
        self._around.end(self._task)

    def _refresh(self) -> None:
        """Draw what the presenter knows; what somebody is typing stays."""
        task, shown = self._task, self._task.task
        self._around.way(task)
        self._title.refresh()
        self._description.refresh()
        self._side.refresh()
        self._belongings.refresh()
        self._conversation.show(
            task.thread({**self._project.columns(), **self._project.labels(), **self._project.people()})
        )
        self._watch.props["icon"] = "visibility" if task.is_watched else "visibility_off"
        self._watch.props["title"] = t("Stop watching") if task.is_watched else t("Watch")
        self._watch.props["aria-label"] = self._watch.props["title"]
        if self._project.can_edit:
            self._archive.props["title"] = t("Unarchive") if shown.archived_at else t("Archive")
            self._trash.props["title"] = t("Restore from trash") if shown.trashed_at else t("Move to trash")

    async def _save(self, fields: dict[str, Any], begun_on: int | None = None) -> bool:
        """Save fields of the task; False when somebody else changed them and the person has to choose.

        `begun_on` is the version that was shown when the person began to type.
        """
        if all(getattr(self._task.task, field, None) == value for field, value in fields.items()):
            return True
        try:
            await self._task.edit(fields, based_on=begun_on)
        except Conflict as conflict:
            self._strip.show(conflict, fields)
            return False
        return True

    async def _save_anyway(self, conflict: Conflict, fields: dict[str, Any]) -> None:
        with refusals_shown():
            # People go on typing while they think about the choice.
            typed = {"title": self._title.typed, "description": self._description.typed}
            await self._task.edit({name: typed.get(name) or value for name, value in fields.items()}, anyway=conflict)
            self._forget(fields)
            await self._reload()

    async def _reload(self) -> None:
        """Take what is saved: the person's own text is given up on purpose."""
        with refusals_shown():
            self._forget(("title", "description"))  # before the fields are drawn: they would put it back
            await self._task.load()
            self._draw()

    def _forget(self, fields: Iterable[str]) -> None:
        forget_draft(*(f"{self._task.ref}:{field}" for field in fields))

    async def _toggle_watch(self) -> None:
        with refusals_shown():
            await self._task.watch(wanted=not self._task.is_watched)
            self._refresh()

    async def _toggle_archive(self) -> None:
        await self._act("unarchive" if self._task.task.archived_at else "archive")

    async def _toggle_trash(self) -> None:
        await self._act("restore" if self._task.task.trashed_at else "trash")

    async def _act(self, act: str) -> None:
        self._around.put_away()
        await self._deeds.act(ActIntent((self._task.ref.number,), act))
