"""Whether the process is alive (restart it if not) and ready (send it people if so)."""

import asyncio
import time
from collections.abc import Awaitable, Callable

Check = Callable[[], Awaitable[str | None]]
"""Answers None when all is well, else a sentence that says what is wrong."""

TIMEOUT = 2.0
"""Seconds a check may take."""
GOOD_FOR = 0.5
"""Seconds that an answer stands for those who ask soon after: many open pages may ask at once."""


class Readiness:
    """Named checks, run side by side."""

    def __init__(self, checks: dict[str, Check] | None = None) -> None:
        self.checks: dict[str, Check] = checks or {}
        self.is_ending = False
        """Set for good once the process is about to end: it is ready for nobody, whatever the checks say."""
        self._answer: tuple[float, asyncio.Task[dict[str, str]]] | None = None

    async def problems(self) -> dict[str, str]:
        """What is wrong, by the name of the check; empty when ready."""
        if self.is_ending:
            return {"life": "this process is about to end"}
        if self._answer is None or (self._answer[1].done() and time.monotonic() - self._answer[0] > GOOD_FOR):
            self._answer = time.monotonic(), asyncio.create_task(self._ask())
        return await asyncio.shield(self._answer[1])

    async def _ask(self) -> dict[str, str]:
        answers = await asyncio.gather(*(_asked(check) for check in self.checks.values()))
        return {name: answer for name, answer in zip(self.checks, answers, strict=True) if answer}


async def _asked(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), TIMEOUT)
    except Exception as error:  # noqa: BLE001  any failure of a check is its answer
        return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
