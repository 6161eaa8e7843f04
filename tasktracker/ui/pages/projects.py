"""The projects of the workspace."""

from nicegui import ui

from tasktracker.services.queries.projects import list_projects
from tasktracker.services.queries.shell import get_shell
from tasktracker.services.views import ProjectView
from tasktracker.ui.components.create_project import CreateProjectDialog
from tasktracker.ui.components.frame import frame
from tasktracker.ui.elements import box, button, text, written
from tasktracker.ui.language import t, tn
from tasktracker.ui.paging import page
from tasktracker.ui.session import signed_in

MANY = 30
"""Projects shown as tiles; the rest is in the sidebar."""


@page("/")
async def projects_page() -> None:
    actor = await signed_in()
    shell, projects = await get_shell(actor), await list_projects(actor)
    dialog = CreateProjectDialog(actor)
    with frame(shell, title=t("Projects")) as actions:
        with actions:
            button(t("New project"), dialog.open, kind="primary", icon="add").props("data-command=new-project")
        _tiles(projects) if projects else _welcome(dialog)


def _tiles(projects: list[ProjectView]) -> None:
    with box("tt-tiles"):
        for project in projects[:MANY]:
            _tile(project)


def _tile(project: ProjectView) -> None:
    with ui.link(target=f"/{project.key}/board").classes("tt-tile").style(f"--tt-project: {project.color}"):
        text(project.key, "tt-tile-key")
        written(project.name, "tt-tile-name")
        written(project.description, "tt-tile-text")
        is_open = tn("{n} open", "{n} open", project.open_tasks)
        text(t("{tasks} · private", tasks=is_open) if project.is_private else is_open, "tt-tile-foot")


def _welcome(dialog: CreateProjectDialog) -> None:
    with box("tt-empty"):
        text(t("Start with a project"), "tt-empty-title", tag="h2")
        text(
            t(
                "A project holds the tasks of one piece of work, on a board with columns of your own. "
                "Everything on it is live: what you move, your team sees move."
            ),
            "tt-empty-text",
            tag="p",
        )
        button(t("Create your first project"), dialog.open, kind="primary")
