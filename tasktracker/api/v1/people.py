"""The asker, and the people they work with."""

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import PasswordRoute, SecretRoute, api_router
from tasktracker.api.schemas import Email, Name, Password, strict
from tasktracker.domain.actor import Actor
from tasktracker.services import accounts, sessions
from tasktracker.services.queries import me, projects
from tasktracker.services.queries.me import MeView
from tasktracker.services.transaction import unit_of_work
from tasktracker.services.views import AccountView

router = api_router("People")
secret = api_router("People", SecretRoute)
password = api_router("People", PasswordRoute)
_PERSON = "/people/{account_id:segment}"
_NEW: dict[str, Any] = {"name": "Ben Okafor", "email": "ben@example.com", "password": "long enough", "role": "member"}
_CHANGE: dict[str, Any] = {"current_password": "correct horse battery", "new_password": "staple and more"}
Role = Literal["owner", "admin", "member", "guest"]
_EDIT: dict[str, Any] = {"time_zone": "Europe/Lisbon", "locale": "pt"}


@strict
class NewPerson(TypedDict):
    """Somebody to add to the workspace."""

    name: Name
    email: Email
    password: Password
    role: NotRequired[Annotated[Role, Field(description="`member` unless told.")]]


@strict
class PersonRole(TypedDict):
    """What somebody is in the workspace."""

    role: Role


@strict
class PasswordChange(TypedDict):
    """Your password, and the one that you want instead."""

    current_password: str
    new_password: Password


@strict
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


@password.post("/me/password", status_code=204, summary="Change your password", responses=answers(status=204))
async def change_password(body: Annotated[PasswordChange, example_body(_CHANGE)], actor: SignedIn) -> None:
    """Sets your password anew, and ends your sessions in other browsers. Tokens stay."""
    await sessions.change_password(actor, body["current_password"], body["new_password"])


@secret.post("/people", status_code=201, summary="Add a person", responses=answers(examples.PERSON, CLASH, status=201))
async def add_person(body: Annotated[NewPerson, example_body(_NEW)], actor: SignedIn) -> AccountView:
    """Makes an account with a password and gives it a role in the workspace. Only owners add owners.

    Somebody who was removed comes back with the account that they had: their name and password, what they wrote and
    their roles in projects are as they were.
    """
    async with unit_of_work():
        added = await accounts.add_person(
            actor, body["name"], body["email"], body["password"], body.get("role", "member")
        )
        return await _person(actor, added.account_id)


@router.patch(_PERSON, summary="Change somebody's role", responses=answers(examples.PERSON, NOT_FOUND, CLASH))
async def set_person_role(
    account_id: UUID, body: Annotated[PersonRole, example_body({"role": "admin"})], actor: SignedIn
) -> AccountView:
    """Sets somebody's role in the workspace. Only owners touch owners, and one owner always stays."""
    async with unit_of_work():
        await accounts.set_workspace_role(actor, account_id, body["role"])
        return await _person(actor, account_id)


@router.delete(
    _PERSON, status_code=204, summary="Remove a person", responses=answers(None, NOT_FOUND, CLASH, status=204)
)
async def remove_person(account_id: UUID, actor: SignedIn) -> None:
    """Takes somebody out of the workspace, and ends their sessions and tokens. What they wrote stays."""
    await accounts.remove_member(actor, account_id)


async def _person(actor: Actor, account_id: UUID) -> AccountView:
    return next(each for each in await projects.list_people(actor) if each.id == account_id)
