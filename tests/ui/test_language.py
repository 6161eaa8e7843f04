"""Texts in the reader's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasktracker.ui import language
from tasktracker.ui.language import spoken_is_found_by, t, tn

PIRATE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello, {name}"
msgstr "Ahoy, {name}"

msgid "{n} task"
msgid_plural "{n} tasks"
msgstr[0] "{n} errand"
msgstr[1] "{n} errands"
"""


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    spoken_is_found_by(lambda: language.SOURCE)
    language.translations.cache_clear()


@pytest.fixture
def pirate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de.po").write_text(PIRATE, "utf-8")
    monkeypatch.setattr(language, "_CATALOGUES", tmp_path)
    spoken_is_found_by(lambda: "de")


def test_a_text_is_english_where_nobody_says_otherwise() -> None:
    assert t("Hello, {name}", name="Ana") == "Hello, Ana"
    assert (tn("{n} task", "{n} tasks", 1), tn("{n} task", "{n} tasks", 2)) == ("1 task", "2 tasks")


@pytest.mark.usefixtures("pirate")
def test_a_text_is_looked_up_in_the_language_that_is_spoken() -> None:
    assert t("Hello, {name}", name="Ana") == "Ahoy, Ana"
    assert (tn("{n} task", "{n} tasks", 1), tn("{n} task", "{n} tasks", 2)) == ("1 errand", "2 errands")


@pytest.mark.usefixtures("pirate")
def test_what_nobody_has_translated_stays_english() -> None:
    assert t("Goodbye") == "Goodbye"
