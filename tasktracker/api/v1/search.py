"""Full-text search."""

from typing import Annotated, Any

from fastapi import Query, Request, Response

from tasktracker.api.deps import OnlyProject, Paged, SignedIn, part_of_list
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.services.queries import search as queries
from tasktracker.services.queries.search import SearchHit

router = api_router("Search")
_HIT: dict[str, Any] = {
    "ref": "WEB-12",
    "title": "Fix the login",
    "title_html": "Fix the <mark>login</mark>",
    "snippet_html": None,
    "where": "title",
    "state": "started",
    "updated_at": "2026-11-23T09:15:00Z",
    "archived": False,
}


@router.get("/search", summary="Search for tasks", responses=answers([_HIT], NOT_FOUND, headers=("Link",)))
async def search_tasks(
    q: Annotated[
        str,
        Query(
            description='Words, "a phrase", `or`, `-not`; or the reference of a task. 1 to 200 characters.',
            examples=["login -css"],
            json_schema_extra={"minLength": 1, "maxLength": queries.QUERY_LIMIT},
        ),
    ],
    project: OnlyProject,
    page: Paged,
    actor: SignedIn,
    request: Request,
    answer: Response,
) -> list[SearchHit]:
    """The tasks of all projects that you see, or of one, the best match first; at most 90.

    Titles, descriptions and comments are searched, archived tasks too, and the trash not. The last word may be the
    beginning of one. When few tasks match, titles that are spelled almost so follow. `where` is reference, title,
    description, comment or similar. The only HTML in `title_html` and `snippet_html` is `<mark>`.
    """
    found = await queries.search_tasks(actor, q, project=project, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)
