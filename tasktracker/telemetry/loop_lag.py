"""How late the event loop is: the first sign of a handler that blocks everybody."""

import asyncio
import time

from tasktracker.telemetry.metrics import EVENT_LOOP_LAG

HEARTBEAT = 0.5
"""Seconds."""


async def measure_loop_lag() -> None:
    """Sleep and see by how much the loop overslept, for ever."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(HEARTBEAT)
        EVENT_LOOP_LAG.set(time.perf_counter() - began - HEARTBEAT)
