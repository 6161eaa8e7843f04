"""The page about the filter language says what the program does."""

import re
from pathlib import Path

import pytest

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.dates import WEEKDAYS, WORDS
from tasktracker.domain.filter_language.fields import FIELDS, HAS, IS, ORDERED, Kind
from tasktracker.domain.filter_language.parser import DEPTH_LIMIT, LENGTH_LIMIT, TERM_LIMIT, parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "filter-language.md").read_text("utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's tables, without their heads."""
    lines = re.findall(r"^\|( `.*)\|$", section(heading), re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


EXAMPLES = [row[0].strip("`") for row in rows("Examples")]
WRONG = [(row[0].strip("`"), row[1], row[2]) for row in rows("When a filter is wrong")]


def test_every_field_stands_on_the_page_with_its_marks() -> None:
    marks = {name.strip("`"): written.split() for name, written, *_ in rows("Fields")}
    expected = {field.name: _marks(field.kind, may_be_empty=field.may_be_empty) for field in FIELDS.values()}
    expected["field.key"] = ["∅", "<"]
    assert marks == {name: mark for name, mark in expected.items() if name not in {"has", "is"}}


def test_every_word_that_a_field_knows_stands_on_the_page() -> None:
    words = set(re.findall(r"`([a-z]+)`", section("Fields")))
    assert set(HAS) | set(IS) <= words
    assert {choice for field in FIELDS.values() for choice in field.choices} <= words


def test_every_word_for_a_date_stands_on_the_page() -> None:
    words = set(re.findall(r"`([a-z-]+)`", section("Dates")))
    assert set(WORDS) - set(WEEKDAYS) | {WEEKDAYS[0], WEEKDAYS[-1]} <= words


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_can_be_read(text: str) -> None:
    assert parse(text) is not None


@pytest.mark.parametrize(("text", "answer", "place"), WRONG)
def test_every_wrong_filter_is_answered_as_the_page_says(text: str, answer: str, place: str) -> None:
    with pytest.raises(FilterProblem) as refused:
        parse(text)
    assert str(refused.value) == answer
    assert f"{refused.value.start}–{refused.value.end}" == place


def test_the_page_is_read_whole_and_tells_the_limits() -> None:
    assert (len(EXAMPLES), len(WRONG), len(rows("Fields"))) == (11, 7, 31)
    assert f"{LENGTH_LIMIT:,} characters, {TERM_LIMIT} terms" in PAGE
    assert f"{DEPTH_LIMIT} deep" in PAGE


def _marks(kind: Kind, *, may_be_empty: bool) -> list[str]:
    return ["∅"] * may_be_empty + ["<"] * (kind in ORDERED)
