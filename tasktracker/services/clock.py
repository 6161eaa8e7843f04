"""The time that commands go by."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current time in UTC, unless `time_is` says otherwise."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def time_is(at: datetime) -> Iterator[None]:
    """Let commands in this context happen at `at` (a log's times still never run backwards): demo data, imports."""
    token = _fixed.set(at)
    try:
        yield
    finally:
        _fixed.reset(token)
