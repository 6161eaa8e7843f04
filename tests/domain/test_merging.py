"""What two people have made of one value, together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.merging import Merged, Piece, differences, merge_lists, merge_texts

BASE = "First\nSecond\nThird\n"
TEXTS = st.text(alphabet="ab \n", max_size=30)


@pytest.mark.parametrize(
    ("yours", "theirs", "merged", "is_clean"),
    [
        ("First!\nSecond\nThird\n", "First\nSecond\nThird, and last\n", "First!\nSecond\nThird, and last\n", True),
        ("First\nThird\n", "Zeroth\nFirst\nSecond\nThird\n", "Zeroth\nFirst\nThird\n", True),
        ("First\nThe Second\nThird\n", "First\nSecond one\nThird\n", "First\nThe Second one\nThird\n", True),
        ("First\nMine\nThird\n", "First\nYours\nThird\n", "First\nMine\nYours\nThird\n", False),
        ("Mine", "Theirs", "Mine\nTheirs", False),
        (BASE + "Same\n", BASE + "Same\n", BASE + "Same\n", True),
        (BASE + "Mine\n", BASE + "Theirs\n", BASE + "Mine\nTheirs\n", False),
    ],
)
def test_both_texts_come_together(yours: str, theirs: str, merged: str, is_clean: bool) -> None:  # noqa: FBT001  a case
    assert merge_texts(BASE, yours, theirs) == Merged(merged, is_clean)


@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_what_the_other_wrote(base: str, text: str) -> None:
    assert merge_texts(base, base, text) == merge_texts(base, text, base) == merge_texts(base, text, text)
    assert merge_texts(base, base, text) == Merged(text, is_clean=True)


@given(TEXTS, TEXTS)
def test_differences_hold_both_texts(base: str, text: str) -> None:
    pieces = differences(base, text)
    assert "".join(each.text for each in pieces if each.kind != "gone") == text
    assert "".join(each.text for each in pieces if each.kind != "new") == base


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_somebody_has_put_in_is_lost(base: str, yours: str, theirs: str) -> None:
    merged = merge_texts(base, yours, theirs).text
    added = {word for side in (yours, theirs) for word in side.split()} - set(base.split())
    if not merge_texts(base, yours, theirs).is_clean:
        assert all(word in merged for word in added if len(word) > 0)


def test_a_list_has_what_either_put_in_and_neither_took_out() -> None:
    assert merge_lists([1, 2, 3], [1, 3, 4], [2, 3, 5]) == [3, 4, 5]


@pytest.mark.parametrize("unit", ["a\n", "\n", "a "])
def test_what_would_take_long_to_compare_is_told_as_a_whole(unit: str) -> None:
    """It ends at all: compared line by line, a text of equal lines would keep everybody waiting for minutes."""
    base, yours, theirs = (f"{mark}\n{unit * 30_000}{mark}" for mark in "xyz")
    assert merge_texts(base, yours, theirs) == Merged(f"{yours}\n{theirs}", is_clean=False)
    assert "".join(piece.text for piece in differences(base, yours) if piece.kind != "gone") == yours


@pytest.mark.parametrize("end", ["\n", "\r", "\u2028"])
def test_a_text_of_many_lines_is_told_as_a_whole_whatever_ends_them(end: str) -> None:
    base = end.join(f"line {number}" for number in range(3_000))
    assert not merge_texts(base, f"{base}{end}mine", f"theirs{end}{base}").is_clean


def test_a_long_text_that_was_rewritten_is_compared_at_once() -> None:
    base, text = (" ".join(f"{name}{number}" for number in range(700)) for name in ("old", "new"))
    assert "".join(piece.text for piece in differences(base, text) if piece.kind != "gone") == text


def woven(side: str, alike: int, length: int, end: str) -> str:
    """What other sides have too, each part of it so many times, and behind each part one of the side's own.

    It takes long to compare: each part could be at so many places, and whichever is taken, no other part follows it.
    """
    return end.join(f"{number % (length // alike)}{end}{side}{number}" for number in range(length)) + "\n"


def test_words_that_would_take_long_to_compare_are_told_by_lines() -> None:
    base, text = (woven(side, 14, 370, " ") for side in "xy")
    assert differences(f"Kept\n{base}", f"Kept\n{text}") == [
        Piece("Kept\n", "same"),
        Piece(base, "gone"),
        Piece(text, "new"),
    ]


def test_lines_that_would_take_long_to_compare_are_told_as_a_whole() -> None:
    base, yours, theirs = (woven(side, 18, 990, "\n") for side in "xyz")
    assert differences(base, yours) == [Piece(base, "gone"), Piece(yours, "new")]
    assert merge_texts(base, yours, theirs) == Merged(yours + theirs, is_clean=False)


def test_paragraphs_that_would_take_long_to_merge_follow_each_other() -> None:
    """Each by itself is short, and merges word by word; so do the first of many."""
    base, yours, theirs, both = (
        " ".join(f"a {'xyz'[side[number % 2]]}{number}" for number in range(49))
        for side in ((0, 0), (1, 0), (0, 2), (1, 2))
    )
    assert merge_texts(base, yours, theirs) == Merged(both, is_clean=True)
    merged = merge_texts(*("".join(f"{each}\n={n}=\n" for n in range(300)) for each in (base, yours, theirs)))
    assert not merged.is_clean
    assert merged.text.startswith(f"{both}\n=0=\n")
    assert merged.text.endswith(f"\n{yours}\n{theirs}\n=299=\n")
