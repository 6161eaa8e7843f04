"""The people of the demo. The first is the owner, whom whoever asks for the demo plays."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash
from tasktracker.models import Membership
from tasktracker.services import accounts
from tasktracker.services.queries.projects import list_people

WORKSPACE = "Kiln & Leaf"
OWNER_EMAIL = "demo@example.org"
PASSWORD = "tasktracker-demo"  # noqa: S105  printed for everybody to try, and given in a workspace of the demo's own only
GUEST = "sigga"
"""A customer who sees the projects she was asked into, and comments."""

_MENTION = re.compile(r"(?<![\w@])@([a-z]+)\b")


class Person(NamedTuple):
    """`key` is what the content calls somebody, and the first part of their address."""

    key: str
    name: str
    role: str = "member"

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


OWNER = Person("robin", "Robin Halloran", "owner")
COLLEAGUES = (
    Person("lea", "Léa Fontaine"),
    Person("joerg", "Jörg Brandstätter"),
    Person("amina", "Amina Odhiambo"),
    Person("takumi", "石川 匠"),
    Person("zofia", "Zofia Wójcik"),
    Person("mateus", "Mateus Guimarães", "admin"),
    Person("hanh", "Nguyễn Thị Hạnh"),
    Person("priya", "Priya Raghunathan"),
    Person(GUEST, "Sigríður Jónsdóttir", "guest"),
)


@dataclass(frozen=True)
class Cast:
    """Who plays whom: an actor and a handle for every key."""

    actors: Mapping[str, Actor]
    handles: Mapping[str, str]
    is_own: bool
    """Whether this is the demo's own workspace."""

    def mentioned(self, text: str) -> str:
        """The text with `@key` turned into the handle that this person has here."""
        return _MENTION.sub(lambda found: f"@{self.handles.get(found[1], found[1])}", text)


async def owner_of_demo() -> Actor:
    """The owner on a server where nobody is set up yet, or where the demo set them up. Raises Clash."""
    if not await accounts.is_set_up():
        return await accounts.set_up(WORKSPACE, OWNER.name, OWNER_EMAIL, PASSWORD)
    place = await Membership.filter(account__email=OWNER_EMAIL).first()
    if place is None:
        raise Clash("People work here already: say for whom the demo projects are to be added to their workspace.")
    return Actor(place.account_id, place.workspace_id)  # type: ignore[attr-defined]


async def gather_cast(owner: Actor) -> Cast:
    """The owner and their colleagues; whoever is missing gets an account. Raises Forbidden, Clash.

    In a workspace that people really use nobody can sign in as a colleague: the passwords are random and forgotten.
    """
    here = {person.email: person for person in await list_people(owner)}
    is_own = any(person.id == owner.account_id and person.email == OWNER_EMAIL for person in here.values())
    missing = [person for person in COLLEAGUES if person.email not in here]
    await asyncio.gather(*(_join(owner, person, is_own=is_own) for person in missing))
    found = {person.email: person for person in await list_people(owner)}
    people = {person.key: found[person.email] for person in COLLEAGUES}
    people[OWNER.key] = next(person for person in found.values() if person.id == owner.account_id)
    return Cast(
        actors={key: Actor(person.id, owner.workspace_id) for key, person in people.items()},
        handles={key: person.handle for key, person in people.items()},
        is_own=is_own,
    )


async def _join(owner: Actor, person: Person, *, is_own: bool) -> None:
    password = PASSWORD if is_own else secrets.token_urlsafe()
    await accounts.add_person(owner, person.name, person.email, password, person.role)
