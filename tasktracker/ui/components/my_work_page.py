"""The page of what is one's own to do: follows all projects before it is drawn, and looks again when one changes."""

from functools import partial

from nicegui import background_tasks, ui

from tasktracker.domain.actor import Actor
from tasktracker.realtime.hub import Patch
from tasktracker.services.following import follow_inbox
from tasktracker.services.following_all import follow_projects
from tasktracker.services.queries.shell import get_shell
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.my_work.my_work import MyWork
from tasktracker.ui.components.peek.peek import Peek
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.projects import looks_of_projects
from tasktracker.ui.presenters.task_preview import preview
from tasktracker.ui.sockets import follow_from_page


class MyWorkPage:
    """One open page."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    async def open(self) -> None:
        """Draw the page; the browser fetches what is on it."""
        self._client = ui.context.client
        self._work: MyWork | None = None
        follow_from_page(None, await follow_projects(self._actor, self._on_patch, self._on_others))
        shell = await get_shell(self._actor)
        with frame(shell, title=t("My work"), here="/my-work"):
            self._work = MyWork(looks_of_projects(shell))
            self._peek = Peek(partial(preview, self._actor))
        self._client.on_delete(follow_inbox(self._actor, shell.inbox_mark, self._on_news))

    def _on_patch(self, key: str, patch: Patch) -> None:
        me = str(self._actor.account_id)
        numbers = [card["number"] for card in patch["cards"]] + patch["gone"]
        is_mine = any(me in card["assignee_ids"] for card in patch["cards"])
        if numbers and self._work:  # else it fetches its tasks yet
            with self._client:
                self._work.hint(key, numbers, is_mine=is_mine)
                self._peek.follow(key, patch)

    def _on_others(self) -> None:
        background_tasks.create_lazy(self._show_projects(), name=f"projects of {self._client.id}")

    async def _show_projects(self) -> None:
        with self._client, refusals_shown():
            shell = await get_shell(self._actor)
            if self._work:
                self._work.knows(looks_of_projects(shell))

    def _on_news(self) -> None:
        """Somebody may have mentioned them."""
        with self._client:
            if self._work:
                self._work.reload()
