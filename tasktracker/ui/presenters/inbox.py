"""Somebody's inbox: what it shows and what it does."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.markdown import excerpt
from tasktracker.domain.text import one_of
from tasktracker.services import notifications
from tasktracker.services.clock import now
from tasktracker.services.queries.names import get_names
from tasktracker.services.queries.notifications import NotificationView, list_notifications
from tasktracker.services.queries.shell import ShellView, get_shell
from tasktracker.services.views import EventView
from tasktracker.ui.language import t
from tasktracker.ui.presenters.history import Names, sentence
from tasktracker.ui.presenters.naming import ids_in
from tasktracker.ui.presenters.projects import looks_of_projects

PART = 100
"""Notifications read at a time."""
STATES = ("all", "unread", "snoozed")
EXCERPT = 160
"""Characters of a comment that are shown."""


class InboxPresenter:
    """One open inbox. `state` is what it shows: unread, snoozed or all."""

    shell: ShellView

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.state = "all"
        self.has_more = False
        self._shown: list[NotificationView] = []
        self._parts = 1

    async def open(self) -> None:
        self.shell = await get_shell(self.actor)

    def show(self, state: str) -> None:
        """Show what is in another state. Raises Invalid."""
        self.state, self._parts = one_of(state, "/state", STATES), 1

    def older(self) -> None:
        """Show one part more."""
        self._parts += 1

    async def load(self) -> list[dict[str, Any]]:
        """Everything that is shown, as JSON items, newest first."""
        found: list[NotificationView] = []
        cursor = None
        for _ in range(self._parts):
            page = await list_notifications(self.actor, state=self.state, limit=PART, cursor=cursor)
            found, cursor = found + page.items, page.cursor
            if cursor is None:
                break
        self.has_more = cursor is not None
        self._shown = found
        ids = {each for notice in found for each in ids_in(notice.changes, notice.actor_id)}
        names = await get_names(self.actor, ids) if ids else {}
        return [item(notice, names) for notice in found]

    async def read(self, ids: Collection[UUID]) -> None:
        await notifications.read_these(self.actor, ids)

    async def unread(self, ids: Collection[UUID]) -> None:
        await notifications.unread_these(self.actor, ids)

    async def snooze(self, ids: Collection[UUID], until: str) -> None:
        await notifications.snooze_these(self.actor, ids, until)

    async def read_all(self) -> None:
        """What has come in since the page was drawn stays unread: nobody has seen it."""
        if self._shown:
            await notifications.read_notifications(self.actor, self._shown[0].id)

    def projects(self) -> dict[str, dict[str, str]]:
        return looks_of_projects(self.shell)


def item(notice: NotificationView, names: Names) -> dict[str, Any]:
    """A notification as the browser draws it."""
    is_put_off = notice.snoozed_until is not None and notice.read_at is None and notice.snoozed_until > now()
    return {
        "id": str(notice.id),
        "ref": notice.task,
        "title": notice.title,
        "at": notice.at.isoformat(),
        "who": _who(notice, names),
        "text": phrase(notice, names),
        "excerpt": excerpt(_said(notice.changes), EXCERPT) if notice.kind.startswith("Comment") else "",
        "unread": notice.read_at is None,
        "snoozed": notice.snoozed_until.isoformat() if is_put_off and notice.snoozed_until else None,
    }


def _who(notice: NotificationView, names: Names) -> str | None:
    """None for what nobody did: the time came."""
    if notice.reason in ("reminder", "due"):
        return None
    return names.get(str(notice.actor_id), t("Somebody who left"))


def phrase(notice: NotificationView, names: Names) -> str:
    """Why one is told, in words that follow the name of whoever did it."""
    if notice.reason == "mentioned":
        in_comment = notice.kind.startswith("Comment")
        return t("mentioned you in a comment") if in_comment else t("mentioned you in the description")
    if notice.reason in _REASONS:
        return _REASONS[notice.reason]()
    return sentence(_event(notice), names) or t("changed this task")


_REASONS = {
    "assigned": lambda: t("assigned you"),
    "commented": lambda: t("commented"),
    "reminder": lambda: t("Your reminder"),
    "due": lambda: t("This is due"),
}


def _said(changes: Collection[Mapping[str, Any]]) -> str:
    return next((change.get("new") for change in changes if change["field"] == "body"), None) or ""


def _event(notice: NotificationView) -> EventView:
    return EventView(
        0, 0, notice.kind, notice.subject_id, notice.task, notice.actor_id, notice.at, notice.changes, "", None
    )
