"""Answers that come late: two readers overtake each other in the order that a test wants."""

import asyncio
from importlib import import_module
from typing import Any

import pytest


class Held:
    """The first call of a function answers when it is let go; those after it at once."""

    def __init__(self, patcher: pytest.MonkeyPatch, where: str) -> None:
        module, _, name = where.rpartition(".")
        self._real: Any = getattr(import_module(module), name)
        self._calls = 0
        self._has_answer, self._go = asyncio.Event(), asyncio.Event()
        patcher.setattr(where, self._call)

    async def _call(self, *args: Any, **more: Any) -> Any:
        self._calls += 1
        is_first = self._calls == 1
        answer = await self._real(*args, **more)
        if is_first:
            self._has_answer.set()
            await self._go.wait()
        return answer

    async def reached(self) -> None:
        """Wait until the first call has its answer, which it keeps."""
        await asyncio.wait_for(self._has_answer.wait(), timeout=10)

    def let_go(self) -> None:
        self._go.set()
