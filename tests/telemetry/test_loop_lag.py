"""Whoever holds the event loop up is seen in the metrics, for as long as it takes to be scraped."""

import asyncio
import time

import pytest

from tasktracker.telemetry import loop_lag
from tasktracker.telemetry.loop_lag import LoopWatch, measure_loop_lag
from tasktracker.telemetry.metrics import EVENT_LOOP_LAG, EVENT_LOOP_LATE


def latest() -> float:
    (metric,) = EVENT_LOOP_LAG.collect()
    return float(metric.samples[0].value)


def beats_later_than(bound: str) -> float:
    (metric,) = EVENT_LOOP_LATE.collect()
    counts = {sample.labels.get("le"): sample.value for sample in metric.samples if sample.name.endswith("_bucket")}
    return float(counts["+Inf"] - counts[bound])


async def test_a_handler_that_blocks_for_a_fifth_of_a_second_is_seen() -> None:
    before = beats_later_than("0.1")
    measuring = asyncio.create_task(measure_loop_lag())
    await asyncio.sleep(0.05)
    time.sleep(0.2)  # noqa: ASYNC251  this is the fault that shall be seen
    await asyncio.sleep(0.05)
    measuring.cancel()
    assert latest() >= 0.2 - loop_lag.HEARTBEAT
    assert beats_later_than("0.1") > before


def test_the_longest_is_told_for_one_to_two_windows_and_then_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    watch = LoopWatch()
    watch.note(0.4)
    for seconds, told in ((1, 0.4), (loop_lag.WINDOW, 0.4), (2 * loop_lag.WINDOW - 1, 0.4), (3 * loop_lag.WINDOW, 0)):
        now = 100.0 + seconds
        watch.note(0.0)
        watch.note(0.0)
        assert latest() == told, seconds
