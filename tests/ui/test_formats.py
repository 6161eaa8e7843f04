"""Days, times and lists as the reader writes them, where the reader is."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tasktracker.ui.formats import day_text, list_text, moment_text, time_text, weekday_first

LATE = datetime(2020, 11, 25, 22, 30, tzinfo=UTC)


ReadAs = Callable[..., None]


@pytest.mark.parametrize(
    ("locale", "short", "long"),
    [
        ("en-US", "Nov 25, 2020", "November 25, 2020"),
        ("en-GB", "25 Nov 2020", "25 November 2020"),
        ("de", "25. Nov. 2020", "25. November 2020"),
        ("ar", "25 نوفمبر 2020", "25 نوفمبر 2020"),
    ],
)
def test_a_day_is_written_as_in_the_readers_language(read_as: ReadAs, locale: str, short: str, long: str) -> None:
    read_as(locale)
    assert (day_text(LATE.date()), day_text(LATE.date(), "long")) == (short, long)


def test_this_year_goes_without_saying(read_as: ReadAs) -> None:
    read_as("de")
    today = date(datetime.now(UTC).year, 11, 25)
    assert (day_text(today), day_text(today, "long")) == ("25. Nov.", "25. November")


def test_a_moment_falls_on_the_day_that_it_has_where_the_reader_is(read_as: ReadAs) -> None:
    read_as("en-GB", "Asia/Tokyo")
    assert (day_text(LATE), time_text(LATE), moment_text(LATE)) == ("26 Nov 2020", "07:30", "26 November 2020, 07:30")


@pytest.mark.parametrize(("locale", "text"), [("en-GB", "Ana, Ben and Chi"), ("de", "Ana, Ben und Chi")])
def test_a_list_reads_as_a_sentence(read_as: ReadAs, locale: str, text: str) -> None:
    read_as(locale)
    assert list_text(["Ana", "Ben", "Chi"]) == text
    assert list_text([]) == ""


@pytest.mark.parametrize(("locale", "day"), [("de", 0), ("en-US", 6), ("ar-EG", 5)])
def test_a_week_begins_where_the_reader_begins_it(read_as: ReadAs, locale: str, day: int) -> None:
    read_as(locale)
    assert weekday_first() == day
