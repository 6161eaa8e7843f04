"""A real PostgreSQL for every test process: embedded, migrated, with the pool open on the one loop of the session.

`TASKTRACKER_TEST_DATABASE_URL` names a server to use instead (its user must be able to create databases). Tests make
workspaces of their own, so that nothing needs to be emptied between them.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tasktracker.domain.ids import new_id
from tasktracker.embedded.postgres import EmbeddedPostgres
from tasktracker.models.database import close_database, open_database
from tasktracker.models.schema import upgrade_schema
from tasktracker.realtime.doorbell import doorbell
from tasktracker.services.files import files
from tasktracker.services.following import feed
from tasktracker.settings import Settings
from tasktracker.storage import open_storage
from tests.shelf import Shelf

ATTACHMENT_LIMIT = 1_500_000
"""Bytes."""
TEMPLATE = "tasktracker_template"


@pytest.fixture(scope="session")
async def server_url() -> AsyncIterator[str]:
    """A server that this process may make databases in."""
    if url := os.environ.get("TASKTRACKER_TEST_DATABASE_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-test-"))
    os.chmod(folder, 0o755)  # noqa: PTH101, S103  PostgreSQL runs as another user when the tests run as root
    async with EmbeddedPostgres(folder / "postgres") as url:
        yield url
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def template(server_url: str) -> str:
    """The name of a database at head, to be copied."""
    name = f"{TEMPLATE}_{new_id().hex}"
    await _execute(server_url, f'CREATE DATABASE "{name}"')
    await upgrade_schema(_with_database(server_url, name))
    return name


@pytest.fixture(scope="session")
async def database_url(server_url: str, template: str) -> str:
    """A database at head, shared by the tests of this process."""
    return await _copy(server_url, template)


@pytest.fixture
async def empty_database_url(server_url: str, template: str) -> str:
    """A database at head that nobody else uses, with nothing in it."""
    return await _copy(server_url, template)


@pytest.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[None]:
    """The pool of this process, open on the shared database."""
    await open_database(database_url, pool_min=1, pool_max=20)
    yield
    await close_database()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The storage of this process: a folder."""
    folder = tmp_path_factory.mktemp("attachments")
    files.open(open_storage(Settings(storage_url=f"file://{folder}", attachment_limit_bytes=ATTACHMENT_LIMIT)))
    return Shelf(folder)


@pytest.fixture
async def listening(database_url: str, database: None) -> AsyncIterator[None]:
    """The doorbell and the feed of this process, as the program runs them."""
    doorbell.start(database_url)
    feed.start(database_url)
    await feed.is_listening.wait()
    yield
    await feed.stop()
    await doorbell.stop()


async def _copy(server_url: str, template: str) -> str:
    name = f"test_{new_id().hex}"
    await _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    # No test pulls the plug of the machine, so none has to wait for its disk.
    await _execute(server_url, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    return _with_database(server_url, name)


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
