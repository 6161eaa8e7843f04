"""`user create` and `token create`."""

import typer

from tasktracker.cli.database import opened
from tasktracker.cli.errors import CannotGoOn
from tasktracker.domain.actor import Actor
from tasktracker.models import Membership
from tasktracker.services import accounts, sessions


async def create_person(email: str, name: str, password: str, role: str, workspace: str) -> None:
    """Add a person to the first workspace; on an empty database make it, with them as owner."""
    async with opened():
        if not await accounts.is_set_up():
            await accounts.set_up(workspace, name, email, password)
            typer.echo(f"Created the workspace “{workspace}” with {email} as its owner.")
            return
        added = await accounts.add_person(await owner(), name, email, password, role)
        back = f"{email} is here again as {role}, with the name and password of before."
        typer.echo(back if added.is_back else f"Added {email} as {role}.")


async def create_person_token(email: str, name: str, days: int, *, may_write: bool) -> None:
    """Print a new token of the person with that address."""
    async with opened():
        actor = await person(email)
        typer.echo(await sessions.create_token(actor, name, days=days, may_write=may_write))


async def person(email: str) -> Actor:
    """Whoever has that address, to act with their rights. Raises CannotGoOn."""
    return await _actor(account__email=email.strip().lower())


async def owner() -> Actor:
    """The owner of the first workspace, in whose name the program acts where nobody is named. Raises CannotGoOn."""
    return await _actor(role="owner")


async def _actor(**who: str) -> Actor:
    member = await Membership.filter(**who).order_by("id").first()
    if member is None:
        raise CannotGoOn("Nobody like that is in any workspace. `tasktracker user create` adds people.")
    return Actor(member.account_id, member.workspace_id)  # type: ignore[attr-defined]
