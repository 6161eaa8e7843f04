"""What a call comes to."""

import asyncio
from collections.abc import Awaitable, Iterable

from tasktracker.domain.errors import Invalid, Refusal


async def outcome_of(call: Awaitable[object]) -> object:
    """What the call answers, or the refusal that it raises."""
    try:
        return await call
    except Refusal as refusal:
        return refusal


async def outcomes_of(calls: Iterable[Awaitable[object]]) -> list[object]:
    """The same for many calls at once."""
    return list(await asyncio.gather(*map(outcome_of, calls)))


async def pointers_of(call: Awaitable[object]) -> list[str]:
    """Where the problems are that the call is refused for."""
    refusal = await outcome_of(call)
    assert isinstance(refusal, Invalid), refusal
    return [problem.pointer for problem in refusal.problems]
