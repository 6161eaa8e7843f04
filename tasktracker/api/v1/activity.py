"""What was done in all projects, command by command."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import OnlyProject, Paged, SignedIn, part_of_list
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.events import EventKind
from tasktracker.services.queries import activity
from tasktracker.services.queries.activity import PlacedCommandView

router = api_router("History")
_EVENT = examples.EVENT
_DEED: dict[str, Any] = {
    "revision": _EVENT["revision"], "kind": _EVENT["kind"], "subject_id": _EVENT["subject_id"],
    "changes": _EVENT["changes"], "task": _EVENT["task"], "title": "Fix the login",
}  # fmt: skip
_COMMAND: dict[str, Any] = {
    "command": _EVENT["command"], "actor_id": _EVENT["actor_id"], "at": _EVENT["at"], "request": _EVENT["request"],
    "count": 1, "deeds": [_DEED], "is_undone": False, "may_undo": True, "project": "WEB",
}  # fmt: skip


@router.get("/activity", summary="List what was done", responses=answers([_COMMAND], NOT_FOUND, headers=("Link",)))
async def list_activity(
    project: OnlyProject,
    page: Paged,
    actor: SignedIn,
    request: Request,
    answer: Response,
    by: Annotated[UUID | None, Query(description="The id of a person: only what they did.")] = None,
    kind: Annotated[list[EventKind] | None, Query(description="Only events of these kinds.")] = None,
) -> list[PlacedCommandView]:
    """What was done in all projects that you see, or in one, newest first: an entry for each command.

    `deeds` are the first 12 of its `count` events, `title` is the present one of their task. `may_undo` says whether
    you may try to take it back; whether later changes are in the way shows when you do. To miss nothing, follow each
    project's events instead.
    """
    found = await activity.list_all_activity(
        actor, project=project, by=by, kinds=kind, limit=page.limit, cursor=page.cursor
    )
    return part_of_list(request, answer, found)
