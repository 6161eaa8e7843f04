"""The harness's page of a task's title: the tests answer for the server, and are whoever else renames the task."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from nicegui import ui

from tasktracker.domain.references import TaskRef
from tasktracker.ui.components.task_title import TaskTitle

if TYPE_CHECKING:
    from tasktracker.ui.presenters.task import TaskPresenter


class Title:
    """A title of version 3; each name is saved as the version after."""

    def __init__(self, key: str, intents: list[dict[str, Any]], *, can_edit: bool) -> None:
        self._task = SimpleNamespace(title="Fix the login", version=3)
        self._intents = intents
        presenter = cast("TaskPresenter", SimpleNamespace(ref=TaskRef(key, 7), task=self._task))
        self._title = TaskTitle(presenter, self._save, can_edit=can_edit)
        self._client = ui.context.client

    async def _save(self, fields: dict[str, Any], version: int) -> bool:
        self._intents.append({"save": fields["title"], "version": version})
        self._task.title, self._task.version = fields["title"], self._task.version + 1
        return True

    def rename(self, title: str) -> None:
        """Somebody else does."""
        self._task.title, self._task.version = title, self._task.version + 1
        with self._client:
            self._title.refresh()
            ui.page_title(title)  # once the page is called that, it has heard of it


def install(projects: dict[str, Any], dress: Callable[[str], None]) -> None:
    """Add the page `/KEY/title`."""

    @ui.page("/{key}/title")
    def title_page(key: str, theme: str = "light", edit: int = 1) -> None:
        dress(theme)
        project = projects[key]
        project.views.append(Title(key, project.intents, can_edit=bool(edit)))
