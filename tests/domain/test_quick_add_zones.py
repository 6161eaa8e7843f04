"""The same line on other clocks, and in the nights when a clock is changed."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.domain.typed import said

LATE = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "written", "due"),
    [
        ("Europe/London", "today", "2026-11-18"),
        ("Europe/Berlin", "today", "2026-11-19"),
        ("Asia/Tokyo", "tomorrow", "2026-11-20"),
        ("America/Los_Angeles", "tomorrow", "2026-11-19"),
        ("Pacific/Kiritimati", "today", "2026-11-19"),
        ("Asia/Kathmandu", "tomorrow 9:00", "2026-11-20T03:15:00Z"),
        ("America/Los_Angeles", "17:00", "2026-11-19T01:00:00Z"),
        ("America/New_York", "17:00", "2026-11-19T22:00:00Z"),
        ("Asia/Tokyo", "8:00", "2026-11-19T23:00:00Z"),
        ("Asia/Tokyo", "9:00", "2026-11-19T00:00:00Z"),
        ("America/Los_Angeles", "wednesday", "2026-11-25"),
        ("Asia/Tokyo", "thursday", "2026-11-26"),
    ],
)
@pytest.mark.parametrize("offset", [0, -11, 14])
def test_today_is_the_day_where_the_reader_is(zone: str, written: str, due: str, offset: int) -> None:
    now = LATE.astimezone(timezone(timedelta(hours=offset)))
    assert said(f"Call {written}", now=now, zone=ZoneInfo(zone)) == ("Call", {"due": due})


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("27 mar 17:00", "2027-03-27T16:00:00Z"),
        ("28 mar 17:00", "2027-03-28T15:00:00Z"),
        ("28 mar 1:59", "2027-03-28T00:59:00Z"),
        ("28 mar 2:30", "2027-03-28T01:30:00Z"),
        ("28 mar 3:00", "2027-03-28T01:00:00Z"),
        ("30 oct 2027 17:00", "2027-10-30T15:00:00Z"),
        ("31 oct 2027 2:30", "2027-10-31T00:30:00Z"),
        ("31 oct 2027 3:00", "2027-10-31T02:00:00Z"),
        ("31 oct 2027 17:00", "2027-10-31T16:00:00Z"),
    ],
)
def test_a_time_is_that_of_the_clock_on_that_day(written: str, due: str) -> None:
    """On 28 March there is no half past two: it moves on by the hour that is left out. On 31 October there are two."""
    assert said(f"Call {written}") == ("Call", {"due": due})


@pytest.mark.parametrize(
    ("now", "written", "due"),
    [
        ("2027-03-27T23:00:00+01:00", "2:30", "2027-03-28T01:30:00Z"),
        ("2027-10-31T02:15:00+02:00", "2:30", "2027-10-31T00:30:00Z"),
        ("2027-10-31T02:15:00+01:00", "2:30", "2027-11-01T01:30:00Z"),
        ("2027-10-30T12:00:00+02:00", "tomorrow 12:00", "2027-10-31T11:00:00Z"),
        ("2026-12-31T23:59:59+01:00", "tomorrow", "2027-01-01"),
        ("2027-01-31T12:00:00+01:00", "in a month", "2027-02-28"),
        ("2028-02-29T12:00:00+01:00", "in a year", "2029-02-28"),
        ("2028-02-29T12:00:00+01:00", "29 feb", "2028-02-29"),
        ("2096-03-01T12:00:00+01:00", "29 feb", "2104-02-29"),
    ],
)
def test_the_turns_of_the_calendar_and_the_clock(now: str, written: str, due: str) -> None:
    assert said(f"Call {written}", now=datetime.fromisoformat(now)) == ("Call", {"due": due})
