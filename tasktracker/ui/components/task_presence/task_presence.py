"""Who else has the task open, in the head of its dialog. The script says what is drawn, and who counts as away."""

from dataclasses import dataclass
from typing import Any

from nicegui import Client
from nicegui.element import Element

import tasktracker.ui.components.live_view  # noqa: F401  the script imports from there
from tasktracker.ui.components.intents import answer
from tasktracker.ui.presenters.presence import Person, PresencePresenter

FIELDS = frozenset({"", "title", "description", "comment", "start", "due", "estimate", "parent"})
"""What people may be told to write in."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the page's person writes in, if anything, and whether they have done nothing for a while."""

    field: str
    is_away: bool


class TaskPresence(Element, component="task_presence.js"):
    """Shows the others, and says what the person at this page does. It takes what is told to the page from now on."""

    def __init__(self, presence: PresencePresenter) -> None:
        super().__init__()
        self._presence = presence
        self.props["people"] = presence.at_task()
        answer(self, "doing", read_doing, self._say)
        presence.on_task = self._show

    def _show(self, people: list[Person]) -> None:
        if not self.is_deleted and people != self.props["people"]:
            self.props["people"] = people
            self.update()

    def _say(self, doing: Doing) -> None:
        self._presence.say(doing.field, is_away=doing.is_away)


def follow_socket(presence: PresencePresenter, client: Client) -> None:
    """Whoever's page has no socket is not there."""

    def note() -> None:
        presence.connect(is_connected=client.has_socket_connection)

    client.on_connect(note)
    client.on_disconnect(note)


def read_doing(raw: Any) -> Doing | None:
    """What `doing` carries, if it is well formed."""
    if not isinstance(raw, dict) or raw.get("field") not in FIELDS or not isinstance(raw.get("away"), bool):
        return None
    return Doing(raw["field"], raw["away"])
