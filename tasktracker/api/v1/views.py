"""The views that people have saved."""

from typing import Annotated, Any, NotRequired
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import IfMatch, OnlyProject, Paged, SignedIn, based_on, part_of_list, tagged
from tasktracker.api.describe import answers, example_body
from tasktracker.api.fields import sparse
from tasktracker.api.listing import AnyTask, Expand
from tasktracker.api.problems import CLASH, CONFLICT, NOT_FOUND
from tasktracker.api.routing import PREFIX, api_router
from tasktracker.api.schemas import Name, Version, strict
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT
from tasktracker.domain.saved_views import COLUMN_LIMIT, COLUMNS, GROUPS, SORTS, VIEWS
from tasktracker.services import saved_views
from tasktracker.services.queries import saved_views as queries
from tasktracker.services.queries.saved_views import SavedViewView
from tasktracker.services.views import TaskView

router = api_router("Views")
_VIEW = "/views/{view_id:segment}"
_Query = Annotated[str, Field(description="In the filter language.", json_schema_extra={"maxLength": LENGTH_LIMIT})]
_Shared = Annotated[bool, Field(description="True: for everybody who sees the project, or who is in the workspace.")]
_COLUMNS_HELP = f"At most {COLUMN_LIMIT} of: {', '.join(COLUMNS)}, and `custom.` with the key of a custom field."


@strict
class Layout(TypedDict, total=False):
    """How tasks are laid out. What is left out has its usual value: a board in its own order."""

    view: Annotated[str, Field(json_schema_extra={"enum": list(VIEWS)})]
    group: Annotated[str | None, Field(json_schema_extra={"enum": [*GROUPS, None]})]
    sort: Annotated[str, Field(json_schema_extra={"enum": list(SORTS)})]
    columns: Annotated[list[str], Field(description=_COLUMNS_HELP)]
    compact: Annotated[bool, Field(description="Whether as much as possible fits on a screen.")]


@strict
class NewView(TypedDict):
    """A view to save."""

    name: Name
    query: NotRequired[_Query]
    layout: NotRequired[Layout]
    is_shared: NotRequired[_Shared]
    project: NotRequired[Annotated[str | None, Field(description="The key of a project, or null for all of them.")]]


@strict
class ViewEdit(TypedDict, total=False):
    """The fields of a view to set; a `layout` replaces all of the old one. `version` may stand here for `If-Match`."""

    name: Name
    query: _Query
    layout: Layout
    is_shared: _Shared
    version: Version


@router.get("/views", summary="List the saved views", responses=answers([examples.VIEW], NOT_FOUND))
async def list_views(project: OnlyProject, actor: SignedIn) -> list[SavedViewView]:
    """Your own views and those that others share with you, by name."""
    return await queries.list_views(actor, project)


@router.post(
    "/views",
    status_code=201,
    summary="Save a view",
    responses=answers(examples.VIEW, CLASH, status=201, headers=("Location", "ETag")),
)
async def create_view(
    body: Annotated[NewView, example_body(examples.NEW_VIEW)], actor: SignedIn, answer: Response
) -> SavedViewView:
    """Saves a view, for yourself unless told. A view stays in the project that it was made for."""
    view = await saved_views.create_view(actor, body)
    answer.headers["Location"] = f"{PREFIX}/views/{view.id}"
    return tagged(answer, view)


@router.get(_VIEW, summary="Read a saved view", responses=answers(examples.VIEW, NOT_FOUND, headers=("ETag",)))
async def get_view(view_id: UUID, actor: SignedIn, answer: Response) -> SavedViewView:
    """One view."""
    return tagged(answer, await queries.get_view(actor, view_id))


@router.get(
    _VIEW + "/tasks",
    summary="List the tasks of a saved view",
    responses=answers([examples.TASK], NOT_FOUND, headers=("Link",)),
    dependencies=[sparse(TaskView)],
)
async def list_view_tasks(
    view_id: UUID, expand: Expand, page: Paged, actor: SignedIn, request: Request, answer: Response
) -> list[AnyTask]:
    """The tasks that its filter lets through, in its order; the latest change first if it has none.

    A filter that names what is not there any more is refused at its characters, which are those of the view's `query`.
    """
    found = await saved_views.list_view_tasks(actor, view_id, limit=page.limit, cursor=page.cursor, expand=expand)
    return part_of_list(request, answer, found)


@router.patch(
    _VIEW, summary="Edit a saved view", responses=answers(examples.VIEW, NOT_FOUND, CONFLICT, headers=("ETag",))
)
async def edit_view(
    view_id: UUID,
    body: Annotated[ViewEdit, example_body(examples.VIEW_EDIT)],
    if_match: IfMatch,
    actor: SignedIn,
    answer: Response,
) -> SavedViewView:
    """Sets the given fields of your own view, or of a shared one if you manage its project or the workspace."""
    fields: dict[str, Any] = {**body}
    version = based_on(if_match, fields)
    return tagged(answer, await saved_views.edit_view(actor, view_id, fields, version=version))


@router.put(
    _VIEW + "/star", status_code=204, summary="Star a saved view", responses=answers(None, NOT_FOUND, status=204)
)
async def star_view(view_id: UUID, actor: SignedIn) -> None:
    """Has the view at hand in your sidebar. Nobody else sees that."""
    await saved_views.star_view(actor, view_id)


@router.delete(
    _VIEW + "/star", status_code=204, summary="Unstar a saved view", responses=answers(None, NOT_FOUND, status=204)
)
async def unstar_view(view_id: UUID, actor: SignedIn) -> None:
    """Takes the view out of your sidebar."""
    await saved_views.star_view(actor, view_id, is_starred=False)


@router.delete(_VIEW, status_code=204, summary="Delete a saved view", responses=answers(None, NOT_FOUND, status=204))
async def delete_view(view_id: UUID, actor: SignedIn) -> None:
    """Deletes your own view, or a shared one if you manage its project or the workspace."""
    await saved_views.delete_view(actor, view_id)
