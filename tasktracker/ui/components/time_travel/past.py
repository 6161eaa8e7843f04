"""The two faces of the past in the browser: what they draw stands in task_past.js and board_past.js."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the scripts import from there
from tasktracker.ui.components.intents import Handler, answer
from tasktracker.ui.presenters.past import Step

MOST = 2**53
"""Steps that a browser's numbers can tell apart."""
LONGEST = 60
"""Characters of a field's name."""


class Past(Element):
    """Shows one step, and says where people want to go."""

    def __init__(self, step: Step, *, go: Handler[int], leave: Callable[[], None]) -> None:
        super().__init__()
        self.props["step"] = step
        answer(self, "go", read_index, go)
        self.on("leave", leave)

    def show(self, step: Step) -> None:
        """Another step."""
        self.props["step"] = step
        self.update()


class BoardPast(Past, component="board_past.js"):
    """The slider above a board."""


class TaskPast(Past, component="task_past.js"):
    """The slider, and the task as it was."""

    def show_task(self, step: Step, picture: dict[str, Any]) -> None:
        """Another step, and the task of then; see `presenters.past.TaskPast`."""
        self.props["picture"] = picture
        self.show(step)


def read_index(raw: Any) -> int | None:
    """What `go` carries, if it is well formed."""
    index = raw.get("index") if isinstance(raw, dict) else None
    return index if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < MOST else None


def read_field(raw: Any) -> str | None:
    """What `restore` carries, if it is well formed."""
    field = raw.get("field") if isinstance(raw, dict) else None
    return field if isinstance(field, str) and 0 < len(field) <= LONGEST else None
