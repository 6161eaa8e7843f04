"""The page of a saved view of all projects: a table of what it finds."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.services.queries.saved_views import SavedViewView
from tasktracker.services.queries.shell import ShellView
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.peek.peek import Peek
from tasktracker.ui.components.task_table.task_table import FoundTasks
from tasktracker.ui.elements import box, icon, text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.task_preview import preview


def found_page(actor: Actor, shell: ShellView, view: SavedViewView, names: Mapping[str, Any]) -> None:
    """Draw the page; `names` are those of the columns, labels and people that tasks may have."""

    def bar() -> None:
        with box("tt-found"):
            icon("filter_list")
            text(view.query or t("All tasks of all projects"), "tt-found-query", tag="code").props["dir"] = "auto"

    with frame(shell, title=view.name, here=str(view.id), bar=bar):
        project = {"key": "", "name": view.name, "archived": True, **names}
        FoundTasks(frame=project, query=view.query, layout=view.layout)
        Peek(partial(preview, actor))
