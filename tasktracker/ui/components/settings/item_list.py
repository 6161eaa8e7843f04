"""A list of things that people arrange: names changed where they stand, order by drag and keys, one row to add."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loguru import logger
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from tasktracker.ui.components.modules import register_modules
from tasktracker.ui.elements import unwatched

register_modules("tasktracker-settings", Path(__file__).parent / "parts")

Item = dict[str, Any]
"""`id`, `name` and the values of the fields; also `words`, `when`, `tag`, `locked`, `kept`: see item_list.js."""
Choices = Sequence[tuple[str, str]]
"""Values and what they are called."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of each row. `kind` is text, select, number, color, switch, or words, which are only to be read.

    `width` is small, medium or large; `adds` says that a new thing is given one at once.
    """

    name: str
    kind: str
    label: str
    options: Choices = ()
    limit: int | None = None
    empty: str = ""
    width: str = "medium"
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A button at each row. `always`: for those too who may change nothing."""

    name: str
    label: str
    always: bool = False


class ItemList(Element, component="item_list.js"):
    """One element on the server, however many rows there are. Handlers are given what the browser wants, and show anew.

    The methods `on_…` each name a handler, and thereby say that there is such a thing to do.
    """

    def __init__(
        self, label: str, fields: Sequence[Field], *, can_edit: bool, empty: str = "", actions: Sequence[Action] = ()
    ) -> None:
        super().__init__()
        self.props["label"], self.props["empty"] = label, empty
        self.props["fields"] = unwatched({**asdict(field), "options": list(field.options) or None} for field in fields)
        self.props["actions"] = unwatched(asdict(action) for action in actions)
        self.props["can-edit"] = can_edit

    def show(self, items: Sequence[Item]) -> None:
        """Replace what is shown; what somebody typed and was refused is put back to what is true."""
        self.props["items"] = unwatched(items)
        self.update()

    def allow(self, *, can_edit: bool) -> None:
        """Offer what changes something, or no longer."""
        self.props["can-edit"] = can_edit

    def added(self) -> None:
        """What was typed into the last row has become a row: empty it."""
        self.run_method("added")

    def on_change(self, handler: Callable[[str, str, Any], Awaitable[None]]) -> None:
        """Told the id, the field and its new value."""
        self._answer("change", lambda args: handler(_text(args["id"]), _text(args["field"]), args["value"]))

    def on_move(self, handler: Callable[[str, str | None], Awaitable[None]]) -> None:
        """Told the id, and that of the one that it is to stand behind (None: it is to be the first)."""
        self.props["can-move"] = True
        self._answer("move", lambda args: handler(_text(args["id"]), args["after"] and _text(args["after"])))

    def on_remove(self, handler: Callable[[str], Awaitable[None]], label: str, *, icon: str = "") -> None:
        """Told the id; `label` is on the button."""
        self.props["removal"], self.props["removal-icon"] = label, icon
        self._answer("remove", lambda args: handler(_text(args["id"])))

    def on_act(self, handler: Callable[[str, str], Awaitable[None]]) -> None:
        """Told the id and the action's name."""
        self._answer("act", lambda args: handler(_text(args["id"]), _text(args["action"])))

    def on_add(self, handler: Callable[[dict[str, Any]], Awaitable[None]], label: str, *, draft: str = "") -> None:
        """Told the values of the fields that a new thing has at once. `draft` keeps a name that is being typed."""
        self.props["can-add"], self.props["add-label"], self.props["draft-name"] = True, label, draft or None
        self._answer("add", lambda args: handler({**args}))

    def _answer(self, event: str, call: Callable[[Mapping[str, Any]], Awaitable[None]]) -> None:
        async def emitted(arguments: GenericEventArguments) -> None:
            try:
                wanted = call(arguments.args)
            except (KeyError, TypeError):
                logger.warning("settings: a malformed “{}” came from the browser", event)
                return
            await wanted

        self.on(event, emitted)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError(raw)
    return raw
