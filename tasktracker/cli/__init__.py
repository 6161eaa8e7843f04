"""The command line."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop

from tasktracker.cli.database import database, opened
from tasktracker.cli.errors import explain
from tasktracker.secrets.database_credentials import address_of
from tasktracker.secrets.start import give_all_back, supply_settings
from tasktracker.settings import settings
from tasktracker.telemetry.logging import configure_logging

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="tasktracker: a self-hosted team task tracker.")  # fmt: skip
user_app = typer.Typer(no_args_is_help=True, help="People.")
token_app = typer.Typer(no_args_is_help=True, help="API tokens.")
app.add_typer(user_app, name="user")
app.add_typer(token_app, name="token")

Port = Annotated[int | None, typer.Option(help="Port to serve on; TASKTRACKER_PORT if not given.")]
Host = Annotated[str | None, typer.Option(help="Address to serve on; TASKTRACKER_HOST if not given.")]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="TASKTRACKER_PASSWORD")
]


FileFormat = Annotated[str | None, typer.Option("--format", help="json or csv; by the file's name if not given.")]
As = Annotated[str | None, typer.Option("--as", help="E-mail of whose rights count; the owner's if not given.")]


def run() -> int:
    """Run the command that the arguments name; returns the exit code."""
    try:
        if "--help" not in sys.argv:
            supply_settings()
        app(standalone_mode=True)
    except Exception as error:
        if (sentence := explain(error)) is None:
            raise
        typer.secho(f"tasktracker: {sentence}", fg=typer.colors.RED, err=True)
        return 1
    finally:
        give_all_back()
    return 0


@app.command()
def up(
    host: Host = None,
    port: Port = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill a workspace like a real team's first.")] = False,  # noqa: FBT002
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,  # noqa: FBT002
) -> None:
    """Start everything on this machine: PostgreSQL (unless TASKTRACKER_DATABASE_URL names one), migrations, server."""
    from tasktracker.cli.serving import run_up  # noqa: PLC0415  the server's imports take a second

    configure_logging(settings().log_level, "text")
    _run(run_up(host or settings().host, settings().port if port is None else port, demo=demo, browser=browser))


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve, on a database that is there and migrated. For production: nothing is started or changed."""
    from tasktracker.cli.serving import run_serve  # noqa: PLC0415

    configure_logging(settings().log_level, settings().log_format)
    _run(run_serve(host or settings().host, settings().port if port is None else port))


@app.command()
def migrate(
    all_stopped: Annotated[  # noqa: FBT002
        bool, typer.Option("--all-stopped", help="No older program runs: remove what only such ones use, too.")
    ] = False,
) -> None:
    """Bring the database's schema to what this program needs. Safe to run many at once: one does the work."""
    from tasktracker.models.schema import upgrade_schema  # noqa: PLC0415

    async def work() -> None:
        async with database() as where:
            await upgrade_schema(where, lambda name: typer.echo(f"applying {name}"), all_stopped=all_stopped)
            typer.echo("The schema is at head.")

    _run(work())


@app.command()
def demo() -> None:
    """Fill a workspace that looks like a real team's, to try things out in."""
    from tasktracker.cli.demo import fill_demo  # noqa: PLC0415

    async def work() -> None:
        async with opened():
            await fill_demo()

    _run(work())


@app.command()
def doctor(audit: Annotated[bool, typer.Option("--audit", help="Verify every log's hash chain too.")] = False) -> None:  # noqa: FBT002
    """Check everything and say how to mend what is wrong. Exit code 1 if anything is."""
    from tasktracker.cli.doctor import examine  # noqa: PLC0415

    if not _run(examine(audit=audit)):
        raise typer.Exit(1)


@app.command("database-url")
def show_database_url() -> None:
    """Print the address of the database that `tasktracker up` is running, for psql and pg_dump. It holds a password.

    Where Vault lends users it holds none: take one from Vault for as long as you need it.
    """

    async def work() -> None:
        async with database() as where:
            typer.echo(address_of(where))

    _run(work())


@app.command()
def undo(
    key: Annotated[str, typer.Argument(help="The project's key.")],
    email: Annotated[str, typer.Option("--as", help="Whose latest change it is, and whose rights count.")],
    revision: Annotated[int | None, typer.Option(help="Any event of another command.")] = None,
) -> None:
    """Take back a change in a project: an edit, a bulk call, an import, whatever it was."""
    from tasktracker.cli.undo import undo as take_back  # noqa: PLC0415

    _run(take_back(key, email, revision))


@app.command("export")
def export_command(
    key: Annotated[str, typer.Argument(help="The project's key.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file; else standard output.")] = None,
    file_format: FileFormat = None,
    email: As = None,
) -> None:
    """Write a project to a file: all of it as JSON, which can be imported again, or its tasks as CSV."""
    from tasktracker.cli.transfer import export_to  # noqa: PLC0415

    _run(export_to(key, output, file_format, email))


@app.command("import")
def import_command(
    key: Annotated[str, typer.Argument(help="The project's key.")],
    file: Annotated[Path, typer.Argument(help="A CSV file, or an export as JSON; - is standard input.")],
    file_format: FileFormat = None,
    column: Annotated[list[str] | None, typer.Option(help="“Summary=title”, once for each; else guessed.")] = None,
    dates: Annotated[str | None, typer.Option(help="How days are written: DD.MM.YYYY; else found out.")] = None,
    email: As = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it; change nothing.")] = False,  # noqa: FBT002
    skip_errors: Annotated[bool, typer.Option("--skip-errors", help="Leave wrong lines out.")] = False,  # noqa: FBT002
) -> None:
    """Read tasks, or a whole project, from a file, as one change. Exit code 1 if nothing was imported."""
    from tasktracker.cli.transfer import import_from, options_for  # noqa: PLC0415

    options = options_for(file, file_format, column or [], dates, dry=dry_run, skip=skip_errors)
    if not _run(import_from(key, file, options, email)):
        raise typer.Exit(1)


@user_app.command("create")
def user_create(
    email: Annotated[str, typer.Option(prompt=True)],
    name: Annotated[str, typer.Option(prompt=True)],
    password: Password,
    role: Annotated[str, typer.Option(help="owner, admin, member or guest")] = "member",
    workspace: Annotated[str, typer.Option(help="Name of the workspace, when this is the first person.")] = "My team",
) -> None:
    """Add a person. The first one becomes the owner of a new workspace."""
    from tasktracker.cli.people import create_person  # noqa: PLC0415

    _run(create_person(email, name, password, role, workspace))


@token_app.command("create")
def token_create(
    email: Annotated[str, typer.Argument(help="Whose rights the token has.")],
    name: Annotated[str, typer.Option(help="What the token is for.")],
    days: Annotated[int, typer.Option(help="How long it lasts.")] = 90,
    read_only: Annotated[bool, typer.Option("--read-only")] = False,  # noqa: FBT002
) -> None:
    """Make an API token and print it; it is not shown again."""
    from tasktracker.cli.people import create_person_token  # noqa: PLC0415

    _run(create_person_token(email, name, days, may_write=not read_only))


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
