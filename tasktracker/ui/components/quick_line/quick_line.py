"""The form for new tasks: its line, or lines, what is understood of them, and around them what is drawn into it.

What it does in the browser stands in quick_line.js.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nicegui.element import Element

from tasktracker.domain.text import BODY_LIMIT
from tasktracker.ui.components.intents import answer
from tasktracker.ui.components.modules import register_modules

register_modules("tasktracker-quick-line", Path(__file__).parent / "parts")


@dataclass(frozen=True, slots=True)
class ReadIntent:
    """Somebody is typing: what is understood of that text? `turn` counts the questions."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class LinesIntent:
    """Somebody wants the tasks that the text describes, and another one afterwards."""

    text: str
    another: bool


class QuickLine(Element, component="quick_line.js"):
    """A block drawn into it stands between the line and the buttons."""

    def __init__(
        self,
        *,
        on_read: Callable[[ReadIntent], Awaitable[None]],
        on_create: Callable[[LinesIntent], Awaitable[None]],
        on_cancel: Callable[[], object],
        on_fold: Callable[[str], None],
    ) -> None:
        """`on_fold` gets all lines but the first, when somebody wants one task of them after all."""
        super().__init__()
        answer(self, "read", read_question, on_read)
        answer(self, "create", read_lines, on_create)
        answer(self, "fold", read_text, on_fold)
        self.on("cancel", on_cancel, args=[])

    def keeps(self, draft: str) -> None:
        """Keep what is typed under that name, and bring it back."""
        self.props["draft"] = draft

    def knows(self, names: dict[str, Any]) -> None:
        """What markers may name: `{people, labels, columns, projects}`."""
        self.props["names"] = names

    def overrules(self, kinds: Collection[str]) -> None:
        """Chips of these kinds do not count: fields beside the line say otherwise."""
        self.props["overruled"] = sorted(kinds)

    def answered(self, turn: int, reading: dict[str, Any]) -> None:
        """What is understood of the text of that question."""
        self.run_method("answered", turn, reading)

    def done(self, *, is_made: bool) -> None:
        """The tasks are made, or refused: then the text stays."""
        self.run_method("done", is_made)

    def begin_with(self, text: str, instead_of: str) -> None:
        """Write that into the line, if nothing but that other text stands there."""
        self.run_method("beginWith", text, instead_of)


def read_question(raw: Any) -> ReadIntent | None:
    """What `read` carries, if it is well formed."""
    match raw:
        case {"turn": int(turn), "text": str(text)} if not isinstance(turn, bool) and len(text) <= BODY_LIMIT:
            return ReadIntent(turn, text)
    return None


def read_lines(raw: Any) -> LinesIntent | None:
    """What `create` carries, if it is well formed. What is too long, the service says."""
    match raw:
        case {"text": str(text), "another": bool(another)}:
            return LinesIntent(text, another)
    return None


def read_text(raw: Any) -> str | None:
    """A text, if it is one."""
    return raw if isinstance(raw, str) else None
