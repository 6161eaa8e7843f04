"""Running the server: `up` on a laptop, `serve` in production."""

import contextlib
import errno
import socket
import webbrowser
from collections.abc import Callable, Iterator
from functools import partial

import typer
from loguru import logger

from tasktracker.app import create_app
from tasktracker.cli.database import database, require_head
from tasktracker.cli.demo import fill_demo
from tasktracker.cli.errors import CannotGoOn
from tasktracker.cli.server import Server
from tasktracker.models.database import close_database, open_database
from tasktracker.models.schema import upgrade_schema
from tasktracker.secrets.database_credentials import Where
from tasktracker.settings import settings
from tasktracker.telemetry.collecting import spare_the_loop


async def run_up(host: str, port: int, *, demo: bool, browser: bool) -> None:
    """PostgreSQL, migrations, server; says what it does, and ends everything when it is told to stop."""
    with listening(host, port) as listener:
        typer.echo("Starting the database…")
        async with database(alone=True) as where:
            if isinstance(where, str):  # users that Vault lends change no table
                alone = settings().database_url is None
                await upgrade_schema(where, lambda name: typer.echo(f"  applying {name}"), all_stopped=alone)
            await _require_head(where)
            if demo:
                await _fill(where)
            address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
            await _serve(where, listener, drain=0, started=lambda: _announce(address, browser=browser))
        typer.echo("Stopped; your data is safe.")


async def run_serve(host: str, port: int) -> None:
    """Serve an existing database at head. Raises CannotGoOn as `require_head` does."""
    if settings().database_url is None:
        raise CannotGoOn("`serve` needs a database: set TASKTRACKER_DATABASE_URL, or use `tasktracker up`.")
    async with database() as where:
        await _require_head(where)
        await _serve_at(host, port, where)


async def _serve_at(host: str, port: int, where: Where) -> None:
    with listening(host, port) as listener:
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
        ready = partial(logger.info, "tasktracker is ready at {}", address)
        await _serve(where, listener, drain=settings().drain_seconds, started=ready)


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket, taken before anything else is started. Raises CannotGoOn when the port is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise CannotGoOn(_bind_problem(host, port, error)) from None
    with listener:
        yield listener


async def _serve(where: Where, listener: socket.socket, *, drain: float, started: Callable[[], None]) -> None:
    app = create_app(settings(), where)
    spare_the_loop()
    server = Server(app, drain, started)
    await server.serve([listener])
    if server.force_exit:
        raise CannotGoOn("Ended at once, as it was told twice; what was under way was cut off.")
    if not server.started:
        raise CannotGoOn("The server did not start; the lines above say why.")


async def _require_head(where: Where) -> None:
    await open_database(where, pool_min=1, pool_max=1)
    try:
        await require_head()
    finally:
        await close_database()


async def _fill(where: Where) -> None:
    await open_database(where, pool_min=1, pool_max=settings().pool_max)
    try:
        await fill_demo(again=True)
    finally:
        await close_database()


def _announce(address: str, *, browser: bool) -> None:
    typer.secho(f"\n  tasktracker is ready at {address}\n", fg=typer.colors.GREEN, bold=True)
    typer.echo("  Ctrl-C stops it.")
    if browser:
        webbrowser.open(address)


def _shown(host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  what people are told to open
    return f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown


def _bind_problem(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Stop that one, or choose a port: --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this user has. Choose one above 1023: --port 8080."
    return f"Cannot serve on {host}, port {port}: {error.strerror}. Choose another --host or --port."
