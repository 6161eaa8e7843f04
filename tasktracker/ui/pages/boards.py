"""The views of a project's tasks."""

from tasktracker.ui.components.project_page import ProjectPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.session import signed_in


@page("/{key}/board")
async def board_page(key: str, task: int | None = None, at: str | None = None) -> None:
    actor = await signed_in()
    await ProjectPage(ProjectPresenter(actor, key.upper()), "board").open(task, at)


@page("/{key}/list")
async def list_page(key: str, task: int | None = None, at: str | None = None) -> None:
    actor = await signed_in()
    await ProjectPage(ProjectPresenter(actor, key.upper()), "list").open(task, at)


@page("/{key}/table")
async def table_page(key: str, task: int | None = None, at: str | None = None) -> None:
    actor = await signed_in()
    await ProjectPage(ProjectPresenter(actor, key.upper()), "table").open(task, at)


@page("/{key}/calendar")
async def calendar_page(key: str, task: int | None = None, at: str | None = None) -> None:
    actor = await signed_in()
    await ProjectPage(ProjectPresenter(actor, key.upper()), "calendar").open(task, at)


@page("/{key}/timeline")
async def timeline_page(key: str, task: int | None = None, at: str | None = None) -> None:
    actor = await signed_in()
    await ProjectPage(ProjectPresenter(actor, key.upper()), "timeline").open(task, at)
