import pytest

from tasktracker.domain.weeks import first_weekday


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en", 0), ("de", 0), ("de-DE", 0), ("en-GB", 0), ("fr_FR", 0), ("en-US", 6), ("pt-BR", 6), ("zh-Hant-TW", 6),
        ("he_IL", 6), ("ar-EG", 5), ("fa-ir", 5), ("", 0), ("us", 0),
    ],
)  # fmt: skip
def test_a_week_begins_on_the_day_that_people_there_are_used_to(locale: str, day: int) -> None:
    assert first_weekday(locale) == day
