"""The page of a project: a view of its tasks, and the dialogs that open over it."""

import json
from functools import partial

from nicegui import ui

from tasktracker.domain.errors import Refusal
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_moment
from tasktracker.realtime.hub import Patch
from tasktracker.services.task_changes import Spot
from tasktracker.ui.components.board.board import Board, CreateIntent, MoveIntent
from tasktracker.ui.components.calendar.calendar import Calendar
from tasktracker.ui.components.create_task import CreateTaskDialog
from tasktracker.ui.components.live_view import Common, LiveView
from tasktracker.ui.components.peek.peek import Peek
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.project_frame import project_frame
from tasktracker.ui.components.task_dialog import TaskDialog
from tasktracker.ui.components.task_list.task_list import TaskList
from tasktracker.ui.components.task_presence.task_presence import follow_socket
from tasktracker.ui.components.task_table.task_table import TaskTable
from tasktracker.ui.components.time_travel.address import show_moment
from tasktracker.ui.components.time_travel.board_travel import BoardTravel
from tasktracker.ui.components.timeline.timeline import Timeline
from tasktracker.ui.components.view_tools.view_tools import ViewTools
from tasktracker.ui.elements import button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.page_title import page_title
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task_preview import preview
from tasktracker.ui.refusals import refusal_text
from tasktracker.ui.sockets import follow_from_page


class ProjectPage:
    """Follows the project before anything is drawn; the view fetches its tasks itself, so that nothing is missed."""

    def __init__(self, presenter: ProjectPresenter, view: str) -> None:
        self._presenter = presenter
        self._view = view
        self._travel = BoardTravel(presenter)
        self._is_drawn = False

    async def open(self, number: int | None, at: str | None = None) -> None:
        """Draw the page, and the task of that number over it; at a moment (RFC 3339) as they were then.

        Raises NotFound, Invalid.
        """
        then = clean_moment(at, "/query/at") if at else None
        self._client = ui.context.client
        project_id, leave = await self._presenter.open(self._on_patch)
        follow_from_page(project_id, leave)
        follow_socket(self._presenter.presence, self._client)
        with project_frame(self._presenter, self._view, tools=self._tools) as actions:
            with actions:
                if self._view == "board":
                    self._travel.button()
                if self._presenter.can_edit:
                    button(t("New task"), self._create, kind="primary", icon="add").props("data-command=new-task")
            self._deeds = ProjectDeeds(self._presenter)
            self._travel.panel()
            self._tasks = self._draw()
            self._presenter.presence.show_project(self._tasks.show_present)
            self._task_dialog = TaskDialog(self._presenter, self._deeds, self._show_open, self._create_subtask)
            self._create_dialog = CreateTaskDialog(self._presenter)
            self._peek = Peek(partial(preview, self._presenter.actor))
        self._is_drawn = True
        if number is not None:
            await self._task_dialog.open(number, then)
        elif then and self._view == "board":
            await self._travel.open(then)

    def _tools(self) -> None:
        ViewTools(project_key=self._presenter.key, view=self._view, account_id=str(self._presenter.actor.account_id))

    def _draw(self) -> LiveView:
        views = {
            "board": self._board,
            "list": self._list,
            "table": self._table,
            "calendar": self._calendar,
            "timeline": self._timeline,
        }
        return views[self._view]()

    def _board(self) -> Board:
        async def move(intent: MoveIntent) -> None:
            await self._move(board, intent)

        board = Board(on_move=move, **self._common())
        self._travel.moves(board)
        return board

    def _list(self) -> TaskList:
        return TaskList(**self._common())

    def _table(self) -> TaskTable:
        return TaskTable(frame=self._presenter.frame, **self._common())

    def _calendar(self) -> Calendar:
        return Calendar(**self._common())

    def _timeline(self) -> Timeline:
        return Timeline(**self._common())

    def _common(self) -> Common:
        return {
            "project_key": self._presenter.key,
            "can_edit": self._presenter.can_edit,
            "on_open": self._open,
            "on_create": self._create_in,
            "on_edit": self._deeds.edit,
            "on_act": self._deeds.act,
        }

    def _on_patch(self, patch: Patch) -> None:
        if not self._is_drawn:
            return  # the view fetches its cards once it is drawn
        self._tasks.patch(patch)
        self._task_dialog.follow(patch)
        self._peek.follow(self._presenter.key, patch)

    async def _move(self, board: Board, intent: MoveIntent) -> None:
        spot = Spot(intent.column_id, intent.after, intent.before)
        with refusals_shown():
            try:
                version = await self._presenter.move(intent.number, spot, intent.version, intent.fields)
            except Refusal as refusal:
                board.refuse(intent.number, refusal_text(refusal))
                raise
            board.accept(intent.number, version)

    async def _open(self, number: int) -> None:
        await self._task_dialog.open(number, self._travel.at)

    def _create(self) -> None:
        self._create_dialog.open()

    def _create_in(self, intent: CreateIntent) -> None:
        self._create_dialog.open(intent.column_id, intent.due)

    def _create_subtask(self, parent: TaskRef) -> None:
        self._create_dialog.open(parent=parent)

    def _show_open(self, number: int | None) -> None:
        """The address always says what is open, to be reloaded or sent to somebody; the view marks it."""
        ui.run_javascript(f"window.tasktracker.setAddress({json.dumps({'task': number})})")
        if number is None:
            show_moment(self._travel.at)
            page_title().name("")
        self._tasks.select(number)
        self._presenter.presence.open(number)
