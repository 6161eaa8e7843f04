"""The garbage collector looks seldom, and never at what the program itself consists of."""

import gc
from collections.abc import Iterator

import pytest

from tasktracker.telemetry.collecting import spare_the_loop


@pytest.fixture
def spared() -> Iterator[None]:
    usual = gc.get_threshold()
    spare_the_loop()
    yield
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_what_is_there_at_the_start_is_looked_through_no_more_and_garbage_of_later_still_is(spared: None) -> None:
    assert gc.get_freeze_count() > len(gc.get_objects())
    later: list[object] = []
    later.append(later)
    del later
    assert gc.collect() >= 1
