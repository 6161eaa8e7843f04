"""Where releases are rolled: a balancer, a database at head, and a team at work."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.factories import Team, make_team
from tests.release.stage import Stage


@pytest.fixture
async def stage(database_url: str, database: None, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-roll-"))
    stage = Stage(folder, database_url, proxies=getattr(request, "param", ""))
    try:
        await stage.open()
        yield stage
    finally:
        await stage.close()
        shutil.rmtree(stage.folder)


@pytest.fixture
async def team(database: None) -> Team:
    return await make_team()
