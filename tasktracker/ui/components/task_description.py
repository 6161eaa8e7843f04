"""A task's description: read as text, edited as Markdown."""

from collections.abc import Awaitable, Callable
from typing import Any

from tasktracker.ui.components.prose.prose import Prose, TickIntent
from tasktracker.ui.components.writing.writing import markdown_field
from tasktracker.ui.drafts import draft, draft_based_on, draft_saved, opens_draft, put_draft_aside, when_saved
from tasktracker.ui.elements import box, button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.task import TaskPresenter

_FOCUS = """requestAnimationFrame(() => {
    if (document.activeElement === document.body) getHtmlElement(BUTTON)?.focus();
})"""
"""Once the button is to be seen; whoever is in another field by now stays there."""


class TaskDescription:
    """Shows the Markdown rendered; "Edit" brings the text, which is kept as a draft until it is saved."""

    def __init__(
        self, task: TaskPresenter, save: Callable[[dict[str, Any], int], Awaitable[bool]], *, can_edit: bool
    ) -> None:
        self._task, self._save_fields = task, save
        self._draft = f"{task.ref}:description"
        with box("tt-description"):
            self._reading = box("tt-description-read")
            with self._reading:
                self._text_read = Prose(empty=t("No description yet."), can_tick=can_edit, on_tick=self._tick)
                if can_edit:
                    self._edit_button = button(t("Edit description"), self._edit, kind="quiet")
                    self._edit_button.props("data-command=edit-description")
                    opens_draft(self._edit_button, self._draft)
            self._editing = box("tt-description-edit")
            self._editing.visible = False

    @property
    def typed(self) -> str | None:
        """What is being written, if anything is."""
        return self._text.value or "" if self._editing.visible else None

    def refresh(self) -> None:
        """Show the saved text; one that is being edited stays as it is."""
        self._text_read.show(self._task.description_html)

    async def _tick(self, tick: TickIntent) -> None:
        with refusals_shown():
            await self._task.tick(tick.item, done=tick.done)
            self.refresh()

    def _edit(self) -> None:
        self._begun_on = self._task.task.version
        self._reading.visible, self._editing.visible = False, True
        self._editing.clear()
        with self._editing:
            self._text = markdown_field(
                self._task.ref.key,
                t("Description"),
                value=self._task.task.description,
                placeholder=t("Markdown works here"),
            )
            self._text.props("autofocus").classes("tt-body-input")
            self._text.on("keydown.ctrl.enter", self._save).on("keydown.meta.enter", self._save)
            self._text.on("keydown.esc", self._cancel, js_handler="(event) => { event.stopPropagation(); emit() }")
            draft(self._text, self._draft)
            draft_based_on(self._text, self._begun_on, self._rebased)
            when_saved(self._text, self._close)
            with box("tt-composer-foot"):
                button(t("Cancel"), self._cancel, kind="quiet")
                button(t("Save"), self._save, kind="primary")

    def _rebased(self, version: int) -> None:
        self._begun_on = version

    async def _save(self) -> None:
        text = self._text.value or ""
        with refusals_shown():
            if await self._save_fields({"description": text}, self._begun_on):
                self._begun_on = self._task.task.version  # for who writes on
                draft_saved(self._draft, text, version=self._begun_on)

    def _cancel(self) -> None:
        put_draft_aside(self._draft)
        self._close()

    def _close(self) -> None:
        self._reading.visible, self._editing.visible = True, False
        self._editing.clear()
        self.refresh()
        # By the button's page, since the field that this was heard from is gone.
        self._edit_button.client.run_javascript(_FOCUS.replace("BUTTON", str(self._edit_button.id)))
