"""When a task comes back."""

from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.recurrence import Recurrence, first_due, next_due
from tests.domain.rules import RULES
from tests.patience import sequences

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]).map(ZoneInfo)
DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("rule", "due", "done", "again"),
    [
        ("FREQ=DAILY", "2026-11-18", "2026-11-18", "2026-11-19"),
        ("FREQ=DAILY", "2026-11-18", "2026-11-10", "2026-11-19"),
        ("FREQ=DAILY", "2026-11-18", "2026-11-25", "2026-11-25"),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18", "2026-11-18", "2026-11-21"),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18", "2026-11-22", "2026-11-24"),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18", "2026-11-24", "2026-11-24"),
        ("FREQ=WEEKLY", "2026-11-18", "2026-11-20", "2026-11-25"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-18", "2026-12-10", "2026-12-16"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-16", "2026-11-16", "2026-11-30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-18", "2026-11-18", "2026-11-30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-11-16", "2026-11-16", "2026-11-22"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "2026-11-16", "2026-11-16", "2026-11-29"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20", "2026-11-20", "2026-11-23"),
        ("FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1", "2026-11-15", "2026-11-15", "2026-11-16"),
        ("FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;WKST=SU", "2026-11-15", "2026-11-15", "2026-11-22"),
        ("FREQ=DAILY;INTERVAL=7;BYMONTHDAY=1", "2026-11-18", "2026-11-18", "2027-09-01"),
        ("FREQ=MONTHLY", "2026-01-15", "2026-01-15", "2026-02-15"),
        ("FREQ=MONTHLY", "2026-01-31", "2026-01-31", "2026-03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", "2026-01-31", "2026-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-01-30", "2026-01-30", "2026-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-02-28", "2026-02-28", "2026-03-30"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-11-27", "2026-12-25"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-11-01", "2026-12-24", "2027-02-01"),
        ("FREQ=YEARLY", "2026-11-18", "2029-11-19", "2030-11-18"),
        ("FREQ=YEARLY", "2028-02-29", "2028-02-29", "2032-02-29"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2028-02-29", "2028-02-29", "2029-02-28"),
        ("FREQ=YEARLY;BYMONTH=2", "2027-02-28", "2027-02-28", "2028-02-28"),
        ("FREQ=YEARLY;BYDAY=20MO", "2026-05-18", "2026-05-18", "2027-05-17"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "1988-02-29", "1988-02-29", "2016-02-29"),
        ("FREQ=YEARLY;INTERVAL=500", "2026-11-18", "2026-11-18", "2526-11-18"),
        ("FREQ=DAILY;UNTIL=20261119", "2026-11-18", "2026-11-18", "2026-11-19"),
        ("FREQ=DAILY;UNTIL=20261119", "2026-11-19", "2026-11-19", None),
        ("FREQ=DAILY;UNTIL=20261119", "2026-11-01", "2026-11-20", None),
        ("FREQ=DAILY;UNTIL=20261119T225959Z", "2026-11-18", "2026-11-18", "2026-11-19"),
        ("FREQ=DAILY;UNTIL=20261119T230000Z", "2026-11-19", "2026-11-19", "2026-11-20"),
        ("FREQ=DAILY;COUNT=2", "2026-11-18", "2026-11-18", "2026-11-19"),
        ("FREQ=DAILY;COUNT=1", "2026-11-18", "2026-11-18", None),
        ("FREQ=YEARLY;INTERVAL=1000", "2026-11-18", "2026-11-18", None),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2025-03-01", "2025-03-01", None),
        ("FREQ=YEARLY;BYMONTH=2", "2026-01-30", "2026-01-30", None),
    ],
)
def test_from_the_due_date_the_rhythm_goes_on_and_never_into_the_past(
    rule: str, due: str, done: str, again: str | None
) -> None:
    assert _next(Recurrence(rule), due=date.fromisoformat(due), done=done) == (again and date.fromisoformat(again))


@pytest.mark.parametrize(
    ("rule", "due", "done", "again"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18", "2026-11-22", "2026-11-25"),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18", "2026-11-10", "2026-11-13"),
        ("FREQ=DAILY", None, "2026-11-18", "2026-11-19"),
        ("FREQ=WEEKLY", "2026-11-18", "2026-11-20", "2026-11-27"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-16", "2026-11-20", "2026-11-23"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-16", "2026-11-20", "2026-11-30"),
        ("FREQ=MONTHLY", "2026-11-01", "2026-11-20", "2026-12-20"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-15", "2026-11-20", "2026-12-15"),
        ("FREQ=YEARLY", "2020-01-01", "2026-11-20", "2027-11-20"),
        ("FREQ=DAILY;COUNT=1", "2026-11-18", "2026-11-18", None),
        ("FREQ=DAILY;UNTIL=20261119", "2026-11-01", "2026-11-19", None),
    ],
)
def test_from_completion_the_rule_counts_from_that_day(
    rule: str, due: str | None, done: str, again: str | None
) -> None:
    due_on = date.fromisoformat(due) if due else None
    assert _next(Recurrence(rule, "completion"), due=due_on, done=done) == (again and date.fromisoformat(again))


def test_without_a_due_date_completion_is_all_there_is_to_count_from() -> None:
    assert _next(Recurrence("FREQ=WEEKLY"), due=None, done="2026-11-18") == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("rule", "due", "done", "again"),
    [
        ("FREQ=DAILY", "2027-03-27T17:00+01:00", "2027-03-27T17:00Z", "2027-03-28T17:00+02:00"),
        ("FREQ=DAILY", "2027-10-30T17:00+02:00", "2027-10-30T17:00Z", "2027-10-31T17:00+01:00"),
        ("FREQ=DAILY", "2027-03-27T02:30+01:00", "2027-03-27T17:00Z", "2027-03-28T03:30+02:00"),
        ("FREQ=DAILY", "2027-10-30T02:30+02:00", "2027-10-30T17:00Z", "2027-10-31T02:30+02:00"),
        ("FREQ=DAILY", "2027-10-31T02:30+01:00", "2027-10-31T17:00Z", "2027-11-01T02:30+01:00"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "2027-10-31T02:30+01:00", "2027-10-31T17:00Z", "2028-10-29T02:30+02:00"),
        ("FREQ=WEEKLY", "2027-03-26T00:00+01:00", "2027-03-26T17:00Z", "2027-04-02T00:00+02:00"),
        ("FREQ=DAILY", "2026-11-17T23:30Z", "2026-11-17T23:45Z", "2026-11-19T00:30+01:00"),
        ("FREQ=WEEKLY;BYDAY=WE", "2026-11-17T23:30Z", "2026-11-17T23:45Z", "2026-11-25T00:30+01:00"),
        ("FREQ=DAILY", "2026-11-17T09:00+01:00", "2026-11-18T14:00+01:00", "2026-11-18T09:00+01:00"),
        ("FREQ=DAILY", "2026-11-17T09:00+01:00", "2026-11-18T23:30Z", "2026-11-19T09:00+01:00"),
        ("FREQ=DAILY;UNTIL=20261119T080000Z", "2026-11-18T09:00+01:00", "2026-11-18T09:00Z", "2026-11-19T09:00+01:00"),
        ("FREQ=DAILY;UNTIL=20261119T075959Z", "2026-11-18T09:00+01:00", "2026-11-18T09:00Z", None),
        ("FREQ=DAILY;UNTIL=20261119", "2026-11-18T09:00+01:00", "2026-11-18T09:00Z", "2026-11-19T09:00+01:00"),
    ],
)
def test_a_time_stays_on_the_clock_when_the_clock_is_changed(rule: str, due: str, done: str, again: str | None) -> None:
    result = next_due(
        Recurrence(rule), due=datetime.fromisoformat(due), completed_at=datetime.fromisoformat(done), zone=BERLIN
    )
    assert result == (again and datetime.fromisoformat(again).astimezone(UTC))


def test_a_time_stays_when_counted_from_completion() -> None:
    done = datetime(2026, 11, 20, 14, tzinfo=BERLIN)
    due = datetime(2026, 11, 18, 8, tzinfo=UTC)
    again = next_due(Recurrence("FREQ=DAILY;INTERVAL=3", "completion"), due=due, completed_at=done, zone=BERLIN)
    assert again == datetime(2026, 11, 23, 9, tzinfo=BERLIN)


@sequences(60)
@given(RULES, DAYS, st.integers(0, 3000))
def test_the_days_are_those_of_dateutil(rule: str, due: date, later: int) -> None:
    """Dateutil walks from the due date with the whole rule; here nothing walks, and INTERVAL is arithmetic."""
    done = due + timedelta(days=later)
    again = _next(Recurrence(rule), due=due, done=done.isoformat())
    if again is not None:
        lowest = datetime.combine(max(due + timedelta(days=1), done), time.min)
        expected = rrule.rrulestr(rule, dtstart=_beginning(rule, due)).after(lowest, inc=True)
        assert again == (expected and expected.date())


@sequences(100)
@given(RULES, DAYS, st.times(), DAYS, ZONES)
def test_what_comes_back_is_later_and_at_the_same_time_of_day(
    rule: str, due_on: date, clock: time, done: date, zone: ZoneInfo
) -> None:
    due = datetime.combine(due_on, clock, tzinfo=zone).astimezone(UTC)
    done_at = datetime.combine(done, time(12), tzinfo=zone)
    for anchor, since in ((Recurrence(rule), due), (Recurrence(rule, "completion"), done_at)):
        again = next_due(anchor, due=due, completed_at=done_at, zone=zone)
        if again is not None:
            assert isinstance(again, datetime)
            assert again > since
            local = again.astimezone(zone)
            assert local.date() >= done
            assert local.time() == due.astimezone(zone).time() or _is_moved_on(local)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=1000;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    ],
)
def test_a_rhythm_that_never_meets_its_days_ends_soon(rule: str) -> None:
    before = process_time()
    assert _next(Recurrence(rule), due=date(2025, 1, 1), done="2025-01-01") is None
    assert process_time() - before < 1, "a search to the end of the calendar takes several seconds"


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2026-11-18"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23"),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1", "2026-12-01"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=17", "2027-11-17"),
        ("FREQ=DAILY;UNTIL=20261117", None),
    ],
)
def test_the_first_time_is_the_first_day_that_fits(rule: str, first: str | None) -> None:
    assert first_due(Recurrence(rule), on_or_after=date(2026, 11, 18)) == (first and date.fromisoformat(first))


def _next(recurrence: Recurrence, *, due: date | None, done: str) -> date | datetime | None:
    completed_at = datetime.combine(date.fromisoformat(done), time(12), tzinfo=BERLIN)
    return next_due(recurrence, due=due, completed_at=completed_at, zone=BERLIN)


def _beginning(rule: str, due: date) -> datetime:
    """Dateutil takes BYSETPOS of the first week from what is left of it; the standard means whole weeks."""
    if "WEEKLY" in rule and "BYSETPOS" in rule and "BYDAY" in rule:
        first = {"SU": 6, "WE": 2}.get(rule.partition("WKST=")[2], 0)
        due -= timedelta(days=(due.weekday() - first) % 7)
    return datetime.combine(due, time.min)


def _is_moved_on(local: datetime) -> bool:
    """Whether the clock was put forward shortly before: then the time was one that it left out."""
    before = (local.astimezone(UTC) - timedelta(hours=25)).astimezone(local.tzinfo)
    return before.utcoffset() != local.utcoffset()
