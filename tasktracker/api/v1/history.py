"""What happened to a task."""

from fastapi import Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import Paged, Ref, SignedIn, part_of_list
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.services.queries import history
from tasktracker.services.views import EventView

router = api_router("History")


@router.get(
    "/tasks/{ref:segment}/history",
    summary="Read a task's history",
    responses=answers([examples.EVENT], NOT_FOUND, headers=("Link",)),
)
async def list_history(ref: Ref, page: Paged, actor: SignedIn, request: Request, answer: Response) -> list[EventView]:
    """What happened to a task and its comments, newest first."""
    found = await history.list_history(actor, ref, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)
