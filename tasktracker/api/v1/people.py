"""The asker, and the people they work with."""

from tasktracker.api import examples
from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.routing import api_router
from tasktracker.services.queries import me, projects
from tasktracker.services.queries.me import MeView
from tasktracker.services.views import AccountView

router = api_router("People")


@router.get("/me", summary="Who you are", responses=answers(examples.ME))
async def get_me(actor: SignedIn) -> MeView:
    """You, your workspace, your role in it, and whether this session may change anything."""
    return await me.get_me(actor)


@router.get("/people", summary="List the people", responses=answers([examples.PERSON]))
async def list_people(actor: SignedIn) -> list[AccountView]:
    """The active people of the workspace, by name."""
    return await projects.list_people(actor)
