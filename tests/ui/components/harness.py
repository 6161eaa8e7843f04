"""A server for the component tests: it serves boards from memory, notes what people want, and sends patches.

Prints its address once it listens. Each test uses a project key of its own. The tests speak to it by
`PUT /projects/KEY` (what the board answers), `POST /projects/KEY/call` (a method of every open view) and
`GET /projects/KEY/intents`.
"""

import asyncio
import json
import os
import socket
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Query, Response
from nicegui import ui
from nicegui.element import Element
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

import tasktracker.ui
from tasktracker.ui.components.activity.activity import Activity, NarrowIntent
from tasktracker.ui.components.board.board import Board, CreateIntent, MoveIntent
from tasktracker.ui.components.calendar.calendar import Calendar
from tasktracker.ui.components.inbox.inbox import Inbox, SnoozeIntent
from tasktracker.ui.components.live_view import ActIntent, Common, EditIntent
from tasktracker.ui.components.my_work.my_work import MyWork
from tasktracker.ui.components.put_away.put_away import PutAway
from tasktracker.ui.components.quick_line.quick_line import LinesIntent, QuickLine, ReadIntent
from tasktracker.ui.components.task_conflict.task_conflict import TaskConflict
from tasktracker.ui.components.task_list.task_list import TaskList
from tasktracker.ui.components.task_properties.task_properties import Answers, TaskProperties
from tasktracker.ui.components.timeline.timeline import Timeline
from tasktracker.ui.components.view_tools.view_tools import ViewTools
from tasktracker.ui.styles import STYLES
from tests.ui.components import palette_page, past_page, reports_page, search_page, title_page, writing_page
from tests.ui.components.samples import PEOPLE, id_of

STATIC = Path(tasktracker.ui.__file__).parent / "static"
SCRIPTS = ("language", "formats", "refusals", "address", "drafts")
FILL = ".nicegui-content { block-size: 100vh; inline-size: 100%; align-items: stretch }"

app = FastAPI()


@dataclass
class Project:
    """What one test has set up, and what its pages have said."""

    board: dict[str, Any] = field(default_factory=dict)
    fitting: dict[str, list[int]] = field(default_factory=dict)
    asked: list[list[int]] = field(default_factory=list)
    status: int = 200
    delay: float = 0.0
    loads: int = 0
    intents: list[dict[str, Any]] = field(default_factory=list)
    views: list[Element] = field(default_factory=list)


projects: dict[str, Project] = {}


@app.put("/projects/{key}")
async def set_up(key: str, body: dict[str, Any]) -> None:
    project = projects.setdefault(key, Project())
    project.board = body.get("board", project.board)
    project.fitting = body.get("fitting", project.fitting)
    project.status = body.get("status", 200)
    project.delay = body.get("delay", 0.0)


@app.post("/projects/{key}/call")
async def call(key: str, body: dict[str, Any]) -> None:
    for view in projects[key].views:
        getattr(view, body["method"])(*body["arguments"], **body.get("named", {}))


@app.get("/projects/{key}")
async def seen(key: str) -> dict[str, Any]:
    return {"loads": projects[key].loads, "intents": projects[key].intents, "asked": projects[key].asked}


@app.get("/api/v1/projects/{key}/board")
async def board_of(key: str) -> Response:
    project = projects[key]
    project.loads += 1
    board, status = project.board, project.status
    await asyncio.sleep(project.delay)
    if status != 200:
        return JSONResponse({"detail": "The harness was told to refuse this."}, status)
    return JSONResponse(board)


@app.get("/api/v1/projects/{key}/board:fitting")
async def fitting_of(
    key: str, query: Annotated[str, Query(alias="filter")], numbers: Annotated[list[int] | None, Query()] = None
) -> Response:
    """What fits each filter is set up; of any other the last word is wrong."""
    project = projects[key]
    project.asked.append(numbers or [])
    if query not in project.fitting:
        start = query.rfind(" ") + 1
        problem = {"detail": "There is no such word.", "position": start, "length": len(query) - start}
        return JSONResponse({**problem, "suggestion": "is:open"}, 422)
    fitting = [number for number in project.fitting[query] if numbers is None or number in numbers]
    return JSONResponse({"revision": 1, "numbers": fitting})


@ui.page("/{key}/board")
def board_page(key: str, theme: str = "light", edit: int = 1, selected: int | None = None) -> None:
    project = _dressed(key, theme)

    def moved(intent: MoveIntent) -> None:
        project.intents.append({"move": {name: value for name, value in asdict(intent).items() if value != {}}})

    project.views.append(Board(on_move=moved, **_common(key, edit, selected)))


@ui.page("/{key}/list")
def list_page(key: str, theme: str = "light", edit: int = 1, selected: int | None = None) -> None:
    _dressed(key, theme).views.append(TaskList(**_common(key, edit, selected)))


@ui.page("/{key}/tools")
def tools_page(key: str, theme: str = "light") -> None:
    _dressed(key, theme)
    ViewTools(project_key=key, view="list", account_id=id_of(PEOPLE[0]))


@ui.page("/{key}/new")
def new_page(key: str, theme: str = "light") -> None:
    project = _dressed(key, theme)

    async def read(question: ReadIntent) -> None:
        project.intents.append({"read": question.text, "turn": question.turn})

    async def create(intent: LinesIntent) -> None:
        project.intents.append({"create": intent.text, "another": intent.another})

    def noted(name: str) -> Any:
        return lambda what=None: project.intents.append({name: what})

    line = QuickLine(on_read=read, on_create=create, on_cancel=noted("cancel"), on_fold=noted("fold"))
    line.knows(project.board["names"])
    with line:
        ui.textarea().props("aria-label=Description").classes("tt-body-input")
    project.views.append(line)


@ui.page("/{key}/calendar")
def calendar_page(key: str, theme: str = "light", edit: int = 1, selected: int | None = None) -> None:
    _dressed(key, theme).views.append(Calendar(**_common(key, edit, selected)))


@ui.page("/{key}/timeline")
def timeline_page(key: str, theme: str = "light", edit: int = 1, selected: int | None = None) -> None:
    _dressed(key, theme).views.append(Timeline(**_common(key, edit, selected)))


def _common(key: str, edit: int, selected: int | None) -> Common:
    project = projects[key]

    def edited(intent: EditIntent) -> None:
        project.intents.append({"edit": dict(intent.edits), "versions": dict(intent.versions)})

    def acted(intent: ActIntent) -> None:
        project.intents.append({intent.act: list(intent.numbers)})

    return {
        "project_key": key,
        "can_edit": bool(edit),
        "on_open": _opened(project),
        "on_create": _created(project),
        "on_edit": edited,
        "on_act": acted,
        "selected": selected,
    }


def _dressed(key: str, theme: str) -> Project:
    _dress(theme)
    return projects[key]


@ui.page("/{key}/inbox")
def inbox_page(key: str, theme: str = "light", state: str = "all") -> None:
    project = projects[key]
    _dress(theme)

    def noted(name: str) -> Any:
        async def note(intent: Any) -> None:
            project.intents.append({name: json.loads(json.dumps(intent, default=_plain))})

        return note

    async def more() -> None:
        project.intents.append({"more": None})

    inbox = Inbox({"WEB": {"name": "Website", "color": "#5155c5"}})
    named = ("show", "look", "read", "unread", "snooze")
    inbox.answers(more=more, **{name: noted(name) for name in named})
    inbox.show(project.board["items"], state=state, has_more=False)
    project.views.append(inbox)
    palette_page.draw_commands(project, key, can_edit=True)


@ui.page("/{key}/work")
def work_page(key: str, theme: str = "light") -> None:
    work = MyWork({"WEB": {"name": "Website", "color": "#5155c5"}, "APP": {"name": "App", "color": "#1d7a45"}})
    _dressed(key, theme).views.append(work)


@ui.page("/{key}/activity")
def activity_page(key: str, theme: str = "light") -> None:
    project = _dressed(key, theme)

    async def narrow(intent: NarrowIntent) -> None:
        project.intents.append({"narrow": asdict(intent)})

    async def more() -> None:
        project.intents.append({"more": None})

    ui.on("tt-undo", lambda event: project.intents.append({"undo": event.args}))
    activity = Activity({"ana": "Ana Torres"})
    activity.answers(narrow=narrow, more=more)
    activity.show(project.board["items"], by="", kind="", has_more=bool(project.board.get("has_more")))
    project.views.append(activity)


@ui.page("/{key}/trash")
def trash_page(key: str, theme: str = "light", purge: int = 1) -> None:
    project = _dressed(key, theme)

    def noted(name: str) -> Any:
        async def note(intent: Any = None) -> None:
            project.intents.append({name: intent})

        return note

    trash = PutAway(key, "trash", can_restore=True, can_purge=bool(purge))
    trash.answers(search=noted("search"), bring_back=noted("bring"), purge=noted("purge"), more=noted("more"))
    trash.show(project.board["items"], search="", has_more=False)
    project.views.append(trash)


@ui.page("/{key}/properties")
def properties_page(key: str, theme: str = "light", zone: str = "UTC", edit: int = 1, page: int = 0) -> None:
    project = _dressed(key, theme)
    ui.add_head_html(f"<script>document.documentElement.dataset.timeZone = {json.dumps(zone)}</script>")

    def noted(name: str) -> Any:
        def note(intent: Any) -> None:
            given = asdict(intent) if is_dataclass(intent) and not isinstance(intent, type) else intent
            project.intents.append({name: json.loads(json.dumps(given, default=str))})

        return note

    answers = Answers(*(noted(name) for name in ("save", "remind", "forget", "act")))
    properties = TaskProperties(answers, can_edit=bool(edit), is_page=bool(page))
    properties.show(project.board["task"], project.board["frame"])
    project.views.append(properties)


@ui.page("/{key}/conflict")
def conflict_page(key: str, theme: str = "light") -> None:
    project = _dressed(key, theme)

    def noted(name: str) -> Any:
        return lambda intent: project.intents.append({name: intent})

    conflict = TaskConflict(keep=noted("keep"), take=noted("take"), merge=noted("merge"))
    conflict.show(f"{key}-7", "Somebody else changed this.", project.board["choices"])
    project.views.append(conflict)


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, SnoozeIntent) else str(value)


def _opened(project: Project) -> Any:
    return lambda number: project.intents.append({"open": number})


def _created(project: Project) -> Any:
    def created(intent: CreateIntent) -> None:
        project.intents.append({"create": intent.column_id or intent.due})

    return created


def _dress(theme: str) -> None:
    links = "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in STYLES)
    script = f"<script>document.documentElement.dataset.theme = {json.dumps(theme)}</script>"
    script += "<script>document.documentElement.dataset.locale = 'en-GB'</script>"
    language = "".join(f'<script src="/static/{name}.js"></script>' for name in SCRIPTS)
    ui.add_head_html(f"{links}{language}<style>{FILL}</style>{script}")
    ui.page_title("Harness")


def main() -> None:
    """Listen on a free port of the loopback, until told to stop."""
    palette_page.install(app, projects, _dress)
    writing_page.install(projects, _dress)
    reports_page.install(projects, _dress)
    past_page.install(projects, _dress)
    title_page.install(projects, _dress)
    search_page.install(_dress)
    app.mount("/static", StaticFiles(directory=STATIC))
    ui.run_with(app, tailwind=False, language="en-US", show_welcome_message=False, reconnect_timeout=10)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        os.write(1, f"http://127.0.0.1:{listener.getsockname()[1]}\n".encode())
        server.run(sockets=[listener])


if __name__ == "__main__":
    main()
