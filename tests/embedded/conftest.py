import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasktracker.embedded import EmbeddedPostgres


def open_folder() -> Path:
    # pytest's own tmp_path is closed to every other account, and as root PostgreSQL runs as one.
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-embedded-")).resolve()
    folder.chmod(0o755)
    return folder


@pytest.fixture
def here() -> Iterator[Path]:
    """An empty folder that every account may enter."""
    folder = open_folder()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def new_folder(here: Path) -> Path:
    """A data folder that does not exist yet."""
    return here / "data"


@pytest.fixture(scope="session")
def used_folder() -> Iterator[Path]:
    """A data folder that was used before. All tests share it, since it is slow to make: none may leave it broken."""
    folder = open_folder() / "data"
    asyncio.run(start_and_stop(folder))
    yield folder
    shutil.rmtree(folder.parent)


async def start_and_stop(folder: Path) -> None:
    async with EmbeddedPostgres(folder):
        pass


@pytest.fixture
def as_root() -> None:
    """For what only root can meet."""
    if os.geteuid() != 0:
        pytest.skip("NOT PROVEN: what only root can meet, since root does not run these tests: run them in a container")
