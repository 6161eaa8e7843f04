"""The command line: `python -m deploy.release roll RELEASE`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.release.haproxy import Balancer
from deploy.release.local import LocalPlace, Pace
from deploy.release.place import Place, ReleaseTrouble, RolledBack, roll_back

BAD, TROUBLE = 1, 2
"""Exit codes: the release is bad, and was rolled back; it could not be tried, or not be taken back."""


app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
Release = Annotated[
    str, typer.Argument(help="On one machine the path of its `tasktracker`, on AWS its image by the digest.")
]
On = Annotated[str, typer.Option("--on", help="local:FOLDER, or ecs:CLUSTER/SERVICE.", envvar="RELEASE_ON")]
Socket = Annotated[Path, typer.Option(help="local: HAProxy's socket.", envvar="BALANCER_SOCKET")]
Replicas = Annotated[int, typer.Option(help="local: how many.", envvar="RELEASE_REPLICAS", min=1)]
Watch = Annotated[float, typer.Option(help="local: seconds to watch the first replica.", envvar="RELEASE_WATCH")]
Alarms = Annotated[list[str] | None, typer.Option("--alarm", help="ecs: a CloudWatch alarm that rolls back.")]
Migrator = Annotated[
    str | None, typer.Option(help="ecs: the IAM role of the migration, with Vault.", envvar="RELEASE_MIGRATOR")
]

FOLDER, SOCKET = "/var/lib/tasktracker/release", Path("/run/haproxy/tasktracker.sock")


@app.callback()
def choose(
    context: typer.Context,
    on: On = f"local:{FOLDER}",
    socket: Socket = SOCKET,
    replicas: Replicas = 2,
    watch: Watch = 30,
    alarm: Alarms = None,
    migrator: Migrator = None,
) -> None:
    """Say where."""
    kind, _, where = on.partition(":")
    cluster, _, service = where.partition("/")
    if kind == "local":
        context.obj = LocalPlace(Path(where or FOLDER), Balancer(socket), typer.echo, replicas, Pace(first=watch))
    elif kind == "ecs" and cluster and service:
        context.obj = _ecs(cluster, service, tuple(alarm or ()), migrator)
    else:
        raise ReleaseTrouble(f"“{on}” is no place: write local:FOLDER or ecs:CLUSTER/SERVICE.")


@app.command()
def roll(context: typer.Context, release: Release) -> None:
    """Put a release in the place of what serves; back by itself if it is bad."""
    context.obj.roll(release)
    typer.echo(f"{release} serves.")


@app.command()
def rollback(context: typer.Context) -> None:
    """Put the release before in the place of what serves. The database stays as it is."""
    typer.echo(f"{roll_back(context.obj)} serves.")


@app.command()
def migrate(context: typer.Context, release: Release) -> None:
    """Let a release bring the database to what it needs. Before its roll."""
    context.obj.migrate(release)
    typer.echo("The database is at what the release needs.")


@app.command()
def status(context: typer.Context) -> None:
    """What serves, what `rollback` would put in its place, and how each replica is."""
    running = context.obj.running()
    typer.echo(f"serves: {running.release or 'nothing'}\nbefore: {running.before or 'not known'}")
    for line in context.obj.state():
        typer.echo(line)


@app.command()
def register(context: typer.Context) -> None:
    """local: tell a balancer that was started anew where the replicas are."""
    if not isinstance(context.obj, LocalPlace):
        raise ReleaseTrouble("On AWS the target group knows it by itself.")
    context.obj.register()


def _ecs(cluster: str, service: str, alarms: tuple[str, ...], migrator: str | None) -> Place:
    try:
        import boto3  # noqa: PLC0415  only this place needs it, and it is an extra
    except ImportError:
        raise ReleaseTrouble("boto3 is missing. Install the extra: pip install 'tasktracker[release]'") from None
    from deploy.release.ecs import EcsPlace  # noqa: PLC0415  as above

    region = os.environ.get("AWS_REGION")  # as in a task on AWS; boto3 itself knows AWS_DEFAULT_REGION alone
    return EcsPlace(boto3.client("ecs", region_name=region), cluster, service, typer.echo, alarms, migrator=migrator)


def main() -> int:
    """Run the command that the arguments name; returns the exit code."""
    try:
        app(standalone_mode=True)
    except RolledBack as back:
        typer.secho(f"Rolled back: {back}", fg=typer.colors.RED, err=True)
        return BAD
    except ReleaseTrouble as trouble:
        typer.secho(str(trouble), fg=typer.colors.RED, err=True)
        return TROUBLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
