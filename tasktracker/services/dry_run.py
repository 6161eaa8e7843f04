"""Doing something for real, to see what would come of it, and then not having done it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tasktracker.services.transaction import unit_of_work


@dataclass
class Trial:
    """What is being tried. Until its block ends, it may still be decided whether it `is_dry`."""

    is_dry: bool


@asynccontextmanager
async def dry_run(*, wanted: bool = True) -> AsyncIterator[Trial]:
    """Run the block, commands and all, and then take back whatever it did, unless that is no longer wanted.

    What the block computed stays in its variables. Nothing is called after a commit, so nobody hears of it. Inside a
    transaction that is open already only the block is taken back. What it raises goes on to the caller.
    """
    trial = Trial(wanted)
    refused: Exception | None = None
    async with unit_of_work() as work:
        waiting, was_broken = len(work.after_commit), work.is_broken
        try:
            async with work.db._in_transaction() as savepoint:  # noqa: SLF001  a client's nested one has no public way
                yield trial
                if trial.is_dry:
                    await savepoint.savepoint_rollback()
        except Exception as error:  # noqa: BLE001  whatever it is, the savepoint has taken the block back
            refused = error
        if trial.is_dry or refused:
            del work.after_commit[waiting:]
            work.is_broken = was_broken
    if refused is not None:
        raise refused
