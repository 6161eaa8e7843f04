"""Steps that are not left half-way when the process is told to end."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def whole(step: Coroutine[Any, Any, Result]) -> Result:
    """Do the step; whoever is cancelled meanwhile is cancelled after it. Cancelled again, the step is undone."""
    doing = asyncio.create_task(step)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        with contextlib.suppress(Exception):  # it is undone, and another process's to try again; this one ends
            await doing
        raise
