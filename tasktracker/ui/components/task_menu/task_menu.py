"""What else can be done with a task: a button and its menu, as one element. Drawn by task_menu.js."""

from typing import Any

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.ui.components.intents import Handler, answer


class TaskMenu(Element, component="task_menu.js"):
    """`on_choose` is told the id of what somebody has chosen. The item `copy-link` is the browser's own to do."""

    def __init__(self, on_choose: Handler[str]) -> None:
        super().__init__()
        answer(self, "choose", self._read, on_choose)

    def show(self, items: dict[str, str], link: str) -> None:
        """Offer these, names by id; `link` is the address that is copied."""
        self.props["items"] = [{"id": item, "name": name} for item, name in items.items()]
        self.props["link"] = link
        self.update()

    def _read(self, raw: Any) -> str | None:
        """Something that is offered."""
        return next((item["id"] for item in self.props["items"] if item["id"] == raw), None)
