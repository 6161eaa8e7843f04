"""How a recurrence reads in other languages."""

from collections.abc import Callable

import pytest

from tasktracker.domain.recurrence import Recurrence
from tasktracker.ui.presenters.recurrence import recurrence_text


@pytest.fixture(autouse=True)
def _pool() -> None:
    """These need no database."""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "jeden Tag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "alle 2 Wochen am Montag und Donnerstag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "jeden Werktag"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "jeden Monat am 15."),
        ("FREQ=MONTHLY;COUNT=5;BYMONTHDAY=-1", "jeden Monat am letzten Tag, 5-mal"),
        ("FREQ=YEARLY;UNTIL=20301231", "jedes Jahr, bis 31. Dezember 2030"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "nach der Regel FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "nach der Regel FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
    ],
)
def test_a_recurrence_is_told_in_words_and_a_rare_one_as_its_rule(
    read_as: Callable[..., None], rule: str, words: str
) -> None:
    read_as("de")
    assert recurrence_text(Recurrence(rule)) == words
    assert recurrence_text(Recurrence(rule, "completion")) == f"{words}, gezählt ab Erledigung"


def test_english_has_words_for_every_recurrence() -> None:
    assert recurrence_text(Recurrence("FREQ=MONTHLY;BYDAY=-1FR")) == "every month on the last Friday"
