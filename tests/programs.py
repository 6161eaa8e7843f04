"""The program as a process of its own."""

import asyncio
import os
import re
import sys


async def start(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """`tasktracker` with these arguments, and with no settings but those."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TASKTRACKER_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tasktracker",
        *arguments,
        # Unless told otherwise no balancer has to find out that it ends.
        env={**clean, "PYTHONUNBUFFERED": "1", "TASKTRACKER_DRAIN_SECONDS": "0", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def ready_address(process: asyncio.subprocess.Process) -> str:
    """Where a server that was started serves, once it does."""
    said = ""
    assert process.stdout
    async with asyncio.timeout(60):
        while not (found := re.search(r"ready at (http://\S+)", said)):
            line = await process.stdout.readline()
            assert line, f"it ended while it started:\n{said}"
            said += line.decode()
    return found[1]
