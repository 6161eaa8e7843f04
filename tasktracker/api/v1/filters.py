"""Writing filters."""

from typing import Annotated, Any

from fastapi import Query

from tasktracker.api.deps import OnlyProject, SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.filter_language.completion import Completion
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT
from tasktracker.services.queries import filter_names as queries

router = api_router("Tasks")
_COMPLETION: dict[str, Any] = {
    "start": 6,
    "end": 8,
    "options": [{"text": "bug", "label": "bug", "kind": "label"}],
}


@router.get("/filter:complete", summary="Complete a filter", responses=answers(_COMPLETION, NOT_FOUND))
async def complete_filter(
    project: OnlyProject,
    actor: SignedIn,
    text: Annotated[
        str, Query(max_length=LENGTH_LIMIT, description="The filter as far as it is written.", examples=["label:bu"])
    ] = "",
    cursor: Annotated[
        int | None,
        Query(ge=0, le=LENGTH_LIMIT, description="How many characters are before the cursor; all unless told."),
    ] = None,
) -> Completion:
    """What could be written next: fields, and the people, labels, columns, projects and custom fields that there are.

    Each option may take the place of the characters from `start` up to `end`, which are Unicode characters, counted
    from 0. The filter may be broken anywhere.
    """
    return await queries.complete_filter(actor, text, len(text) if cursor is None else cursor, project)
