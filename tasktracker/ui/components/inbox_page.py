"""The page of one's inbox: follows it before it is read, and draws it anew when something has come in."""

from collections.abc import Awaitable
from functools import partial
from uuid import UUID

from nicegui import background_tasks, ui

from tasktracker.domain.references import TaskRef
from tasktracker.services.following import follow_inbox
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.inbox.inbox import Inbox, SnoozeIntent
from tasktracker.ui.components.peek.peek import Peek
from tasktracker.ui.elements import button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.inbox import InboxPresenter
from tasktracker.ui.presenters.task_preview import preview


class InboxPage:
    """One open inbox."""

    def __init__(self, presenter: InboxPresenter) -> None:
        self._presenter = presenter
        self._looked_at: TaskRef | None = None

    async def open(self) -> None:
        """Draw the page."""
        self._client = ui.context.client
        await self._presenter.open()
        shell = self._presenter.shell
        self._client.on_delete(follow_inbox(self._presenter.actor, shell.inbox_mark, self._on_news))
        with frame(shell, title=t("Inbox"), here="/inbox") as actions:
            with actions:
                button(t("Mark all as read"), self._read_all, kind="quiet", icon="done_all")
            self._inbox = Inbox(self._presenter.projects())
            self._inbox.answers(
                show=self._show_state,
                look=self._look,
                more=self._older,
                read=self._read,
                unread=self._unread,
                snooze=self._snooze,
            )
            Peek(partial(preview, self._presenter.actor))
        await self._load()

    def _on_news(self) -> None:
        with self._client:
            background_tasks.create(self._refresh(), context=self._client)

    async def _refresh(self) -> None:
        with refusals_shown():
            await self._load()
            if self._looked_at:
                await self._look(self._looked_at)

    async def _load(self) -> None:
        items = await self._presenter.load()
        self._inbox.show(items, state=self._presenter.state, has_more=self._presenter.has_more)

    async def _show_state(self, state: str) -> None:
        with refusals_shown():
            self._presenter.show(state)
            await self._load()

    async def _older(self) -> None:
        self._presenter.older()
        with refusals_shown():
            await self._load()

    async def _look(self, ref: TaskRef) -> None:
        """Whoever walks on meanwhile is not shown what they have left."""
        self._looked_at = ref
        with refusals_shown():
            task = await preview(self._presenter.actor, ref)
            if self._looked_at == ref:
                self._inbox.show_task(task)

    async def _read(self, ids: list[UUID]) -> None:
        await self._do(self._presenter.read(ids))

    async def _unread(self, ids: list[UUID]) -> None:
        await self._do(self._presenter.unread(ids))

    async def _snooze(self, intent: SnoozeIntent) -> None:
        await self._do(self._presenter.snooze(intent.ids, intent.until))

    async def _read_all(self) -> None:
        await self._do(self._presenter.read_all())

    async def _do(self, deed: Awaitable[None]) -> None:
        """What was refused is drawn as it is in truth, too."""
        with refusals_shown():
            await deed
        with refusals_shown():
            await self._load()
