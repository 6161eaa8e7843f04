"""The board: columns of cards that people drag. What it does in the browser stands in board.js."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tasktracker.ui.components.live_view import CreateIntent, Handler, LiveView, read_id, read_number

__all__ = ["Board", "CreateIntent", "MoveIntent", "read_move"]


@dataclass(frozen=True, slots=True)
class MoveIntent:
    """Somebody put a task between two others; `after` counts before `before`, None on both sides is the end."""

    number: int
    column_id: str
    after: int | None
    before: int | None
    version: int


class Board(LiveView, component="board.js"):
    """Draws a move before it is granted: answer each with `accept` or `refuse`."""

    def __init__(
        self,
        *,
        project_key: str,
        on_move: Handler[MoveIntent],
        on_open: Handler[int],
        on_create: Handler[CreateIntent] | None = None,
        can_edit: bool = False,
        selected: int | None = None,
        texts: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell the handlers what people want; see `LiveView` for the rest."""
        super().__init__(
            project_key=project_key,
            on_open=on_open,
            on_create=on_create,
            can_edit=can_edit,
            selected=selected,
            texts=texts,
        )
        self.answer("move", read_move, on_move)

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
    after, before = raw.get("after"), raw.get("before")
    if number is None or column_id is None or version is None:
        return None
    if not all(each is None or read_number(each) for each in (after, before)):
        return None
    return MoveIntent(number, column_id, after, before, version)
