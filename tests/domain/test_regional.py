"""Time zones and languages."""

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.domain.regional import clean_locale, clean_time_zone, is_day_first


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_a_zone_is_kept_as_it_is_called(zone: str) -> None:
    assert clean_time_zone(zone, "/time_zone") == zone


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("europe/lisbon", "Europe/Lisbon"),
        ("Europe/Lisbn", "Europe/Lisbon"),
        ("lisbon", "Europe/Lisbon"),
        ("new york", "America/New_York"),
        ("Sao Paulo", "America/Sao_Paulo"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_one_that_was_meant(text: str, meant: str) -> None:
    with pytest.raises(Invalid, match=f"Did you mean {meant}\\?"):
        clean_time_zone(text, "/time_zone")


@pytest.mark.parametrize(
    "text", ["", "xyzzy", "localtime", "Factory", "CEST", "../UTC", "Europe/Lisbon\0", "x" * 10_000, None, 1]
)
def test_what_is_like_no_zone_is_refused_with_an_example(text: object) -> None:
    with pytest.raises(Invalid) as refused:
        clean_time_zone(text, "/time_zone")
    (problem,) = refused.value.problems
    assert problem.pointer == "/time_zone"
    assert "such as Europe/Lisbon" in problem.detail or "Did you mean Europe/Lisbon?" in problem.detail


@pytest.mark.parametrize(
    ("text", "locale"),
    [("en", "en"), ("pt-BR", "pt-BR"), ("PT_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")],
)
def test_a_language_is_written_in_the_usual_way(text: str, locale: str) -> None:
    assert clean_locale(text, "/locale") == locale


@pytest.mark.parametrize("text", ["", "e", "english", "en-", "en-x-y", "en US", "en\n", None, 1])
def test_what_is_no_language_is_refused(text: object) -> None:
    with pytest.raises(Invalid):
        clean_locale(text, "/locale")


@pytest.mark.parametrize(("locale", "is_first"), [("en", True), ("en-GB", True), ("en-US", False), ("us", True)])
def test_the_day_comes_before_the_month_unless_people_are_american(locale: str, *, is_first: bool) -> None:
    assert is_day_first(locale) is is_first
