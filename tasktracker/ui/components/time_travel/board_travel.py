"""“As it was…” on the board."""

from datetime import datetime

from nicegui import ui

from tasktracker.ui.components.board.board import Board
from tasktracker.ui.components.time_travel.address import moment_in_address, show_moment
from tasktracker.ui.components.time_travel.past import BoardPast
from tasktracker.ui.elements import box, icon_button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.past import ProjectPast
from tasktracker.ui.presenters.project import ProjectPresenter


class BoardTravel:
    """A button, and the slider above a board that shows what was at its moment and cannot be changed meanwhile."""

    def __init__(self, project: ProjectPresenter) -> None:
        self._past = ProjectPast(project)
        self.at: datetime | None = None

    def button(self) -> None:
        """Draw the way into the past."""
        self._button = icon_button("history", t("As it was…"), self.open).props("data-command=board-as-it-was")

    def panel(self) -> None:
        """Draw where the slider comes; the board is drawn below it."""
        self._panel = box("tt-past-panel")
        self._panel.visible = False

    def moves(self, board: Board) -> None:
        """This is the board that travels."""
        self._board = board

    async def open(self, at: datetime | None = None) -> None:
        """Show the board as it was at a moment; without one, at the last step. Refusals are toasts."""
        with refusals_shown():
            await self._past.open(at if isinstance(at, datetime) else None)
            self._panel.clear()
            with self._panel:
                self._slider = BoardPast(self._past.step(), go=self._go, leave=self._leave)
            self._panel.visible = True
            self._show()

    async def _go(self, index: int) -> None:
        with refusals_shown():
            if await self._past.go(index) and self._panel.visible:
                self._show()

    def _show(self) -> None:
        if self._past.moment:
            self.at = self._past.moment.at
            self._slider.show(self._past.step())
            self._board.travel(moment_in_address(self.at))
            show_moment(self.at)

    def _leave(self) -> None:
        self.at = None
        self._panel.visible = False
        self._panel.clear()
        self._board.travel(None)
        show_moment()
        ui.run_javascript(f"getHtmlElement({self._button.id})?.focus()")
