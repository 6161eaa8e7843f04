"""The board: columns of cards that people drag. What it does in the browser stands in board.js."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Unpack

from tasktracker.ui.components.intents import Handler
from tasktracker.ui.components.live_view import Common, CreateIntent, LiveView, read_id, read_number

__all__ = ["Board", "CreateIntent", "MoveIntent", "read_move"]


@dataclass(frozen=True, slots=True)
class MoveIntent:
    """Somebody put a task between two others; `after` counts before `before`, None on both sides is the end.

    `fields` are those of the API that the lane gives the task, where it came into another one.
    """

    number: int
    column_id: str
    after: int | None
    before: int | None
    version: int
    fields: Mapping[str, Any] = field(default_factory=dict)


class Board(LiveView, component="board.js"):
    """Draws a move before it is granted: answer each with `accept` or `refuse`."""

    shows_present = True

    def __init__(self, *, on_move: Handler[MoveIntent], **common: Unpack[Common]) -> None:
        """`common` is what every view takes: see `LiveView`."""
        super().__init__(**common)
        self.answer("move", read_move, on_move)

    def travel(self, at: str | None) -> None:
        """Show what was on the board at that moment (RFC 3339), where nothing can be moved; None shows the present."""
        self.props["at"] = at
        self.update()

    def accept(self, number: int, version: int) -> None:
        """The task was moved and has that version now. The patch that says so may come before or after."""
        self.run_method("accept", number, version)

    def refuse(self, number: int, reason: str = "") -> None:
        """Put the card back where it is in truth, and tell people who cannot see it why."""
        self.run_method("refuse", number, reason)


def read_move(raw: Any) -> MoveIntent | None:
    """What `move` carries, if it is well formed."""
    if not isinstance(raw, dict):
        return None
    number, column_id, version = (
        read_number(raw.get("number")),
        read_id(raw.get("column_id")),
        read_number(raw.get("version")),
    )
    after, before, fields = raw.get("after"), raw.get("before"), raw.get("fields", {})
    if number is None or column_id is None or version is None:
        return None
    if not isinstance(fields, dict) or not all(each is None or read_number(each) for each in (after, before)):
        return None
    return MoveIntent(number, column_id, after, before, version, fields)
