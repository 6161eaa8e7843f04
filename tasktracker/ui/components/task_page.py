"""The page of one task: the same as in its dialog, with more room."""

from nicegui import ui

from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_moment
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.create_task import CreateTaskDialog
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.task_presence.task_presence import follow_socket
from tasktracker.ui.components.task_sheet import Around, TaskSheet
from tasktracker.ui.components.task_way import parent_link, state_mark
from tasktracker.ui.elements import box, written
from tasktracker.ui.feedback import done_toast_on_arrival
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.sockets import follow_from_page


class TaskPage:
    """Follows the project before the task is read, so that nothing is missed."""

    def __init__(self, project: ProjectPresenter, task: TaskPresenter) -> None:
        self._project = project
        self._task = task
        self._sheet: TaskSheet | None = None
        self._missed: list[Patch] = []  # what came before it was there

    async def open(self, at: str | None = None) -> None:
        """Draw the page, with the task as it was at a moment (RFC 3339) if one is given. Raises NotFound, Invalid."""
        then = clean_moment(at, "/query/at") if at else None
        self._client = ui.context.client
        project_id, leave = await self._project.open(self._on_patch)
        follow_from_page(project_id, leave)
        follow_socket(self._project.presence, self._client)
        await self._task.load()
        with frame(
            self._project.shell,
            title=str(self._task.ref),
            here=self._project.key,
            color=self._project.project.color,
            may=self._project.permissions,
            crumbs=self._crumbs,
        ) as actions:
            with actions:
                self._marks = box("tt-task-way")
                head = box("tt-task-buttons")
            deeds = ProjectDeeds(self._project)
            body = box("tt-task-page").props("data-takes-files")
            create = CreateTaskDialog(self._project)
            around = Around(
                head,
                body,
                self._show_way,
                lambda _task: None,
                lambda: None,
                _go,
                lambda ref: create.open(parent=ref),
                is_page=True,
            )
            self._sheet = TaskSheet(self._project, deeds, self._task, around)
            for patch in self._missed:
                self._sheet.follow(patch)
        self._project.presence.open(self._task.ref.number)
        if then:
            await self._sheet.travel(then)

    def _on_patch(self, patch: Patch) -> None:
        if self._sheet:
            self._sheet.follow(patch)
        else:
            self._missed.append(patch)

    def _crumbs(self) -> None:
        with ui.link(target=f"/{self._project.key}/board").classes("tt-crumb"):
            name = written(self._project.frame["name"])
        self._project.renamed = name.set_text
        self._way = box("tt-task-way")

    def _show_way(self, task: TaskPresenter) -> None:
        self._way.clear()
        with self._way:
            if task.parent:
                parent_link(task.parent)
        self._marks.clear()
        with self._marks:
            state_mark(task.task)


def _go(ref: TaskRef, told: str) -> None:
    """To another task, or along with this one to another project."""
    if told:
        done_toast_on_arrival(told)
    ui.navigate.to(f"/t/{ref}")
