"""A field for a date. It is Wednesday, 18 November 2026, ten o'clock in Berlin (an hour before UTC)."""

import pytest

from tasktracker.domain.quick_add import Context, read_date
from tests.domain.typed import CONTEXT


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("tomorrow", "2026-11-19"),
        ("  Next   Friday ", "2026-11-27"),
        ("in 2 weeks", "2026-12-02"),
        ("30/11", "2026-11-30"),
        ("by friday", "2026-11-20"),
        ("sat", "2026-11-21"),
        ("sun 9:00", "2026-11-22T08:00:00Z"),
        ("tomorrow 17:00", "2026-11-19T16:00:00Z"),
        ("5pm on friday", "2026-11-20T16:00:00Z"),
        ("9:00", "2026-11-19T08:00:00Z"),
        ("monday meeting", None),
        ("call tomorrow", None),
        ("every friday", None),
        ("start:friday", None),
        ("friday !high", None),
        ("30 feb", None),
        ("soon", None),
        ("  ", None),
        ("", None),
    ],
)
def test_a_date_by_itself_is_read_and_nothing_else(written: str, date: str | None) -> None:
    assert read_date(written, CONTEXT) == date


def test_numbers_are_read_in_the_order_of_the_reader() -> None:
    american = Context(now=CONTEXT.now, zone=CONTEXT.zone, day_first=False)
    assert read_date("12/11", american) == "2026-12-11"
