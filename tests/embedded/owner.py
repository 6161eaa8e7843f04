"""Runs a PostgreSQL until it is told to end: `owner.py FOLDER [UID]`. Prints the address, or why there is none."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tasktracker.embedded import EmbeddedPostgres, EmbeddedPostgresError


def become(uid: int) -> None:
    # Only now, and after a thread has run: the interpreter may live where only root gets to, and asyncio imports late.
    asyncio.run(asyncio.to_thread(int))
    if os.geteuid() != uid:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)


async def own(folder: Path) -> None:
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    async with EmbeddedPostgres(folder) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await told.wait()


def main() -> None:
    if sys.argv[2:]:
        become(int(sys.argv[2]))
    try:
        asyncio.run(own(Path(sys.argv[1])))
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
