"""Whether the process is alive (restart it if not) and ready (send it people if so)."""

import asyncio
from collections.abc import Awaitable, Callable

Check = Callable[[], Awaitable[str | None]]
"""Answers None when all is well, else a sentence that says what is wrong."""

TIMEOUT = 2.0
"""Seconds a check may take."""


class Readiness:
    """Named checks, run side by side at each question."""

    def __init__(self) -> None:
        self.checks: dict[str, Check] = {}

    async def problems(self) -> dict[str, str]:
        """What is wrong, by the name of the check; empty when ready."""
        answers = await asyncio.gather(*(_asked(check) for check in self.checks.values()))
        return {name: answer for name, answer in zip(self.checks, answers, strict=True) if answer}


async def _asked(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), TIMEOUT)
    except Exception as error:  # noqa: BLE001  any failure of a check is its answer
        return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
