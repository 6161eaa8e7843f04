"""People look the same wherever they are drawn."""

import re
from pathlib import Path

import pytest

from tasktracker.ui.presenters.people import HUES, hue, initials

COMPONENTS = Path(__file__).resolve().parents[3] / "tasktracker" / "ui" / "components"


@pytest.fixture(autouse=True)
def _pool() -> None:
    """These need no database."""


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana Pereira", "AP"), ("Plato", "P"), ("Juan Carlos de la Cruz", "JC"), ("éva", "É")]
)
def test_initials_are_those_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_always_has_the_same_hue() -> None:
    assert hue("Ana Pereira") == hue("Ana Pereira")
    assert {hue(f"Person {number}") for number in range(200)} == set(HUES)


def test_the_browser_knows_the_same_hues() -> None:
    found = re.search(r"HUES = \[([\d, ]+)\]", (COMPONENTS / "live_project" / "card_parts.js").read_text())
    assert found
    assert tuple(int(each) for each in found[1].split(",")) == HUES
