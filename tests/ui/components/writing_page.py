"""A page of the harness: a field to write Markdown in, a text with a checklist, and what was said about it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from nicegui import ui

from tasktracker.domain.markdown import to_html
from tasktracker.ui.components.prose.prose import Prose
from tasktracker.ui.components.thread.thread import Thread
from tasktracker.ui.components.writing.writing import markdown_field
from tasktracker.ui.drafts import draft_saved
from tasktracker.ui.elements import button


def install(projects: dict[str, Any], dress: Callable[[str], None]) -> None:
    """Add the page `/KEY/writing`. `board` holds the `text`, what the `prose` says, and the `items` of the thread."""

    @ui.page("/{key}/writing")
    def writing_page(key: str, theme: str = "light", tick: int = 1) -> None:
        dress(theme)
        project = projects[key]

        def note(name: str) -> Callable[[Any], None]:
            return lambda what: project.intents.append({name: what})

        async def noted(intent: Any) -> None:
            project.intents.append({type(intent).__name__: asdict(intent)})

        async def edited(comment_id: str, body: str) -> None:
            project.intents.append({"edit": [comment_id, body]})
            draft_saved(f"WEB-1:comment:{comment_id}", body)

        async def deleted(comment_id: str) -> None:
            project.intents.append({"delete": comment_id})

        board = project.board
        button("Before")
        field = markdown_field("WEB", "Description", value=board.get("text", ""))
        field.on("keydown.esc", lambda: note("escape")(1), js_handler="(event) => emit()")
        button("Save", lambda: note("saved")(field.value))
        prose = Prose(empty="Nothing yet.", can_tick=bool(tick), on_tick=noted)
        prose.show(to_html(board.get("prose", "")))
        thread = Thread(
            draft_prefix="WEB-1", can_comment=True, on_edit=edited, on_delete=deleted, on_tick=noted, on_react=noted
        )
        thread.show(board.get("items", []))
        project.views.append(prose)
