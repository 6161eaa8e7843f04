"""A page of the harness: a list with the palette over it, and what the commands press, focus and ask the server."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Query
from nicegui import ui

from tasktracker.domain.permissions import Permission
from tasktracker.domain.quick_add import Context, read_date
from tasktracker.domain.references import TaskRef
from tasktracker.services.queries.shell import ProjectLink, ShellView
from tasktracker.ui.components.palette.palette import Palette
from tasktracker.ui.components.peek.peek import Peek
from tasktracker.ui.components.task_list.task_list import TaskList
from tests.ui.components.samples import PEOPLE, id_of

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""
SLOW = "slow"
"""A search for this is answered late."""


class Project(Protocol):
    """What one test has set up, and what its pages have said."""

    board: dict[str, Any]
    intents: list[dict[str, Any]]
    views: list[Any]


def install(app: FastAPI, projects: dict[str, Any], dress: Callable[[str], None]) -> None:
    """Add the page `/KEY/palette`, and the addresses of the API that the palette asks."""

    @app.get("/api/v1/search")
    async def search(q: str) -> list[dict[str, Any]]:
        """The tasks of the project whose key is the first word, by a word of their titles."""
        key, _, words = q.partition(" ")
        project = projects.get(key.partition("-")[0].upper())
        if project is None:
            return []
        project.intents.append({"search": q})
        if SLOW in words:
            await asyncio.sleep(0.5)
        words = words.replace(SLOW, "")
        return [_hit(key.upper(), card, words) for card in project.board["cards"] if words in card["title"]]

    @app.get("/api/v1/dates")
    async def dates(text: list[str] = Query()) -> list[dict[str, str | None]]:  # noqa: B008, FAST002  short, in a test
        context = Context(now=NOW, zone=ZoneInfo("UTC"))
        return [{"text": each, "date": read_date(each, context)} for each in text]

    @ui.page("/{key}/palette")
    def palette_page(key: str, theme: str = "light", edit: int = 1) -> None:
        dress(theme)
        _draw(projects[key], key, can_edit=bool(edit))


def _draw(project: Project, key: str, *, can_edit: bool) -> None:
    def note(name: str) -> Callable[[Any], None]:
        return lambda what: project.intents.append({name: what})

    with ui.row():
        if can_edit:
            ui.button("New task", on_click=lambda: note("pressed")("new-task")).props("data-command=new-task")
        ui.input("Filter").props("data-command=filter")
        ui.element("button").props("data-command=palette aria-label=Search")
    project.views.append(
        TaskList(
            project_key=key,
            can_edit=can_edit,
            on_open=note("open"),
            on_edit=lambda intent: note("edit")(asdict(intent)),
            on_act=lambda intent: note("act")(asdict(intent)),
        )
    )
    draw_commands(project, key, can_edit=can_edit)


def draw_commands(project: Project, key: str, *, can_edit: bool) -> None:
    """The palette, which listens for the keys of all commands, and a glance at tasks."""

    async def read(ref: TaskRef) -> dict[str, Any]:
        project.intents.append({"look": str(ref)})
        looks = {"state": "started", "column": "In progress", "priority": "high", "due": None}
        task = {"ref": str(ref), "title": f"Task number {ref.number}", **looks, "labels": ["bug"], "people": []}
        return {**task, "html": "<p>How it <em>came</em> to that.</p>", "comments": []}

    Peek(read)
    links = [ProjectLink(key, "Website", "#5155c5"), ProjectLink("SHOP", "Corner shop", "#1d7a45")]
    me = UUID(id_of(PEOPLE[0]))
    shell = ShellView(
        "Acme", PEOPLE[0], "ana@example.org", "ana", "member", me, unread=0, inbox_mark="", projects=links, views=[]
    )
    Palette(shell, here=key, may={Permission.VIEW, Permission.EDIT_TASKS} if can_edit else {Permission.VIEW})


def _hit(key: str, card: dict[str, Any], word: str) -> dict[str, Any]:
    return {
        "ref": f"{key}-{card['number']}",
        "title_html": card["title"].replace(word, f"<mark>{word}</mark>") if word else card["title"],
        "state": "started",
        "archived": False,
    }
