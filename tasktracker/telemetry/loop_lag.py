"""How late the event loop is: the first sign of a handler that holds everybody up."""

import asyncio
import time

from tasktracker.telemetry.metrics import EVENT_LOOP_LAG, EVENT_LOOP_LATE

HEARTBEAT = 0.02
"""Seconds. What holds the loop up for longer than that is seen, less the rest of the beat that it fell into."""
WINDOW = 15.0
"""Seconds: the gauge tells the longest of at least so many, so that a scrape misses none."""


class LoopWatch:
    """Tells how late the beats are: each to the histogram, the latest of one to two windows to the gauge."""

    def __init__(self) -> None:
        self._windows = [0.0, 0.0]
        self._began = time.perf_counter()

    def note(self, late: float) -> None:
        """A beat was late by so many seconds."""
        now = time.perf_counter()
        if now - self._began > WINDOW:
            self._windows, self._began = [0.0, self._windows[0]], now
        self._windows[0] = max(self._windows[0], late)
        EVENT_LOOP_LATE.observe(late)
        EVENT_LOOP_LAG.set(max(self._windows))


async def measure_loop_lag() -> None:
    """Sleep and see by how much the loop overslept, for ever."""
    watch = LoopWatch()
    while True:
        began = time.perf_counter()
        await asyncio.sleep(HEARTBEAT)
        watch.note(max(0.0, time.perf_counter() - began - HEARTBEAT))
