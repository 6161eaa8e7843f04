"""Filled databases that are kept, since to fill one takes minutes: `python -m tests.explain.filled` fills them.

They lie in `tasktracker-filled-…` in the folder for temporary files (in `TMPDIR`, or else in `/tmp`), about 4 GB. What
is made by other migrations is thrown away when they are filled anew; `make clean` throws all of it away.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from tortoise.context import TortoiseContext

from tasktracker import migrations
from tasktracker.domain.ids import new_id
from tasktracker.embedded.errors import DataFolderInUse
from tasktracker.embedded.layout import Layout
from tasktracker.embedded.lock import FolderLock
from tasktracker.embedded.postgres import EmbeddedPostgres
from tasktracker.models.database import orm_config
from tasktracker.models.schema import upgrade_schema
from tests.explain.filling import WEEKS, YEARS, Scale, fill

_FOLDER = f"tasktracker-filled-{os.getuid()}-"
_SOURCES = [
    *sorted(Path(next(iter(migrations.__path__))).glob("0*.py")),
    *(Path(__file__).with_name(f"{name}.py") for name in ("filling", "furnishing", "words")),
]
_DIGEST = blake2b(b"".join(source.read_bytes() for source in _SOURCES), digest_size=6).hexdigest()
"""Of what a filled database is made by."""


@asynccontextmanager
async def filled_server() -> AsyncIterator[str]:
    """The server that keeps the filled databases: the one that is named for tests, or else one for this process."""
    if url := os.environ.get("TASKTRACKER_TEST_DATABASE_URL"):
        yield url
        return
    folder = Path(tempfile.gettempdir()) / (_FOLDER + _DIGEST)
    for old in folder.parent.glob(f"{_FOLDER}*"):
        if old != folder:
            _throw_away(old)
    folder.mkdir(mode=0o755, exist_ok=True)
    async with EmbeddedPostgres(folder / "postgres") as url:
        yield url


def _throw_away(folder: Path) -> None:
    """Unless another process is at work there."""
    try:
        FolderLock(Layout(folder / "postgres").lock).release()
    except (DataFolderInUse, FileNotFoundError):
        return
    shutil.rmtree(folder, ignore_errors=True)


async def filled_database(server_url: str, scale: Scale) -> str:
    """The address of a database of that scale, which is filled if it is not there."""
    name, unfinished = f"filled_{scale.name}_{_DIGEST}", f"filling_{new_id().hex}"
    if not await _run(server_url, f"SELECT FROM pg_database WHERE datname = '{name}'"):
        start = time.monotonic()
        _say(f"filling a database with {scale.tasks:,} tasks …")
        await _run(server_url, f'CREATE DATABASE "{unfinished}"')
        await _run(server_url, f'ALTER DATABASE "{unfinished}" SET synchronous_commit = off')
        await upgrade_schema(_named(server_url, unfinished))
        async with apart(_named(server_url, unfinished)):
            await fill(scale)
        await _run(server_url, f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        _say(f"filled in {time.monotonic() - start:.0f} s")
    return _named(server_url, name)


@asynccontextmanager
async def apart(url: str) -> AsyncIterator[None]:
    """The services work on that database meanwhile, whatever else this process has open."""
    async with TortoiseContext() as context:
        await context.init(config=orm_config(url, pool_max=2))
        yield


async def _run(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(statement)
        return rows
    finally:
        await connection.close()


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _say(what: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201 -- for whoever waits


async def _fill_all() -> None:
    async with filled_server() as url:
        for scale in (WEEKS, YEARS):
            await filled_database(url, scale)


if __name__ == "__main__":
    asyncio.run(_fill_all())
