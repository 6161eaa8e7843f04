"""`demo`: says what it fills, and who to sign in as."""

import sys

import typer

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash
from tasktracker.models import Membership
from tasktracker.services.demo import fill


async def fill_demo(*, again: bool = False) -> None:
    """Fill the open database. `again`: an existing demo is no reason to stop."""
    typer.echo("Filling the demo workspace…")
    try:
        summary = await fill(await _owner(), progress=_show)
    except Clash as clash:
        if not again:
            raise
        typer.echo(f"  {clash}")
        return
    typer.echo(f"\r  {summary.tasks} tasks in {len(summary.projects)} projects, told in {summary.steps:,} steps.")
    if summary.email:
        typer.secho(f"  Sign in as {summary.email} with the password {summary.password}", bold=True)


async def _owner() -> Actor | None:
    """The owner of the first workspace, in whose name the demo comes; None on a database with nobody in it."""
    member = await Membership.filter(role="owner").order_by("id").first()
    return Actor(member.account_id, member.workspace_id) if member else None  # type: ignore[attr-defined]


def _show(step: str, done: int, total: int) -> None:
    """A line that is written over, where somebody watches."""
    if not sys.stdout.isatty():
        return
    typer.echo(f"\r  {step}: {done} of {total}   ", nl=False)
