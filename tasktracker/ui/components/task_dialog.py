"""The task dialog: everything about one task, live, saved as one goes."""

from collections.abc import Callable, Iterable
from typing import Any

from nicegui import ui

from tasktracker.domain.errors import Conflict
from tasktracker.domain.references import TaskRef
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.conflict import ConflictStrip
from tasktracker.ui.components.live_view import ActIntent
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.task_belongings import TaskBelongings
from tasktracker.ui.components.task_description import TaskDescription
from tasktracker.ui.components.task_properties import TaskProperties
from tasktracker.ui.components.thread.thread import Thread
from tasktracker.ui.drafts import draft, draft_based_on, forget_draft
from tasktracker.ui.elements import box, button, icon_button, named, text, written
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


class TaskDialog:
    """One for each page; shows one task at a time. `moved_to` is told the number that is open, or None."""

    def __init__(self, project: ProjectPresenter, deeds: ProjectDeeds, moved_to: Callable[[int | None], None]) -> None:
        self._project = project
        self._deeds = deeds
        self._moved_to = moved_to
        self._task: TaskPresenter | None = None
        with ui.dialog() as self._dialog:
            self._dialog.props("no-shake transition-duration=120").on("hide", self._closed)
            self._card = box("tt-dialog tt-dialog-task").props("data-takes-files")

    async def open(self, number: int) -> None:
        """Show the task. A refusal (it is gone) is a toast."""
        with refusals_shown():
            task = TaskPresenter(self._project.actor, TaskRef(self._project.key, number))
            await task.load()
            self._task = task
            self._draw(task)
            self._dialog.open()
            self._moved_to(number)

    async def follow(self, patch: Patch) -> None:
        """Bring the open task up to date if the patch is about it."""
        task = self._task
        if task is None:
            return
        if task.is_touched_by(patch):
            with refusals_shown():
                await task.load()
                self._refresh(task)

    async def _closed(self) -> None:
        """Escape takes the fields away before they tell that they have lost the focus."""
        if await self._save_title():
            self._task = None
            self._moved_to(None)
        else:
            self._dialog.open()

    def _draw(self, task: TaskPresenter) -> None:
        self._dialog.props["aria-label"] = str(task.ref)
        self._card.clear()
        can_edit = self._project.can_edit and task.task.trashed_at is None
        with self._card:
            self._head(task)
            self._strip = ConflictStrip(self._save_anyway, self._reload)
            with box("tt-task"):
                with box("tt-task-main"):
                    self._title(task, can_edit=can_edit)
                    self._description = TaskDescription(task, self._save, can_edit=can_edit)
                    self._belongings = TaskBelongings(self._project, task, can_edit=can_edit)
                    self._conversation(task)
                with box("tt-task-side", tag="aside"):
                    self._properties = TaskProperties(self._project, task, self._save, can_edit=can_edit)
        self._refresh(task)

    def _head(self, task: TaskPresenter) -> None:
        with box("tt-dialog-head"):
            if task.parent:
                with ui.link(target=f"/t/{task.parent.ref}").classes("tt-task-parent"):
                    written(task.parent.title)
            text(str(task.ref), "tt-task-ref")
            self._state = text("", "tt-task-state")
            box("tt-grow")
            self._watch = icon_button("visibility", t("Watch"), self._toggle_watch)
            if self._project.can_edit:
                self._archive = icon_button("inventory_2", t("Archive"), self._toggle_archive)
                self._trash = icon_button("delete_outline", t("Move to trash"), self._toggle_trash)
            icon_button("close", t("Close"), self._dialog.close).props("data-command=close-task")

    def _title(self, task: TaskPresenter, *, can_edit: bool) -> None:
        self._seen_title, self._title_begun_on = task.task.title, task.task.version
        self._title_input = ui.textarea(value=task.task.title).props("borderless dense autogrow maxlength=300 rows=1")
        named(self._title_input, t("Title")).classes("tt-title-input").set_enabled(can_edit)
        self._title_input.on("blur", self._save_title).on("keydown.enter.prevent", self._save_title)
        draft(self._title_input, f"{task.ref}:title")
        draft_based_on(self._title_input, task.task.version, self._title_restored)

    def _conversation(self, task: TaskPresenter) -> None:
        text(t("Activity"), "tt-section-title", tag="h2")
        self._thread = Thread(
            draft_prefix=str(task.ref),
            can_comment=self._project.can_comment,
            on_edit=self._edit_comment,
            on_delete=self._delete_comment,
        )
        if not self._project.can_comment:
            return
        with box("tt-composer"):
            self._comment = named(ui.textarea(placeholder=t("Leave a comment…")), t("Comment")).props(
                "borderless autogrow data-command=comment"
            )
            self._comment.on("keydown.ctrl.enter", self._send).on("keydown.meta.enter", self._send)
            draft(self._comment, f"{task.ref}:comment")
            with box("tt-composer-foot"):
                text(t("Ctrl Enter sends"), "tt-quiet tt-hint-keys")
                button(t("Comment"), self._send, kind="primary")

    def _refresh(self, task: TaskPresenter) -> None:
        """Draw what the presenter knows; what somebody is typing stays."""
        shown = task.task
        self._state.text = t("In the trash") if shown.trashed_at else t("Archived") if shown.archived_at else ""
        if self._title_input.value in (self._seen_title, ""):
            self._title_input.value = self._seen_title = shown.title
            self._title_input.props["data-draft-base"] = self._title_begun_on = shown.version
        self._description.refresh()
        self._properties.refresh()
        self._belongings.refresh()
        self._thread.show(task.thread({**self._project.columns(), **self._project.labels(), **self._project.people()}))
        self._watch.props["icon"] = "visibility" if task.is_watched else "visibility_off"
        self._watch.props["title"] = t("Stop watching") if task.is_watched else t("Watch")
        self._watch.props["aria-label"] = self._watch.props["title"]
        if self._project.can_edit:
            self._archive.props["title"] = t("Unarchive") if shown.archived_at else t("Archive")
            self._trash.props["title"] = t("Restore from trash") if shown.trashed_at else t("Move to trash")

    async def _save(self, fields: dict[str, Any], begun_on: int | None = None) -> bool:
        """Save fields of the open task; False when somebody else changed them and the person has to choose.

        `begun_on` is the version that was shown when the person began to type.
        """
        task = self._task
        if task is None or all(task.value(field) == value for field, value in fields.items()):
            return True
        try:
            await task.edit(fields, based_on=begun_on)
        except Conflict as conflict:
            self._strip.show(conflict, fields)
            return False
        return True

    async def _save_anyway(self, conflict: Conflict, fields: dict[str, Any]) -> None:
        with refusals_shown():
            if self._task:
                # People go on typing while they think about the choice.
                typed = {"title": self._title_input.value, "description": self._description.typed}
                await self._task.edit(
                    {name: typed.get(name) or value for name, value in fields.items()}, anyway=conflict
                )
                self._forget(fields)
                await self._reload()

    async def _reload(self) -> None:
        """Take what is saved: the person's own text is given up on purpose."""
        if self._task:
            with refusals_shown():
                self._forget(("title", "description"))  # before the fields are drawn: they would put it back
                await self._task.load()
                self._draw(self._task)

    def _forget(self, fields: Iterable[str]) -> None:
        if self._task:
            forget_draft(*(f"{self._task.ref}:{field}" for field in fields))

    def _title_restored(self, version: int) -> None:
        self._title_begun_on = version

    async def _save_title(self) -> bool:
        """False when the person has to choose first."""
        is_saved = True
        with refusals_shown():
            is_saved = await self._save({"title": self._title_input.value}, self._title_begun_on)
            if is_saved and self._task:
                self._seen_title, self._title_begun_on = self._title_input.value, self._task.task.version
                self._forget(("title",))
        return is_saved

    async def _send(self) -> None:
        if not self._task:
            return
        with refusals_shown():
            await self._task.comment(self._comment.value or "")
            self._comment.value = ""
            self._forget(("comment",))

    async def _edit_comment(self, comment_id: str, body: str) -> None:
        if self._task:
            with refusals_shown():
                await self._task.edit_comment(comment_id, body)
                self._forget((f"comment:{comment_id}",))

    async def _delete_comment(self, comment_id: str) -> None:
        if self._task:
            with refusals_shown():
                await self._task.delete_comment(comment_id)

    async def _toggle_watch(self) -> None:
        if task := self._task:
            with refusals_shown():
                await task.watch(wanted=not task.is_watched)
                self._refresh(task)

    async def _toggle_archive(self) -> None:
        if task := self._task:
            await self._act(task, "unarchive" if task.task.archived_at else "archive")

    async def _toggle_trash(self) -> None:
        if task := self._task:
            await self._act(task, "restore" if task.task.trashed_at else "trash")

    async def _act(self, task: TaskPresenter, act: str) -> None:
        self._dialog.close()
        await self._deeds.act(ActIntent((task.ref.number,), act))
