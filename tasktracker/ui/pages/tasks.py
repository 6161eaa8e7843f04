"""`/t/WEB-12`: the short address of a task."""

from fastapi.responses import RedirectResponse, Response

from tasktracker.domain.references import TaskRef
from tasktracker.ui.paging import page
from tasktracker.ui.session import signed_in


@page("/t/{ref}")
async def task_page(ref: str) -> Response:
    await signed_in()
    task = TaskRef.parse(ref)
    return RedirectResponse(f"/{task.key}/board?task={task.number}", status_code=303)
