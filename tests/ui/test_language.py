"""Texts in the reader's language."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasktracker.ui import language
from tasktracker.ui.language import LANGUAGES, Reader, number_text, t, tc, tn

PIRATE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello, {name}"
msgstr "Ahoy, {name}"

msgid "Open"
msgstr "Break open"

msgctxt "state"
msgid "Open"
msgstr "On deck"

msgid "{n} task"
msgid_plural "{n} tasks"
msgstr[0] "{n} errand"
msgstr[1] "{n} errands"
"""


@pytest.fixture
def pirate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_as: Callable[..., None]) -> Iterator[None]:
    language.translations.cache_clear()
    (tmp_path / "de.po").write_text(PIRATE, "utf-8")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    read_as("de")
    yield
    language.translations.cache_clear()


def test_a_text_is_english_where_nobody_says_otherwise() -> None:
    assert t("Hello, {name}", name="Ana") == "Hello, Ana"
    assert (tn("{n} task", "{n} tasks", 1), tn("{n} task", "{n} tasks", 2)) == ("1 task", "2 tasks")


@pytest.mark.usefixtures("pirate")
def test_a_text_is_looked_up_in_the_language_that_is_spoken() -> None:
    assert t("Hello, {name}", name="Ana") == "Ahoy, Ana"
    assert (tn("{n} task", "{n} tasks", 1), tn("{n} task", "{n} tasks", 2)) == ("1 errand", "2 errands")


@pytest.mark.usefixtures("pirate")
def test_the_same_text_can_mean_two_things() -> None:
    assert (t("Open"), tc("state", "Open"), tc("elsewhere", "Open")) == ("Break open", "On deck", "Open")


@pytest.mark.usefixtures("pirate")
def test_what_nobody_has_translated_stays_english() -> None:
    assert t("Goodbye") == "Goodbye"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "12,345.5"), ("de", "12.345,5"), ("de-CH", "12’345.5"), ("ar-EG", "12,345.5")]
)
def test_numbers_are_written_as_in_the_readers_country(read_as: Callable[..., None], locale: str, text: str) -> None:
    read_as(locale)
    assert number_text(12345.5) == text


@pytest.mark.parametrize(
    ("locale", "spoken", "formats"),
    [
        ("de-AT", "de", "de-AT"),
        ("ar", "ar", "ar"),
        ("fr-CA", "en", "en"),  # nothing is half French
        ("en-GB", "en", "en-GB"),
    ],
)
def test_a_reader_gets_the_nearest_language_that_there_is(locale: str, spoken: str, formats: str) -> None:
    assert (Reader(locale).language.code, Reader(locale).formats) == (spoken, formats)


def test_every_language_has_a_catalogue_that_its_speakers_can_choose_by_name() -> None:
    files = {file.stem for file in language.CATALOGUES.glob("*.po")}
    assert files == LANGUAGES.keys() - {language.SOURCE}
    assert len({each.name for each in LANGUAGES.values()}) == len(LANGUAGES)


def test_a_name_in_latin_letters_does_not_disturb_an_arabic_line(read_as: Callable[..., None]) -> None:
    read_as("ar")
    assert t("{task} created", task="WEB-1") == "تم إنشاء \u2068WEB-1\u2069"
    read_as("de")
    assert t("{task} created", task="WEB-1") == "WEB-1 angelegt"
