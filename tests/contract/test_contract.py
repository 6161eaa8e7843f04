"""The API keeps what its OpenAPI document promises: Schemathesis asks a real server as the document says, and as not.

What it must know of this API beyond the document stands in `schemathesis.toml` and `hooks.py`, with reasons.
"""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tasktracker.api.openapi import document
from tests.contract.seed import Seed, seed
from tests.servers import start_server, stop_server
from tests.shelf import Shelf

pytestmark = pytest.mark.contract

HERE = Path(__file__).parent
SEED = os.environ.get("CONTRACT_SEED", "20261123")
EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "10")
"""For each call, in the fuzzing. Others find more: `CONTRACT_SEED=7 CONTRACT_EXAMPLES=100 make contract`."""
LEAST = 500
"""Calls that have to pass, in all."""
LONGEST = float(os.environ.get("CONTRACT_SECONDS", "500"))
"""Seconds: several times what it takes on a machine that has nothing else to do, and less than `make contract` waits.

Else pytest would end without a word to the server.
"""


NEVER_ANSWERED = {"set_up"}
"""A server is set up once, before there is anything to ask it for."""


async def test_the_api_keeps_its_contract(database: None, database_url: str, shelf: Shelf, tmp_path: Path) -> None:
    found = await seed()
    server = await start_server(database_url, TASKTRACKER_STORAGE_URL=f"file://{shelf.folder}")
    try:
        code, text = await _run(found, server.address, tmp_path)
    finally:
        await stop_server(server)
    assert code == 0, "see above: mend the API or its document; what no schema can say goes into hooks.py with a reason"
    assert _passed(text) >= LEAST
    assert _operations() - _answered(tmp_path) == NEVER_ANSWERED, "it was refused each time: see what it needs to know"


async def _run(found: Seed, address: str, folder: Path) -> tuple[int, str]:
    """Run it in a folder of its own, where it finds its settings; returns its exit code and what it printed."""
    for name in ("schemathesis.toml", "hooks.py"):
        shutil.copy(HERE / name, folder)
    for name, ids in found.dictionaries.items():
        (folder / name).write_text("".join(f'"{each}"\n' for each in ids), encoding="utf-8")
    program = Path(sys.executable).with_name("schemathesis")
    options = ("--no-color", "run", "--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES)
    process = await asyncio.create_subprocess_exec(
        program, *options, f"{address}/api/v1/openapi.json", cwd=folder, env={**os.environ, **found.environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    text = await _shown(process)
    return process.returncode or 0, text


async def _shown(process: asyncio.subprocess.Process) -> str:
    """What it prints, shown as it comes; it is ended when it takes too long, or nobody waits for it any more."""
    assert process.stdout is not None
    lines = []
    try:
        async with asyncio.timeout(LONGEST):
            async for line in process.stdout:
                lines.append(line.decode())
                sys.stdout.write(lines[-1])
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return "".join(lines)


def _operations() -> set[str]:
    calls = (call for calls in document()["paths"].values() for call in calls.values())
    return {call["operationId"] for call in calls}


def _answered(folder: Path) -> set[str]:
    """What hooks.py has written down there."""
    return set((folder / "answered").read_text(encoding="utf-8").split())


def _passed(text: str) -> int:
    counted = re.search(r"[\d,]+ generated, ([\d,]+) passed", text)
    return int(counted[1].replace(",", "")) if counted else 0
