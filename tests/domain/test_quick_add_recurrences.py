"""Recurrences. It is Wednesday, 18 November 2026, ten o'clock in Berlin."""

from datetime import datetime

import pytest

from tests.domain.typed import BERLIN, said, typed


@pytest.mark.parametrize(
    ("written", "rule", "due"),
    [
        ("every day", "FREQ=DAILY", "2026-11-18"),
        ("daily", "FREQ=DAILY", "2026-11-18"),
        ("every 3 days", "FREQ=DAILY;INTERVAL=3", "2026-11-18"),
        ("every other day", "FREQ=DAILY;INTERVAL=2", "2026-11-18"),
        ("every 2nd day", "FREQ=DAILY;INTERVAL=2", "2026-11-18"),
        ("every third day", "FREQ=DAILY;INTERVAL=3", "2026-11-18"),
        ("every 1 day", "FREQ=DAILY", "2026-11-18"),
        ("every week", "FREQ=WEEKLY", "2026-11-18"),
        ("weekly", "FREQ=WEEKLY", "2026-11-18"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-18"),
        ("every month", "FREQ=MONTHLY", "2026-11-18"),
        ("monthly", "FREQ=MONTHLY", "2026-11-18"),
        ("every 6 months", "FREQ=MONTHLY;INTERVAL=6", "2026-11-18"),
        ("every year", "FREQ=YEARLY", "2026-11-18"),
        ("yearly", "FREQ=YEARLY", "2026-11-18"),
        ("annually", "FREQ=YEARLY", "2026-11-18"),
        ("every 1000 years", "FREQ=YEARLY;INTERVAL=1000", "2026-11-18"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-18"),
        ("every workday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-18"),
        ("every monday", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23"),
        ("every wednesday", "FREQ=WEEKLY;BYDAY=WE", "2026-11-18"),
        ("every sat", "FREQ=WEEKLY;BYDAY=SA", "2026-11-21"),
        ("every monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-19"),
        ("every thursday & monday", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-19"),
        ("every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-18"),
        ("every mon, tue, and thu", "FREQ=WEEKLY;BYDAY=MO,TU,TH", "2026-11-19"),
        ("every other monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23"),
        ("every 2 weeks on monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23"),
        ("every 3 weeks on tue and sun", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU", "2026-11-22"),
        ("every week on friday", "FREQ=WEEKLY;BYDAY=FR", "2026-11-20"),
        ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15"),
        ("every 15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15"),
        ("every 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01"),
        ("every month on the 20th", "FREQ=MONTHLY;BYMONTHDAY=20", "2026-11-20"),
        ("every 3 months on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-12-01"),
        ("every 31st", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("every 30th", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-11-30"),
        ("every 29th", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "2026-11-29"),
        ("every last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("every first day of each month", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01"),
        ("every last friday", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27"),
        ("every first monday of the month", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07"),
        ("every 2nd tuesday", "FREQ=MONTHLY;BYDAY=2TU", "2026-12-08"),
        ("every second tuesday", "FREQ=MONTHLY;BYDAY=2TU", "2026-12-08"),
        ("every month on the last friday", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27"),
        ("every last weekday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30"),
        ("every 30 november", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "2026-11-30"),
        ("every nov 30", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "2026-11-30"),
        ("every 1st jan", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "2027-01-01"),
        ("every 29 feb", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-02-28"),
        ("Every Day.", "FREQ=DAILY", "2026-11-18"),
    ],
)
def test_a_recurrence_begins_on_the_first_day_that_fits(written: str, rule: str, due: str) -> None:
    assert said(f"Pay {written}") == ("Pay", {"recurrence": {"rule": rule, "from": "due"}, "due": due})


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("every! 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("every! week", "FREQ=WEEKLY"),
        ("every! monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("Every! 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ],
)
def test_every_with_an_exclamation_mark_counts_from_completion(written: str, rule: str) -> None:
    title, fields = said(f"Water plants {written}")
    assert (title, fields["recurrence"]) == ("Water plants", {"rule": rule, "from": "completion"})


@pytest.mark.parametrize(
    ("written", "rule", "due"),
    [
        ("tomorrow every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-19"),
        ("every 2 weeks tomorrow", "FREQ=WEEKLY;INTERVAL=2", "2026-11-19"),
        ("tomorrow 17:00 every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-19T16:00:00Z"),
        ("tomorrow every 2 weeks 17:00", "FREQ=WEEKLY;INTERVAL=2", "2026-11-19T16:00:00Z"),
        ("every day 17:00", "FREQ=DAILY", "2026-11-18T16:00:00Z"),
        ("every day at 9:00", "FREQ=DAILY", "2026-11-19T08:00:00Z"),
        ("every weekday 9:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-19T08:15:00Z"),
        ("every wednesday 9:00", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25T08:00:00Z"),
        ("every monday noon", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23T11:00:00Z"),
        ("30 nov every month", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-11-30"),
        ("31 dec every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-12-31"),
        ("31 dec every 2 months", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "2026-12-31"),
        ("28 feb every month", "FREQ=MONTHLY", "2027-02-28"),
        ("29 feb every year", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2028-02-29"),
        ("every month 31/12 9:00", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-12-31T08:00:00Z"),
    ],
)
def test_a_day_beside_the_recurrence_is_its_first(written: str, rule: str, due: str) -> None:
    assert said(f"Pay {written}") == ("Pay", {"recurrence": {"rule": rule, "from": "due"}, "due": due})


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("Every monday water the plants", "water the plants", "2026-11-23"),
        ("every 2 weeks, pay rent", "pay rent", "2026-11-18"),
        ("Daily: water the plants", "water the plants", "2026-11-18"),
    ],
)
def test_a_recurrence_may_stand_at_the_beginning(line: str, title: str, due: str) -> None:
    name, fields = said(line)
    assert (name, fields["due"]) == (title, due)
    assert "recurrence" in fields


def test_of_two_recurrences_the_last_counts() -> None:
    title, fields = said("Pay every day every week")
    assert (title, fields["recurrence"]["rule"]) == ("Pay every day", "FREQ=WEEKLY")


def test_every_month_from_the_last_day_of_a_month_never_skips_one() -> None:
    fields = said("Pay every month", now=datetime(2027, 1, 31, 8, tzinfo=BERLIN))[1]
    assert fields == {"recurrence": {"rule": "FREQ=MONTHLY;BYMONTHDAY=-1", "from": "due"}, "due": "2027-01-31"}


def test_a_rhythm_of_weeks_begins_its_weeks_on_the_readers_first_weekday() -> None:
    assert said("Pay every 2 weeks on mon and sun", first_weekday=6)[1]["recurrence"]["rule"] == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"
    )


def test_the_chip_of_a_recurrence_and_of_its_time_stand_apart() -> None:
    task = typed("Standup every mon, wed and fri at 9:30")
    assert [(chip.kind, chip.text, chip.value) for chip in task.chips] == [
        ("recurrence", "every mon, wed and fri", {"rule": "FREQ=WEEKLY;BYDAY=MO,WE,FR", "from": "due"}),
        ("time", "at 9:30", "09:30"),
    ]
    assert task.due == "2026-11-20T08:30:00Z"
