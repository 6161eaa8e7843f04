"""Due and start dates. It is Wednesday, 18 November 2026, ten o'clock in Berlin (an hour before UTC)."""

import pytest

from tests.domain.typed import said


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("today", "2026-11-18"),
        ("tonight", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("Tomorrow", "2026-11-19"),
        ("thursday", "2026-11-19"),
        ("friday", "2026-11-20"),
        ("saturday", "2026-11-21"),
        ("sunday", "2026-11-22"),
        ("monday", "2026-11-23"),
        ("tuesday", "2026-11-24"),
        ("wednesday", "2026-11-25"),
        ("fri", "2026-11-20"),
        ("tues", "2026-11-24"),
        ("thurs", "2026-11-19"),
        ("this friday", "2026-11-20"),
        ("next monday", "2026-11-23"),
        ("next friday", "2026-11-27"),
        ("next sun", "2026-11-29"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("in 1 day", "2026-11-19"),
        ("in 3 days", "2026-11-21"),
        ("in a week", "2026-11-25"),
        ("in 2 weeks", "2026-12-02"),
        ("in one month", "2026-12-18"),
        ("in 15 months", "2028-02-18"),
        ("in 2 years", "2028-11-18"),
        ("30 nov", "2026-11-30"),
        ("30th nov", "2026-11-30"),
        ("nov 30", "2026-11-30"),
        ("November 30th", "2026-11-30"),
        ("18 november", "2026-11-18"),
        ("17 november", "2027-11-17"),
        ("30 november 2027", "2027-11-30"),
        ("nov 30, 2027", "2027-11-30"),
        ("1 sept", "2027-09-01"),
        ("may 5", "2027-05-05"),
        ("5 May 2020", "2020-05-05"),
        ("29 feb", "2028-02-29"),
        ("2026-11-30", "2026-11-30"),
        ("2020-02-29", "2020-02-29"),
        ("30/11", "2026-11-30"),
        ("1/2", "2027-02-01"),
        ("18/11", "2026-11-18"),
        ("17/11", "2027-11-17"),
        ("29/2", "2028-02-29"),
        ("30/11/2026", "2026-11-30"),
        ("30/11/27", "2027-11-30"),
        ("on friday", "2026-11-20"),
        ("on sat", "2026-11-21"),
        ("by friday", "2026-11-20"),
        ("due friday", "2026-11-20"),
        ("due: friday", "2026-11-20"),
        ("due by 30 nov", "2026-11-30"),
        ("due on 30/11", "2026-11-30"),
        ("by tomorrow", "2026-11-19"),
        ("friday.", "2026-11-20"),
        ("tomorrow!", "2026-11-19"),
    ],
)
def test_a_day_at_the_end_is_the_due_date(written: str, due: str) -> None:
    assert said(f"Call Bob {written}") == ("Call Bob", {"due": due})


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("11/30", "2026-11-30"),
        ("11/18", "2026-11-18"),
        ("11/17", "2027-11-17"),
        ("2/1", "2027-02-01"),
        ("11/30/2026", "2026-11-30"),
        ("11/30/27", "2027-11-30"),
        ("2/29", "2028-02-29"),
        ("2026-11-30", "2026-11-30"),
        ("30 nov", "2026-11-30"),
    ],
)
def test_where_the_month_comes_first_numbers_are_read_that_way(written: str, due: str) -> None:
    assert said(f"Call Bob {written}", day_first=False) == ("Call Bob", {"due": due})


@pytest.mark.parametrize(("written", "day_first"), [("11/30", True), ("30/11", False), ("13/13", True), ("0/5", True)])
def test_a_number_that_is_no_date_in_the_readers_order_stays_text(written: str, day_first: bool) -> None:  # noqa: FBT001  a column of the table
    assert said(f"Call Bob {written}", day_first=day_first) == (f"Call Bob {written}", {})


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("17:00", "2026-11-18T16:00:00Z"),
        ("at 17:00", "2026-11-18T16:00:00Z"),
        ("by 17:00", "2026-11-18T16:00:00Z"),
        ("10:00", "2026-11-18T09:00:00Z"),
        ("9:59", "2026-11-19T08:59:00Z"),
        ("at 9:30", "2026-11-19T08:30:00Z"),
        ("5pm", "2026-11-18T16:00:00Z"),
        ("5 pm", "2026-11-18T16:00:00Z"),
        ("5PM", "2026-11-18T16:00:00Z"),
        ("5:30 pm", "2026-11-18T16:30:00Z"),
        ("5:30pm", "2026-11-18T16:30:00Z"),
        ("5am", "2026-11-19T04:00:00Z"),
        ("12am", "2026-11-18T23:00:00Z"),
        ("12 pm", "2026-11-18T11:00:00Z"),
        ("at noon", "2026-11-18T11:00:00Z"),
        ("noon", "2026-11-18T11:00:00Z"),
        ("midnight", "2026-11-18T23:00:00Z"),
        ("at midnight", "2026-11-18T23:00:00Z"),
        ("0:00", "2026-11-18T23:00:00Z"),
        ("today midnight", "2026-11-18T23:00:00Z"),
        ("tonight at midnight", "2026-11-18T23:00:00Z"),
        ("friday midnight", "2026-11-19T23:00:00Z"),
        ("tomorrow 17:00", "2026-11-19T16:00:00Z"),
        ("tomorrow at 17:00", "2026-11-19T16:00:00Z"),
        ("tomorrow, 5pm", "2026-11-19T16:00:00Z"),
        ("tomorrow by noon", "2026-11-19T11:00:00Z"),
        ("17:00 tomorrow", "2026-11-19T16:00:00Z"),
        ("at 5pm on friday", "2026-11-20T16:00:00Z"),
        ("sat 9:00", "2026-11-21T08:00:00Z"),
        ("9:00 sun", "2026-11-22T08:00:00Z"),
        ("on monday at 8:15", "2026-11-23T07:15:00Z"),
        ("next week 9:00", "2026-11-23T08:00:00Z"),
        ("30 nov 17:00", "2026-11-30T16:00:00Z"),
        ("nov 30, 2027, 5 pm", "2027-11-30T16:00:00Z"),
        ("30/11 17:00", "2026-11-30T16:00:00Z"),
        ("2026-11-30 17:00", "2026-11-30T16:00:00Z"),
        ("in 3 days 17:00", "2026-11-21T16:00:00Z"),
        ("due friday 17:00", "2026-11-20T16:00:00Z"),
        ("today 8:00", "2026-11-18T07:00:00Z"),
        ("!high tomorrow *nothing 17:00", "2026-11-19T16:00:00Z"),
    ],
)
def test_a_time_makes_it_a_moment(written: str, due: str) -> None:
    _, fields = said(f"Call Bob {written}")
    assert fields["due"] == due


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("Tomorrow call Ana", "call Ana", "2026-11-19"),
        ("today: call Ana", "call Ana", "2026-11-18"),
        ("in 3 days call Ana", "call Ana", "2026-11-21"),
        ("30 nov call Ana", "call Ana", "2026-11-30"),
        ("30/11 call Ana", "call Ana", "2026-11-30"),
        ("17:00 call Ana", "call Ana", "2026-11-18T16:00:00Z"),
        ("5pm call with Ana", "call with Ana", "2026-11-18T16:00:00Z"),
        ("Monday, call Ana", "call Ana", "2026-11-23"),
        ("Next week: call Ana", "call Ana", "2026-11-23"),
        ("Monday 9:00 call Ana", "call Ana", "2026-11-23T08:00:00Z"),
        ("On monday call Ana", "call Ana", "2026-11-23"),
        ("!high tomorrow call @nobody", "call @nobody", "2026-11-19"),
    ],
)
def test_a_day_at_the_beginning_counts_if_it_is_no_adjective(line: str, title: str, due: str) -> None:
    name, fields = said(line)
    assert (name, fields["due"]) == (title, due)


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("Call Ana tomorrow 17:00 about it", "Call Ana about it", "2026-11-19T16:00:00Z"),
        ("Call Ana monday 5pm about it", "Call Ana about it", "2026-11-23T16:00:00Z"),
        ("Meet 30/11 17:00 with Ana", "Meet with Ana", "2026-11-30T16:00:00Z"),
        ("Send by friday the report", "Send the report", "2026-11-20"),
        ("Report due 30 nov to the board", "Report to the board", "2026-11-30"),
        ("Lunch at noon with Ana", "Lunch with Ana", "2026-11-18T11:00:00Z"),
        ("Retro on friday with all", "Retro with all", "2026-11-20"),
        ("9:00 call Ana tomorrow", "call Ana", "2026-11-19T08:00:00Z"),
    ],
)
def test_in_the_middle_a_day_counts_with_a_time_or_a_word_that_introduces_it(line: str, title: str, due: str) -> None:
    assert said(line) == (title, {"due": due})


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("tomorrow call Ana friday", "tomorrow call Ana", "2026-11-20"),
        ("Call Ana monday friday", "Call Ana monday", "2026-11-20"),
        ("Call by friday 9:00 or so tomorrow", "Call by friday 9:00 or so", "2026-11-19"),
        ("Call tomorrow 9:00 at 10:00", "Call at 10:00", "2026-11-19T08:00:00Z"),
        ("Call at 9:00 at 10:00 tomorrow", "Call at 9:00", "2026-11-19T09:00:00Z"),
    ],
)
def test_of_two_days_or_times_the_last_counts(line: str, title: str, due: str) -> None:
    assert said(line) == (title, {"due": due})


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("start:tomorrow", "2026-11-19"),
        ("start:2026-11-30", "2026-11-30"),
        ("start:30/11", "2026-11-30"),
        ("start:monday", "2026-11-23"),
        ("start:sat", "2026-11-21"),
        ("start:next week", "2026-11-23"),
        ("start:30 nov 2027", "2027-11-30"),
        ("Start:in 3 days", "2026-11-21"),
        ("start:tomorrow 9:00", "2026-11-19T08:00:00Z"),
        ("start:17:00", "2026-11-18T16:00:00Z"),
    ],
)
def test_the_start_is_written_anywhere(written: str, start: str) -> None:
    assert said(f"Call {written} Ana") == ("Call Ana", {"start": start})


def test_start_and_due_stand_side_by_side() -> None:
    assert said("Call start:monday friday 17:00") == ("Call", {"start": "2026-11-23", "due": "2026-11-20T16:00:00Z"})


@pytest.mark.parametrize(
    ("first_weekday", "written", "due"),
    [
        (0, "next week", "2026-11-23"),
        (6, "next week", "2026-11-22"),
        (5, "next week", "2026-11-21"),
        (2, "next week", "2026-11-25"),
        (0, "next sunday", "2026-11-29"),
        (6, "next sunday", "2026-11-22"),
        (6, "next saturday", "2026-11-28"),
    ],
)
def test_a_week_begins_on_the_readers_first_weekday(first_weekday: int, written: str, due: str) -> None:
    assert said(f"Call {written}", first_weekday=first_weekday) == ("Call", {"due": due})
