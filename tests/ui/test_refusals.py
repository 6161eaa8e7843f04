"""What is refused is told in the reader's language, though it is written in English where it is raised."""

import re
from collections.abc import Callable

import pytest

from tasktracker.domain.errors import (
    ColumnFull,
    FilterProblem,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Problem,
    Refusal,
    StorageUnavailable,
    TooLarge,
    TooOften,
)
from tasktracker.domain.permissions import Permission
from tasktracker.domain.regional import clean_time_zone
from tasktracker.domain.text import clean_body
from tasktracker.ui.language import SOURCE, spoken, translations
from tasktracker.ui.refusals import WORDS, refusal_text, sentences, told

STORAGE = (
    "Dateien lassen sich zurzeit weder speichern noch öffnen. Bitte gleich noch einmal versuchen. Wenn das nicht "
    "hilft, wissen diejenigen weiter, die den Server betreiben: Das Protokoll nennt den Grund."
)


@pytest.fixture(autouse=True)
def _german(read_as: Callable[..., None]) -> None:
    read_as("de")


def refused(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (NotSignedIn(), "Bitte anmelden."),
        (NotFound("task", "WEB-7"), "Eine Aufgabe WEB-7 gibt es nicht, oder es fehlt die Berechtigung."),
        (NotFound("column", "7"), "Nicht gefunden: Spalte 7. Vielleicht fehlt die Berechtigung."),
        (NotFound("custom field"), "Nicht gefunden: eigenes Feld. Vielleicht fehlt die Berechtigung."),
        (
            Forbidden(Permission.EDIT_TASKS.value, "viewer"),
            "Diese Rolle (Lesen) erlaubt das nicht: Aufgaben ändern.",
        ),
        (
            ColumnFull("In progress", 3),
            "„In progress“ ist voll: Das Limit ist 3. Zuerst etwas herausnehmen oder das Limit erhöhen.",
        ),
        (StorageUnavailable("disk full"), STORAGE),
        (
            Invalid([Problem("/title", "A task needs a title."), Problem("/color", "This must not be empty.")]),
            "Eine Aufgabe braucht einen Titel. Das darf nicht leer sein.",
        ),
        (
            FilterProblem("There is no label “bgu” here.", 0, 3, suggestion="bug"),
            "Ein Label „bgu“ gibt es hier nicht. War „bug“ gemeint?",
        ),
        (
            refused(lambda: clean_body("x" * 12_345, "/body", limit=10_000)),
            "Das sind 12.345 Zeichen; höchstens 10.000 werden gespeichert. Bitte kürzen.",
        ),
        (
            refused(lambda: clean_time_zone("Europe/Lisbonn", "/time_zone")),
            "There is no such time zone. Did you mean Europe/Lisbon?",
        ),
    ],
)
def test_a_refusal_is_told_in_the_readers_language(refusal: Refusal, text: str) -> None:
    assert refusal_text(refusal) == text


def test_the_numbers_in_it_are_written_as_the_reader_writes_them() -> None:
    assert "Höchstens 1.000 bytes werden gespeichert" in refusal_text(TooLarge(1000))


def test_what_nobody_has_translated_is_told_in_english() -> None:
    assert told("The moon is full. Wait for a while.") == "The moon is full. Wait for a while."


def test_an_english_page_tells_it_as_it_is(read_as: Callable[..., None]) -> None:
    read_as(SOURCE)
    assert told("A task needs a title.") == "A task needs a title."


def test_no_refusal_is_taken_for_another() -> None:
    """Each is recognised with values in it, whatever other sentences are like it."""
    german = translations(spoken()).gettext
    taken = {each.message: told(filled(each.message, word="column")) for each in sentences()}
    meant = {each.message: filled(german(each.message), word="Spalte") for each in sentences()}
    assert {message: text for message, text in taken.items() if text != meant[message]} == {}


def filled(message: str, *, word: str) -> str:
    """With something in each placeholder that could stand there."""
    return re.sub(r"\{(\w+)\}", lambda found: word if found[1] in WORDS else f"<{found[1].rstrip('2')}>", message)


def test_what_the_api_says_of_failures_and_of_haste_is_told_too() -> None:
    assert told("The database cannot be reached. Try again shortly.").startswith("Die Datenbank ist nicht erreichbar.")
    haste = str(TooOften("attempts to sign in", "sign-in", 30))
    assert told(haste) == "Zu viel in kurzer Zeit (Anmeldeversuche). In 30 Sekunden geht es weiter."
