"""What the views of one project's tasks have in common: they load their data themselves and follow it by patches."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from loguru import logger
from nicegui import events
from nicegui.dependencies import register_esm
from nicegui.element import Element

_MODULES = Path(__file__).parent / "live_project"
# By hand, since `esm=` looks at the folder's age and not at its files': browsers keep a module for as long as its
# address stays the same.
register_esm("tasktracker-live-project", _MODULES, max_time=max(file.stat().st_mtime for file in _MODULES.iterdir()))

MAX_NUMBER = 2**31 - 1
MAX_ID = 64

Intent = TypeVar("Intent")
Handler = Callable[[Intent], Awaitable[None] | None]
"""Takes what a person wants; may be a coroutine function."""


@dataclass(frozen=True, slots=True)
class CreateIntent:
    """Somebody wants a new task in a column."""

    column_id: str


class LiveView(Element):
    """One project's tasks, drawn in the browser. One element on the server, however many tasks there are."""

    def __init__(
        self,
        *,
        project_key: str,
        on_open: Handler[int],
        on_create: Handler[CreateIntent] | None = None,
        can_edit: bool = False,
        selected: int | None = None,
        texts: Mapping[str, Any] | None = None,
    ) -> None:
        """Without `on_create` there is no button for it; `selected` is the number of a task to mark.

        `texts` replaces what people read: see TEXTS in the component's .js file.
        """
        super().__init__()
        self.props["project-key"] = project_key
        self.props["can-edit"] = can_edit
        self.props["can-create"] = can_edit and on_create is not None
        self.props["url"] = f"/api/v1/projects/{project_key}/board"
        self.props["selected"] = selected
        self.props["texts"] = dict(texts or {})
        self.answer("open", read_number, on_open)
        if on_create is not None:
            self.answer("create", read_create, on_create)

    def patch(self, patch: Mapping[str, Any]) -> None:
        """Hand over what changed: `{since, revision, cards, gone, project}`. The browser puts it in order."""
        self.run_method("patch", patch)

    def reload(self) -> None:
        """Let the browser load everything again."""
        self.run_method("reload")

    def select(self, number: int | None) -> None:
        """Mark the task of that number, or none."""
        self.props["selected"] = number

    def answer(self, event: str, read: Callable[[Any], Intent | None], handler: Handler[Intent]) -> None:
        """Pass what the browser emits to the handler. What has the wrong shape is logged and goes no further."""

        def emitted(arguments: events.GenericEventArguments) -> Awaitable[None] | None:
            intent = read(arguments.args)
            if intent is None:
                logger.warning("{}: a malformed “{}” came from the browser", type(self).__name__, event)
                return None
            return handler(intent)

        self.on(event, emitted)


def read_number(raw: Any) -> int | None:
    """The number of a task, if it is one."""
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= MAX_NUMBER else None


def read_id(raw: Any) -> str | None:
    """Text as long as an id may be, if it is that."""
    return raw if isinstance(raw, str) and 0 < len(raw) <= MAX_ID else None


def read_create(raw: Any) -> CreateIntent | None:
    """What `create` carries, if it is well formed."""
    column_id = read_id(raw.get("column_id")) if isinstance(raw, dict) else None
    return CreateIntent(column_id) if column_id is not None else None
