"""What was said and done about a task, and the field to say something."""

from typing import Any

from tasktracker.ui.components.thread.thread import CommentTick, ReactIntent, Thread
from tasktracker.ui.components.writing.writing import markdown_field
from tasktracker.ui.drafts import draft, draft_saved, draft_sent
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t, tc
from tasktracker.ui.presenters.task import TaskPresenter


class TaskConversation:
    """Draws comments and history. What changes comes back as everybody's change does."""

    def __init__(self, task: TaskPresenter, *, can_comment: bool) -> None:
        self._task = task
        self._sent: str | None = None
        text(t("Activity"), "tt-section-title", tag="h2")
        self._thread = Thread(
            draft_prefix=str(task.ref),
            can_comment=can_comment,
            on_edit=self._edit,
            on_delete=self._delete,
            on_tick=self._tick,
            on_react=self._react,
        )
        if can_comment:
            self._composer()

    def show(self, items: list[dict[str, Any]]) -> None:
        """Show what was said and done, as the presenter puts it."""
        self._thread.show(items)

    def _composer(self) -> None:
        with box("tt-composer"):
            self._comment = markdown_field(self._task.ref.key, tc("noun", "Comment"), placeholder=t("Leave a comment…"))
            self._comment.props("data-command=comment")
            self._comment.on("keydown.ctrl.enter", self._send).on("keydown.meta.enter", self._send)
            self._comment.on_value_change(self._go_on)
            draft(self._comment, f"{self._task.ref}:comment")
            with box("tt-composer-foot"):
                text(t("Ctrl Enter sends"), "tt-quiet tt-hint-keys")
                button(t("Comment"), self._send, kind="primary")

    async def _send(self) -> None:
        body = self._comment.value or ""
        if body == self._sent:  # pressed twice: the browser is about to empty the field
            return
        with refusals_shown():
            await self._task.comment(body)
            self._sent = body
            draft_sent(f"{self._task.ref}:comment", body)

    def _go_on(self) -> None:
        self._sent = None

    async def _edit(self, comment_id: str, body: str) -> None:
        with refusals_shown():
            await self._task.edit_comment(comment_id, body)
            draft_saved(f"{self._task.ref}:comment:{comment_id}", body)

    async def _delete(self, comment_id: str) -> None:
        with refusals_shown():
            await self._task.delete_comment(comment_id)

    async def _tick(self, tick: CommentTick) -> None:
        with refusals_shown():
            await self._task.tick_comment(tick.id, tick.item, done=tick.done)

    async def _react(self, intent: ReactIntent) -> None:
        with refusals_shown():
            await self._task.react(intent.id, intent.emoji, wanted=intent.wanted)
