"""When a date in a filter is: each case is asked at a moment, in a time zone, and answered in local time."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.dates import PERIODS, WEEKDAYS, WORDS, Interval, read_date, resolve_date
from tasktracker.domain.filter_language.nodes import Date, Span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 15, 30, tzinfo=BERLIN)
"""A Wednesday."""

DAYS = """
today                2026-11-18  2026-11-19
tomorrow             2026-11-19  2026-11-20
yesterday            2026-11-17  2026-11-18
+0d                  2026-11-18  2026-11-19
+7d                  2026-11-25  2026-11-26
-1d                  2026-11-17  2026-11-18
+2w                  2026-12-02  2026-12-03
-2w                  2026-11-04  2026-11-05
+3m                  2027-02-18  2027-02-19
-12m                 2025-11-18  2025-11-19
+1y                  2027-11-18  2027-11-19
-1y                  2025-11-18  2025-11-19
2026                 2026-01-01  2027-01-01
2026-02              2026-02-01  2026-03-01
2028-02              2028-02-01  2028-03-01
2026-12              2026-12-01  2027-01-01
2026-11-30           2026-11-30  2026-12-01
2028-02-29           2028-02-29  2028-03-01
1900                 1900-01-01  1901-01-01
2999                 2999-01-01  3000-01-01
2999-12-31           2999-12-31  3000-01-01
this-week            2026-11-16  2026-11-23
next-week            2026-11-23  2026-11-30
last-week            2026-11-09  2026-11-16
this-month           2026-11-01  2026-12-01
next-month           2026-12-01  2027-01-01
last-month           2026-10-01  2026-11-01
this-quarter         2026-10-01  2027-01-01
next-quarter         2027-01-01  2027-04-01
last-quarter         2026-07-01  2026-10-01
this-year            2026-01-01  2027-01-01
next-year            2027-01-01  2028-01-01
last-year            2025-01-01  2026-01-01
monday               2026-11-23  2026-11-24
tuesday              2026-11-24  2026-11-25
wednesday            2026-11-18  2026-11-19
thursday             2026-11-19  2026-11-20
sunday               2026-11-22  2026-11-23
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_a_date_of_days_is_from_its_first_midnight_to_the_one_after_its_last(line: str) -> None:
    text, first, after = line.split()
    interval = when(text)
    assert (interval.first_day, interval.day_after) == (date.fromisoformat(first), date.fromisoformat(after))
    assert interval.start == datetime.fromisoformat(first).replace(tzinfo=BERLIN)
    assert interval.end == datetime.fromisoformat(after).replace(tzinfo=BERLIN)


MOMENTS = """
now                          2026-11-18T14:30:00Z  2026-11-18T14:30:00.000001Z  2026-11-18
-6h                          2026-11-18T08:30:00Z  2026-11-18T08:30:00.000001Z  2026-11-18
+12h                         2026-11-19T02:30:00Z  2026-11-19T02:30:00.000001Z  2026-11-19
2026-11-30T17:00             2026-11-30T16:00:00Z  2026-11-30T16:01:00Z         2026-11-30
2026-07-30T17:00             2026-07-30T15:00:00Z  2026-07-30T15:01:00Z         2026-07-30
2026-11-30T23:59             2026-11-30T22:59:00Z  2026-11-30T23:00:00Z         2026-11-30
2026-11-30T17:00:05          2026-11-30T16:00:05Z  2026-11-30T16:00:06Z         2026-11-30
2026-11-30T17:00Z            2026-11-30T17:00:00Z  2026-11-30T17:01:00Z         2026-11-30
2026-11-30T23:30Z            2026-11-30T23:30:00Z  2026-11-30T23:31:00Z         2026-12-01
2026-11-30T17:00:05-05:00    2026-11-30T22:00:05Z  2026-11-30T22:00:06Z         2026-11-30
"""


@pytest.mark.parametrize("line", MOMENTS.strip().splitlines())
def test_a_time_of_day_is_a_minute_or_a_second_and_now_is_an_instant(line: str) -> None:
    text, start, end, day = line.split()
    interval = when(text)
    assert (interval.start, interval.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert interval.first_day == date.fromisoformat(day)
    assert interval.day_after == date.fromisoformat(day) + timedelta(days=1)


CLOCK_CHANGES = """
Europe/Berlin       2026-03-29        2026-03-28T23:00Z  2026-03-29T22:00Z  23
Europe/Berlin       2026-10-25        2026-10-24T22:00Z  2026-10-25T23:00Z  25
Europe/Berlin       2026-03           2026-02-28T23:00Z  2026-03-31T22:00Z  743
America/New_York    2026-03-08        2026-03-08T05:00Z  2026-03-09T04:00Z  23
America/New_York    2026-11-01        2026-11-01T04:00Z  2026-11-02T05:00Z  25
Australia/Lord_Howe 2026-04-05        2026-04-04T13:00Z  2026-04-05T13:30Z  24.5
America/Sao_Paulo   2018-11-04        2018-11-04T03:00Z  2018-11-05T02:00Z  23
America/Sao_Paulo   2018-02-17        2018-02-17T02:00Z  2018-02-18T03:00Z  25
Asia/Kathmandu      2026-11-18        2026-11-17T18:15Z  2026-11-18T18:15Z  24
Pacific/Kiritimati  2026-11-18        2026-11-17T10:00Z  2026-11-18T10:00Z  24
Pacific/Apia        2011-12-29        2011-12-29T10:00Z  2011-12-30T10:00Z  24
Pacific/Apia        2011-12-30        2011-12-30T10:00Z  2011-12-30T10:00Z  0
Pacific/Apia        2011-12-31        2011-12-30T10:00Z  2011-12-31T10:00Z  24
Europe/Berlin       2026-03-29T02:30  2026-03-29T01:30Z  2026-03-29T01:31Z  0.016666
Europe/Berlin       2026-10-25T02:30  2026-10-25T00:30Z  2026-10-25T00:31Z  0.016666
"""


@pytest.mark.parametrize("line", CLOCK_CHANGES.strip().splitlines())
def test_a_day_is_as_long_as_the_clocks_make_it(line: str) -> None:
    zone, text, start, end, hours = line.split()
    interval = when(text, zone=ZoneInfo(zone))
    assert (interval.start, interval.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert (interval.end - interval.start) / timedelta(hours=1) == pytest.approx(float(hours), abs=1e-4)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", 19), ("Asia/Tokyo", 18), ("America/New_York", 18), ("Pacific/Pago_Pago", 17)],
)
def test_today_depends_on_where_one_asks(zone: str, day: int) -> None:
    asked = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
    assert when("today", now=asked, zone=ZoneInfo(zone)).first_day == date(2026, 11, day)


def test_hours_are_counted_by_the_clock_that_is_never_set() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    assert when("+1h", now=before).start.astimezone(BERLIN).isoformat() == "2026-03-29T03:30:00+02:00"
    assert when("+24h", now=before).start.astimezone(BERLIN).hour == 2


@pytest.mark.parametrize(
    ("asked", "text", "day"),
    [
        ("2026-01-31", "+1m", "2026-02-28"),
        ("2028-01-31", "+1m", "2028-02-29"),
        ("2026-03-31", "-1m", "2026-02-28"),
        ("2026-01-15", "-1m", "2025-12-15"),
        ("2026-12-31", "+2m", "2027-02-28"),
        ("2028-02-29", "+1y", "2029-02-28"),
        ("2028-02-29", "+4y", "2032-02-29"),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(asked: str, text: str, day: str) -> None:
    assert when(text, now=datetime.fromisoformat(asked).replace(tzinfo=BERLIN)).first_day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("asked", "first_weekday", "first_day"),
    [
        ("2026-11-18", 0, "2026-11-16"),
        ("2026-11-18", 6, "2026-11-15"),
        ("2026-11-18", 5, "2026-11-14"),
        ("2026-11-15", 0, "2026-11-09"),
        ("2026-11-15", 6, "2026-11-15"),
        ("2026-11-16", 0, "2026-11-16"),
        ("2026-11-14", 6, "2026-11-08"),
    ],
)
def test_a_week_begins_on_the_day_that_one_likes(asked: str, first_weekday: int, first_day: str) -> None:
    week = when("this-week", now=datetime.fromisoformat(asked).replace(tzinfo=BERLIN), first_weekday=first_weekday)
    assert week.first_day == date.fromisoformat(first_day)
    assert week.day_after == week.first_day + timedelta(days=7)


@pytest.mark.parametrize("text", ["+999999d", "-999999d", "+999999w", "-999999y", "+974y", "-127y", "-999999m"])
def test_a_date_that_no_calendar_needs_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(FilterProblem, match="between the years 1900 and 2999") as refused:
        resolve_date(read_date(text, Span(4, 9)), now=NOW, zone=BERLIN)
    assert (refused.value.start, refused.value.end) == (4, 9)


@given(
    st.sampled_from(WORDS) | st.from_regex(r"\A[+-][0-9]{1,6}[dwmyh]\Z") | st.dates().map(str),
    st.datetimes(timezones=st.timezones()).filter(lambda now: 1901 < now.year < 2998),
    st.timezones(),
    st.integers(0, 6),
)
def test_any_date_is_an_interval_or_refused(text: str, now: datetime, zone: ZoneInfo, first_weekday: int) -> None:
    with suppress(FilterProblem):
        interval = resolve_date(read_date(text, Span(0, 1)), now=now, zone=zone, first_weekday=first_weekday)
        assert interval.first_day < interval.day_after
        assert interval.start <= interval.end
        assert interval.start.tzinfo is interval.end.tzinfo is UTC


@given(st.dates(date(1901, 1, 1), date(2998, 1, 1)), st.timezones())
def test_days_lie_one_against_the_other(day: date, zone: ZoneInfo) -> None:
    assert when(str(day), zone=zone).end == when(str(day + timedelta(days=1)), zone=zone).start


def test_the_words_are_all_distinct() -> None:
    assert len(set(WORDS)) == len(WORDS) == 4 + len(PERIODS) + len(WEEKDAYS) == 23


def when(text: str, *, now: datetime = NOW, zone: ZoneInfo = BERLIN, first_weekday: int = 0) -> Interval:
    value = read_date(text, Span(0, len(text)))
    assert value == Date(text, Span(0, 0))
    return resolve_date(value, now=now, zone=zone, first_weekday=first_weekday)
