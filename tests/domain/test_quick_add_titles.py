"""Titles that must stay titles, although they speak of days, times and numbers."""

import pytest

from tests.domain.typed import said


@pytest.mark.parametrize(
    "title",
    [
        "The 9/11 Report",
        "Monday meeting notes",
        "Friday lunch menu",
        "Sunday roast",
        "Next week planning",
        "Next month budget draft",
        "Daily standup notes",
        "Weekly report",
        "Midnight train",
        "Noon gun",
        "Write the monday meeting notes",
        "Fix the march release",
        "May the force be with you",
        "We march on",
        "The 17:00 train is late",
        "Move the tomorrow button",
        "Plan next week menu",
        "Test every day of the month view",
        "Show today in the calendar",
        "In 3 steps to a tidy desk",
        "Book table for friday",
        "Minutes of monday",
        "What changed since 2026-11-01",
        "Review the mail from tomorrow",
        "Open until 17:00",
        "Before monday and after friday",
        "Choose monday or tuesday",
        "Holidays 30/11 - 4/12",
        "Call monday and tuesday",
        "Not today",
        "Last friday",
        "Played last friday",
        "Read Part 2/3",
        "Do step 1/2",
        "Support 24/7",
        "24/7 support",
        "50/50",
        "Split it 50/50",
        "Plan Black Friday",
        "Good Friday",
        "Bake for Easter monday",
        "They sat",
        "Enjoy the sun",
        "Buy a bed and wed",
        "Today's list",
        "Read monday's mail",
        "Is it due tomorrow?",
        "Talk on monday morning",
        "Sleep tomorrow afternoon",
        "Saturday night fever",
        "Read monday.com terms",
        "Release 2026.11",
        "Upgrade to 17.00",
        "Try 25:00",
        "Try 17:60",
        "Try 13pm",
        "Try 0am",
        "Try 30 feb",
        "Try 31/4",
        "Try 2026-02-30",
        "Try 2026-1-5",
        "Try 30 nov 1500",
        "Try 5 november 3000",
        "Try in 0.5 days",
        "Try in 999 years",
        "Try on 17:00",
        "Try at friday",
        "Try every",
        "Try every!",
        "Try every 0 days",
        "Try every 1001 days",
        "Try every 31 april",
        "Try every 32nd",
        "Try every 5 mondays",
        "Try every blue moon",
        "start:",
        "start: tomorrow-ish",
        "Say start:soon",
        "due",
        "on by at",
        "Read next",
        "Count to 30",
        "November rain",
        "Look at 5",
        "Größe ändern 日本語 👩‍👩‍👧",
        "\u017funday",
        "Fr\u0131day",
        "Tomorrow٣",
        "٣ nov",
        "-",
        "\\",
    ],
)
def test_a_title_stays_a_title(title: str) -> None:
    assert said(title) == (title, {})


@pytest.mark.parametrize("line", ["tomorrow", "monday 17:00", "every day", "30/11", "noon", "tomorrow every week 9:00"])
def test_a_line_that_is_only_a_date_is_a_title(line: str) -> None:
    assert said(line) == (line, {})


@pytest.mark.parametrize("line", ["", " ", "\t\n", "\u00a0"])
def test_an_empty_line_has_no_title(line: str) -> None:
    assert said(line) == ("", {})


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (r"Watch \Tomorrow", "Watch Tomorrow"),
        (r"Watch \tomorrow 17:00", "Watch tomorrow 17:00"),
        (r"\Tomorrow never dies", "Tomorrow never dies"),
        (r"Read \30/11", "Read 30/11"),
        (r"Read \in 80 days", "Read in 80 days"),
        (r"Read \every day", "Read every day"),
        (r"Read \daily", "Read daily"),
        (r"Read \by monday", "Read by monday"),
        (r"Read \start:monday", "Read start:monday"),
        (r"Read \\tomorrow", r"Read \tomorrow"),
        (r"Read \monday, then \friday", "Read monday, then friday"),
        (r"Use \in and \next and \30", r"Use \in and \next and \30"),
    ],
)
def test_a_backslash_before_a_date_makes_all_of_it_text(line: str, title: str) -> None:
    assert said(line) == (title, {})


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        (r"Watch \Tomorrow friday", "Watch Tomorrow", "2026-11-20"),
        ('Watch "Tomorrow never dies" friday', 'Watch "Tomorrow never dies"', "2026-11-20"),
        ('"Monday 17:00" is the title of a play today', '"Monday 17:00" is the title of a play', "2026-11-18"),
        ("Say “tomorrow” tomorrow", "Say “tomorrow”", "2026-11-19"),
        (r"Call \@ana friday \#1", "Call @ana #1", "2026-11-20"),
        ("Call friday @nobody !what", "Call @nobody !what", "2026-11-20"),
    ],
)
def test_what_is_kept_as_text_does_not_keep_a_date_from_counting(line: str, title: str, due: str) -> None:
    assert said(line) == (title, {"due": due})
