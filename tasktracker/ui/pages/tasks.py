"""`/t/WEB-12`: a task by itself. `/WEB-12` is the same in short."""

from fastapi.responses import RedirectResponse, Response

from tasktracker.domain.references import TaskRef
from tasktracker.services.queries.tasks import moved_ref
from tasktracker.ui.components.task_page import TaskPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.session import signed_in


@page("/t/{ref}")
async def task_page(ref: str, at: str | None = None) -> Response | None:
    actor = await signed_in()
    task = TaskRef.parse(ref)
    if moved := await moved_ref(actor, task):
        return RedirectResponse(f"/t/{moved}", status_code=303)
    await TaskPage(ProjectPresenter(actor, task.key), TaskPresenter(actor, task)).open(at)
    return None


@page("/{key}-{number:int}")
async def short_address(key: str, number: int) -> Response:
    return RedirectResponse(f"/t/{TaskRef.parse(f'{key}-{number}')}", status_code=303)
