"""What the how-to guides tell people to run, run as they tell it, against a real server."""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tasktracker.services.sessions import create_token
from tests.api.test_crash import serving
from tests.factories import make_team

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"


@pytest.mark.parametrize(
    ("page", "language", "interpreter"),
    [
        ("script-with-curl.md", "bash", ["bash", "-euo", "pipefail"]),
        ("script-with-python.md", "python", [sys.executable]),
    ],
)
@pytest.mark.thorough
async def test_every_block_of_the_guide_works(
    page: str, language: str, interpreter: list[str], database_url: str, database: None
) -> None:
    assert shutil.which("curl"), "the guide needs curl, and so does its test"
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", (HOW_TO / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5, "the guide is read"
    secret = await create_token((await make_team()).owner, "script")
    async with serving(database_url) as (_, address):
        code, said = await _run(interpreter, "\n".join(blocks), TOKEN=secret, API=f"{address}/api/v1")
    assert code == 0, said


async def _run(interpreter: list[str], script: str, **environment: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *interpreter,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **environment},
    )
    async with asyncio.timeout(60):
        output, _ = await process.communicate(script.encode())
    return process.returncode or 0, output.decode()
