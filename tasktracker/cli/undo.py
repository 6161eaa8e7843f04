"""`undo`."""

import typer

from tasktracker.cli.database import opened
from tasktracker.cli.people import person
from tasktracker.services.undo import undo_command, undo_last


async def undo(key: str, email: str, revision: int | None) -> None:
    """Take back a command of the project: the person's latest one, or the one that the revision belongs to."""
    async with opened():
        actor = await person(email)
        view = await (undo_last(actor, key) if revision is None else undo_command(actor, key, revision))
        typer.echo(f"Undone: revision {view.undone} and what belongs to it.")
        typer.echo(f"To have it again: tasktracker undo {key} --as {email} --revision {view.command}")
