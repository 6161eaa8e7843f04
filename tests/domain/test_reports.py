"""What a report needs that no database knows."""

from datetime import date

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.domain.reports import DAYS_LIMIT, Finished, clean_span, first_of_week, ideal_line, in_weeks

TODAY = date(2026, 3, 20)
FRIDAY, SUNDAY, MONDAY = date(2026, 3, 20), date(2026, 3, 15), date(2026, 3, 16)


def test_what_is_not_said_is_left_to_the_reader_s_today() -> None:
    assert clean_span(None, None, TODAY) == (None, None)
    assert clean_span(date(2026, 3, 1), None, TODAY) == (date(2026, 3, 1), None)
    assert clean_span(None, date(2026, 3, 31), TODAY) == (date(2026, 1, 1), date(2026, 3, 31))
    assert clean_span(TODAY, TODAY, TODAY) == (TODAY, TODAY)
    assert clean_span(date(2026, 3, 21), None, TODAY) == (date(2026, 3, 21), None), "it is tomorrow somewhere"


@pytest.mark.parametrize(
    ("first", "last", "pointer"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "/query/last"),
        (date(2026, 3, 22), None, "/query/first"),
        (date.fromordinal(TODAY.toordinal() - DAYS_LIMIT), None, "/query/first"),
        (date.min, None, "/query/first"),
        (None, date.max, "/query/last"),
        (date(2020, 1, 1), date(2026, 1, 1), "/query/first"),
    ],
)
def test_days_that_no_report_can_tell_of_are_refused(first: date | None, last: date | None, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_span(first, last, TODAY)
    assert refused.value.problems[0].pointer == pointer


def test_a_week_begins_on_the_day_that_it_begins_on() -> None:
    assert [first_of_week(FRIDAY, weekday) for weekday in (0, 6, 4)] == [MONDAY, SUNDAY, FRIDAY]
    assert first_of_week(SUNDAY, 0) == date(2026, 3, 9)


def test_every_week_is_told_and_no_day_before_the_first_one() -> None:
    finished = {SUNDAY: Finished(9, 9.0), MONDAY: Finished(1, 0.5), FRIDAY: Finished(2), date(2026, 3, 30): Finished(1)}
    assert in_weeks(finished, FRIDAY, date(2026, 3, 31), 0) == [
        (MONDAY, Finished(3, 0.5)),
        (date(2026, 3, 23), Finished()),
        (date(2026, 3, 30), Finished(1)),
    ]
    assert in_weeks(finished, date(2026, 4, 20), TODAY, 0) == []


def test_an_ideal_line_does_the_same_part_every_day() -> None:
    assert ideal_line(10, 4) == [7.5, 5.0, 2.5, 0.0]
    assert ideal_line(0, 2) == [0.0, 0.0]
