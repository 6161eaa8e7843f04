"""Everything about one task, live, saved as one goes: in a dialog over a view, or on a page of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nicegui import background_tasks, ui

from tasktracker.domain.errors import Conflict
from tasktracker.domain.references import TaskRef
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.live_view import ActIntent
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.task_belongings import TaskBelongings
from tasktracker.ui.components.task_conflict.task_conflict import TaskConflict
from tasktracker.ui.components.task_conversation import TaskConversation
from tasktracker.ui.components.task_description import TaskDescription
from tasktracker.ui.components.task_more import TaskMore
from tasktracker.ui.components.task_presence.task_presence import TaskPresence
from tasktracker.ui.components.task_side import TaskSide
from tasktracker.ui.components.task_title import TaskTitle
from tasktracker.ui.components.time_travel.task_travel import TaskTravel
from tasktracker.ui.drafts import draft_saved, forget_draft
from tasktracker.ui.elements import box, icon_button
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t
from tasktracker.ui.page_title import page_title
from tasktracker.ui.presenters.conflict import api_fields, choices, custom_of, draft_names, told, with_typed
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter

KEEP_FOCUS = """setTimeout(() => {
    if (document.activeElement !== document.body) return;
    (document.querySelector('.tt-dialog-task')?.closest('[tabindex]') ?? document.getElementById('content'))?.focus();
}, 100)"""
"""What had the focus has been drawn anew, or another task has taken its place."""


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
    went: Callable[[TaskRef, str], object]
    """Told another task that is to be shown in place of this one (a copy, or itself in another project), and what to
    say of it, if anything."""
    describe_subtask: Callable[[TaskRef], None]
    """Called when somebody wants a subtask with more than a title."""
    is_page: bool = False


class TaskSheet:
    """One task, drawn where its host says."""

    def __init__(self, project: ProjectPresenter, deeds: ProjectDeeds, task: TaskPresenter, around: Around) -> None:
        self._project, self._deeds, self._task, self._around = project, deeds, task, around
        self._undecided: tuple[Conflict, dict[str, Any]] | None = None
        self._is_over = False
        self._client = ui.context.client
        self._news: list[Patch] = []
        self._draw()

    @property
    def _can_edit(self) -> bool:
        return self._project.can_edit and self._task.task.trashed_at is None

    def follow(self, patch: Patch) -> None:
        """Bring the task up to date if the patch is about it: one after the other, and what came meanwhile at once."""
        self._news.append(patch)
        background_tasks.create_lazy(self._catch_up(), name=f"task of {self._client.id}")

    def leave(self) -> None:
        """Draw nothing more: the place is another task's now, or the task has gone where this page knows nothing of."""
        self._is_over = True

    async def _catch_up(self) -> None:
        if self._is_elsewhere():
            return
        news, self._news = self._news, []
        if not any(self._task.is_touched_by(patch) or patch["project"] for patch in news):
            return
        with self._client, refusals_shown():
            await self._task.load()
            if self._is_elsewhere():
                return
            if self._task.ref.key != self._project.key:
                toast(t("This task is {ref} now.", ref=str(self._task.ref)))
                self._go(self._task.ref)
                return
            self._refresh()
            await self._travel.refresh()

    def _is_elsewhere(self) -> bool:
        return self._is_over or self._task.is_leaving

    async def travel(self, at: datetime) -> None:
        """Show the task as it was at that moment."""
        await self._travel.open(at)

    async def save_title(self) -> bool:
        """Escape takes the field away before it tells that it has lost the focus. False: there is a choice to make."""
        return await self._title.save()

    def _draw(self) -> None:
        if self._is_over:
            return
        task, around = self._task, self._around
        self._drawn_for = can_edit = self._can_edit
        around.head.clear()
        with around.head:
            self._head()
        around.body.clear()
        with around.body:
            self._choice = TaskConflict(keep=self._keep_mine, take=self._take_theirs, merge=self._save_both)
            self._travel.panel()
            with box("tt-task"):
                with box("tt-task-main"):
                    self._title = TaskTitle(task, self._save, can_edit=can_edit)
                    self._description = TaskDescription(task, self._save, can_edit=can_edit)
                    self._belongings = TaskBelongings(
                        self._project, task, can_edit=can_edit, on_describe_subtask=around.describe_subtask
                    )
                    self._conversation = TaskConversation(task, can_comment=self._project.can_comment)
                with box("tt-task-side", tag="aside"):
                    self._side = TaskSide(
                        self._project, task, self._save, self._act, can_edit=can_edit, is_page=around.is_page
                    )
        self._refresh()

    def _head(self) -> None:
        TaskPresence(self._project.presence)
        self._travel = TaskTravel(self._project, self._task, self._deeds, can_edit=self._can_edit)
        self._watch = icon_button("visibility", t("Watch"), self._toggle_watch)
        self._more = TaskMore(self._project, self._task, self._act, self._go)
        self._around.end(self._task)

    def _refresh(self) -> None:
        """Draw what the presenter knows; what somebody is typing stays."""
        if self._is_over:
            return
        if self._can_edit != self._drawn_for:  # it was thrown away, or brought back
            self._draw()
            return
        task = self._task
        self._around.way(task)
        page_title().name(f"{task.ref} {task.task.title}")
        self._title.refresh()
        self._description.refresh()
        self._side.refresh()
        self._belongings.refresh()
        self._conversation.show(task.thread(self._project.names()))
        self._watch.props["icon"] = "visibility" if task.is_watched else "visibility_off"
        self._watch.props["title"] = t("Stop watching") if task.is_watched else t("Watch")
        self._watch.props["aria-label"] = self._watch.props["title"]
        self._more.refresh()

    async def _save(self, fields: dict[str, Any], begun_on: int | None = None) -> bool:
        """Save fields of the task; False when somebody else changed them and the person has to choose.

        `begun_on` is the version that was shown when the person began to type.
        """
        if all(getattr(self._task.task, field, None) == value for field, value in fields.items()):
            return True
        try:
            await self._task.edit(fields, based_on=begun_on)
        except Conflict as conflict:
            await self._ask(conflict, fields)
            return False
        return True

    async def _ask(self, conflict: Conflict, fields: dict[str, Any]) -> None:
        """Let the person choose between what they wanted and what somebody else has made of it."""
        if self._undecided:  # one more field, while there was another one to decide about
            before, others = self._undecided
            conflict = Conflict(min(before.version, conflict.version), {**before.fields, **conflict.fields})
            fields = {**others, **fields, **custom_of(others, fields)}
        asked = self._undecided = conflict, fields
        await self._task.load()
        self._refresh()
        names = self._task.names_for(conflict, fields, self._project.names())
        drawn = await choices(conflict, names)
        if self._undecided is asked:  # and there is not more to decide about by now, or nothing
            self._choice.show(str(self._task.ref), told(conflict, names), drawn)

    async def _keep_mine(self, _is_meant: bool) -> None:  # noqa: FBT001  what the browser says is a value
        await self._decide(self._mine())

    async def _save_both(self, merged: Mapping[str, Any]) -> None:
        if self._undecided:
            _, fields = self._undecided
            both = api_fields(merged)
            await self._decide({**fields, **both, **custom_of(fields, both)})

    async def _take_theirs(self, _is_meant: bool) -> None:  # noqa: FBT001  as above
        if self._undecided:
            with refusals_shown():
                await self._show_decided(self._mine(), {})

    def _mine(self) -> dict[str, Any]:
        """What the person wants, as typed by now: people go on typing while they think about the choice."""
        _, fields = self._undecided or (None, {})
        return with_typed(fields, {"title": self._title.typed, "description": self._description.typed})

    async def _decide(self, fields: dict[str, Any]) -> None:
        """Save over what the person has seen; if somebody has changed it once more, they are asked once more."""
        if self._undecided is None:
            return
        conflict, mine = self._undecided[0], self._mine()
        with refusals_shown():
            try:
                await self._task.edit(fields, anyway=conflict)
            except Conflict as again:
                self._undecided = None
                await self._ask(again, fields)
                return
            await self._show_decided(mine, fields)

    async def _show_decided(self, mine: dict[str, Any], saved: dict[str, Any]) -> None:
        """Draw what is saved. `mine` is given up on purpose, but not what is typed since, or about other fields."""
        self._undecided = None
        for field in draft_names(mine):  # before the fields are drawn: they would put it back
            forget_draft(f"{self._task.ref}:merged:{field}")
            if field in ("title", "description"):
                version = self._task.task.version if mine[field] == saved.get(field) else None
                draft_saved(f"{self._task.ref}:{field}", mine[field], version=version)
            else:
                forget_draft(f"{self._task.ref}:{field}")
        await self._task.load()
        self._draw()
        ui.run_javascript(KEEP_FOCUS)

    def _go(self, ref: TaskRef, told: str = "") -> None:
        if ref.key != self._project.key:
            self.leave()
        self._around.went(ref, told)

    async def _toggle_watch(self) -> None:
        with refusals_shown():
            await self._task.watch(wanted=not self._task.is_watched)
            self._refresh()

    async def _act(self, act: str) -> None:
        self._around.put_away()
        await self._deeds.act(ActIntent((self._task.ref.number,), act))
