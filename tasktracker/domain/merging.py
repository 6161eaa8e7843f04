"""Two versions of one value, and the one that both were made from: what differs, and what both come to together.

The API calls it a conflict when two people have changed one field. Here is what a person is shown then, to decide.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

Kind = Literal["same", "new", "gone"]
Value = TypeVar("Value", bound=Hashable)

_WORDS = re.compile(r"\s+|[^\s]+")
_FEW = 1_500
"""Words that are compared with each other; of more than that, lines are, since it would take long."""
_MANY = 2_000
"""Lines that are compared with each other. Texts of more are told as wholes: who waits is everybody."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Both versions in one text. It is not `clean` where both have changed the same: there, one follows the other."""

    text: str
    is_clean: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text: the same as in another one, new against it, or gone from it."""

    text: str
    kind: Kind


def merge_texts(base: str, yours: str, theirs: str) -> Merged:
    """What each has changed of the base, line by line; within a line that both have changed, word by word."""
    if (whole := _either([base], [yours], [theirs])) is not None:
        return Merged("".join(whole), is_clean=True)
    lines = [text.splitlines(keepends=True) for text in (base, yours, theirs)]
    if max(map(len, lines)) > _MANY:
        return Merged(_one_after_the_other(yours, theirs), is_clean=False)
    merged, is_clean = [], True
    for before, mine, other in _chunks(*lines):
        if (one := _either(before, mine, other)) is not None:
            merged.append("".join(one))
        elif (words := _merged_words("".join(before), "".join(mine), "".join(other))) is not None:
            merged.append(words)
        else:
            merged.append(_one_after_the_other("".join(mine), "".join(other)))
            is_clean = False
    return Merged("".join(merged), is_clean)


def merge_lists(base: Sequence[Value], yours: Sequence[Value], theirs: Sequence[Value]) -> list[Value]:
    """What neither has taken out, and what either has put in."""
    kept = [each for each in base if each in yours and each in theirs]
    return list(dict.fromkeys([*kept, *(each for side in (yours, theirs) for each in side if each not in base)]))


def differences(base: str, text: str) -> list[Piece]:
    """The text in pieces, with those of the base that are gone from it where they stood."""
    before, after = (_WORDS.findall(each) for each in (base, text))
    if max(len(before), len(after)) > _FEW:
        before, after = base.splitlines(keepends=True), text.splitlines(keepends=True)
    if max(len(before), len(after)) > _MANY:
        before, after = [base], [text]
    pieces = []
    for tag, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes():
        gone = "" if tag == "equal" else "".join(before[first:last])
        kept: Kind = "same" if tag == "equal" else "new"
        found: list[tuple[str, Kind]] = [(gone, "gone"), ("".join(after[start:end]), kept)]
        pieces += [Piece(piece, kind) for piece, kind in found if piece]
    return pieces


def _merged_words(base: str, yours: str, theirs: str) -> str | None:
    """None if both have changed the same words, or there are too many."""
    texts = [_WORDS.findall(text) for text in (base, yours, theirs)]
    if not base or max(map(len, texts)) > _FEW:
        return None
    parts = [_either(*chunk) for chunk in _chunks(*texts)]
    return None if None in parts else "".join(word for part in parts if part for word in part)


def _either(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> Sequence[str] | None:
    """The side that has changed something, if it is one only, or both have changed it alike."""
    if yours in (theirs, base):
        return theirs
    return yours if theirs == base else None


def _one_after_the_other(yours: str, theirs: str) -> str:
    is_apart = not yours or not theirs or yours.endswith("\n")
    return f"{yours}{theirs}" if is_apart else f"{yours}\n{theirs}"


def _chunks(base: list[str], yours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three in step: what stands in all of them, and what stands in between."""
    done = (0, 0, 0)
    for start, length, mine, other in _common(base, yours, theirs):
        yield base[done[0] : start], yours[done[1] : mine], theirs[done[2] : other]
        same = base[start : start + length]
        yield same, same, same
        done = (start + length, mine + length, other + length)


def _common(base: list[str], yours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of the base that both have kept: where each begins, how long it is, and where it begins in the others.

    The last one is empty, and at the end of all.
    """
    ours, others = (SequenceMatcher(None, base, side).get_matching_blocks() for side in (yours, theirs))
    one = other = 0
    while one < len(ours) and other < len(others):
        here, there = ours[one], others[other]
        start, end = max(here.a, there.a), min(here.a + here.size, there.a + there.size)
        if start < end:
            yield start, end - start, here.b + start - here.a, there.b + start - there.a
        if here.a + here.size < there.a + there.size:
            one += 1
        else:
            other += 1
    yield len(base), 0, len(yours), len(theirs)
