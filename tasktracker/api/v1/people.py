"""The asker, and the people they work with."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Name
from tasktracker.services import accounts
from tasktracker.services.queries import me, projects
from tasktracker.services.queries.me import MeView
from tasktracker.services.transaction import unit_of_work
from tasktracker.services.views import AccountView

router = api_router("People")
_EDIT: dict[str, Any] = {"time_zone": "Europe/Lisbon", "locale": "pt"}


@with_config(ConfigDict(extra="forbid", strict=True))
class ProfileEdit(TypedDict, total=False):
    """The fields of your profile to set."""

    name: Name
    time_zone: Annotated[str, Field(description="An IANA time zone.", examples=["Europe/Lisbon"])]
    locale: Annotated[
        str,
        Field(
            description="A language tag (RFC 5646), such as `pt-BR`.",
            examples=["pt-BR"],
            json_schema_extra={"pattern": "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?$"},
        ),
    ]


@router.get("/me", summary="Who you are", responses=answers(examples.ME))
async def get_me(actor: SignedIn) -> MeView:
    """You, your workspace, your role in it, and whether this session may change anything."""
    return await me.get_me(actor)


@router.patch("/me", summary="Edit your profile", responses=answers(examples.ME))
async def edit_me(body: Annotated[ProfileEdit, example_body(_EDIT)], actor: SignedIn) -> MeView:
    """Sets your name, time zone or language. A zone that does not exist is refused with the one you may have meant."""
    async with unit_of_work():
        await accounts.edit_me(actor, body)
        return await me.get_me(actor)


@router.get("/people", summary="List the people", responses=answers([examples.PERSON]))
async def list_people(actor: SignedIn) -> list[AccountView]:
    """The active people of the workspace, by name."""
    return await projects.list_people(actor)
