"""The workspace itself."""

from typing import Annotated

from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Name, strict
from tasktracker.services.queries.me import WorkspaceView, get_me
from tasktracker.services.transaction import unit_of_work
from tasktracker.services.workspaces import edit_workspace as edit

router = api_router("People")


@strict
class WorkspaceEdit(TypedDict, total=False):
    """The fields of the workspace to set."""

    name: Name


@router.patch("/workspace", summary="Edit the workspace", responses=answers(examples.ME["workspace"]))
async def edit_workspace(
    body: Annotated[WorkspaceEdit, example_body({"name": "Web team"})], actor: SignedIn
) -> WorkspaceView:
    """Sets the workspace's name. Needs its owner or an admin."""
    async with unit_of_work():
        await edit(actor, body)
        return (await get_me(actor)).workspace
