"""`/t/WEB-12`: the short address of a task."""

from fastapi.responses import RedirectResponse, Response

from tasktracker.domain.references import TaskRef
from tasktracker.services.queries.tasks import moved_ref
from tasktracker.ui.paging import page
from tasktracker.ui.session import signed_in


@page("/t/{ref}")
async def task_page(ref: str) -> Response:
    actor = await signed_in()
    wanted = TaskRef.parse(ref)
    task = await moved_ref(actor, wanted) or wanted
    return RedirectResponse(f"/{task.key}/board?task={task.number}", status_code=303)
