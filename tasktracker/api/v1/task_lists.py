"""Lists of tasks."""

from fastapi import Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import Key, Paged, SignedIn, part_of_list
from tasktracker.api.describe import answers
from tasktracker.api.fields import sparse
from tasktracker.api.listing import AnyTask, Listed, ListedOfAll
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.services.queries import tasks as queries
from tasktracker.services.views import TaskView

router = api_router("Tasks")


@router.get(
    "/projects/{key:segment}/tasks",
    summary="List a project's tasks",
    responses=answers([examples.TASK], NOT_FOUND, headers=("Link",)),
    dependencies=[sparse(TaskView)],
)
async def list_tasks(
    key: Key, listing: Listed, page: Paged, actor: SignedIn, request: Request, answer: Response
) -> list[AnyTask]:
    """The tasks that a filter lets through, newest first unless told.

    A cursor goes on behind the last task that was sent, whatever has changed before it, and is good for the same filter
    and order alone.
    """
    found = await queries.list_tasks(actor, key, limit=page.limit, cursor=page.cursor, **listing.arguments)
    return part_of_list(request, answer, found)


@router.get(
    "/tasks",
    summary="List tasks of all projects",
    responses=answers([examples.TASK], headers=("Link",)),
    dependencies=[sparse(TaskView)],
)
async def list_all_tasks(
    listing: ListedOfAll, page: Paged, actor: SignedIn, request: Request, answer: Response
) -> list[AnyTask]:
    """The tasks that a filter lets through, of all projects that you see, latest change first unless told.

    Projects in the archive are left out unless the filter names them, as in `project:OLD`. There is no `position` of
    tasks of several projects.
    """
    found = await queries.list_all_tasks(actor, limit=page.limit, cursor=page.cursor, **listing.arguments)
    return part_of_list(request, answer, found)
