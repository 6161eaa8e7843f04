"""What a command is: where it works, and how it is carried out. The list of all is in commands.py."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tasktracker.domain.permissions import Permission


class Where(StrEnum):
    """What has to be on the page. An open task is a selection, too."""

    EVERYWHERE = "everywhere"
    VIEW = "view"
    LIST = "list"
    """A list of tasks: a view of a project, one's own work, the inbox."""
    INBOX = "inbox"
    SELECTION = "selection"
    TASK = "task"
    TEXT = "text"


class Does(StrEnum):
    """How a command is carried out: `what` names the target."""

    GO = "go"
    """To an address; `{key}` is the project at hand, or the last one."""
    PRESS = "press"
    """The element with that `data-command`; a field gets the focus."""
    SHOW = "show"
    """A dialog of the palette's: commands, search or keys."""
    CHOOSE = "choose"
    """The palette's list of values for the selection."""
    CALL = "call"
    """A function of `static/commands`."""
    VIEW = "view"
    """The view on the page listens for these keys itself, since they move its own focus; so does a text field."""


class Group(StrEnum):
    """The parts of the sheet, in its order."""

    GENERAL = "general"
    GO = "go"
    MOVE = "move"
    INBOX = "inbox"
    CHANGE = "change"
    TASK = "task"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`words` are others that find it in the palette; `hint` is added in the sheet; `icon` is a Material symbol."""

    id: str
    name: str
    icon: str
    group: Group
    does: Does
    what: str = ""
    keys: tuple[str, ...] = ()
    where: Where = Where.EVERYWHERE
    permission: Permission | None = None
    words: str = ""
    hint: str = ""
    while_typing: bool = False

    def to_json(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        named = {"id": self.id, "name": self.name, "icon": self.icon, "group": self.group, "where": self.where}
        more = {"keys": self.keys, "words": self.words, "hint": self.hint, "whileTyping": self.while_typing}
        return (
            named
            | {"does": self.does, "what": self.what or self.id}
            | {name: each for name, each in more.items() if each}
        )
