"""A glance at the task that has the focus in a list, without leaving the list: what it does stands in peek.js."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import background_tasks
from nicegui.element import Element

import tasktracker.ui.components.live_view
import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.domain.references import TaskRef
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.intents import answer, read_ref
from tasktracker.ui.feedback import refusals_shown


class Peek(Element, component="peek.js"):
    """One for each page with a list of tasks. It reads a task when somebody looks at it, and again when it changes."""

    def __init__(self, read: Callable[[TaskRef], Awaitable[dict[str, Any]]]) -> None:
        """`read` gives a task as presenters/task_preview.py makes it."""
        super().__init__()
        self._read = read
        self._looked_at: TaskRef | None = None
        answer(self, "look", read_ref, self._look)
        self.on("leave", self._leave, args=[])

    def follow(self, key: str, patch: Patch) -> None:
        """Show what has changed in the task that somebody looks at."""
        ref = self._looked_at
        if ref and ref.key == key and any(card["number"] == ref.number for card in patch["cards"]):
            background_tasks.create(self._look(ref), context=self.client)

    async def _look(self, ref: TaskRef) -> None:
        """Whoever moves on meanwhile is not shown what they have left."""
        self._looked_at = ref
        with refusals_shown():
            task = await self._read(ref)
            if self._looked_at == ref:
                self.props["task"] = task

    def _leave(self) -> None:
        self._looked_at = None
