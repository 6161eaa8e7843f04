"""Two versions of one value, and the one that both were made from: what differs, and what both come to together.

The API calls it a conflict when two people have changed one field. Here is what a person is shown then, to decide.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Literal, TypeVar

Kind = Literal["same", "new", "gone"]
Value = TypeVar("Value", bound=Hashable)
_Chunk = tuple[list[str], list[str], list[str]]

_WORDS = re.compile(r"\s+|[^\s]+")
_FEW = 1_500
"""Words that are compared with each other; of more than that, lines are."""
_MANY = 2_000
"""Lines that are compared with each other. Texts of more are told as wholes."""
_STEPS = 1_000_000
"""What comparing may take; a step is 0.1 to 0.2 µs. Texts that people write take up to half of it, however much they
have changed; but it grows with the square of what is alike, and texts can be made that would take minutes."""
_STEPS_OF_A_SEARCH = 20
"""What a search takes before its first step, in steps."""


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


class _TooManySteps(Exception):
    """Comparing would take longer than it may."""


class _Steps:
    """How much may still be compared."""

    def __init__(self) -> None:
        self._left = _STEPS

    def take(self, steps: int) -> None:
        if steps > self._left:
            raise _TooManySteps
        self._left -= steps


class _Comparison(SequenceMatcher[str]):
    """One that counts its steps before it takes them, so that how long it takes is known whatever is compared."""

    b2j: dict[str, list[int]]
    """Where each part stands in the side; what is common in it is left out. Typeshed does not know of it."""

    def __init__(self, base: list[str], side: list[str], steps: _Steps) -> None:
        super().__init__(None, base, side)
        self._steps = steps
        self._steps_before = list(accumulate((len(self.b2j.get(each, ())) + 1 for each in base), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """It looks at every place in the other text where something from this part stands."""
        end = len(self._steps_before) - 1 if ahi is None else ahi
        self._steps.take(_STEPS_OF_A_SEARCH + self._steps_before[end] - self._steps_before[alo])
        return super().find_longest_match(alo, end, blo, bhi)


def merge_texts(base: str, yours: str, theirs: str) -> Merged:
    """What each has changed of the base, line by line; within a line that both have changed, word by word.

    Where that would take long, one follows the other: the lines that both have changed, or all of both texts.
    """
    if (whole := _either([base], [yours], [theirs])) is not None:
        return Merged("".join(whole), is_clean=True)
    steps = _Steps()
    if (chunks := _in_step([_lines(each) for each in (base, yours, theirs)], _MANY, steps)) is None:
        return Merged(_one_after_the_other(yours, theirs), is_clean=False)
    merged, is_clean = [], True
    for before, mine, other in chunks:
        if (one := _either(before, mine, other)) is not None:
            merged.append("".join(one))
        elif (words := _merged_words("".join(before), "".join(mine), "".join(other), steps)) is not None:
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
    """The text in pieces, with those of the base that are gone from it where they stood.

    Pieces are words; lines or all of it, where to find those would take long.
    """
    for parts_of, most in ((_words, _FEW), (_lines, _MANY)):
        before, after = parts_of(base), parts_of(text)
        if max(len(before), len(after)) <= most:
            with suppress(_TooManySteps):
                return _pieces(before, after)
    return _pieces([base], [text])


def _pieces(before: list[str], after: list[str]) -> list[Piece]:
    """Raises _TooManySteps."""
    pieces = []
    for tag, first, last, start, end in _Comparison(before, after, _Steps()).get_opcodes():
        gone = "" if tag == "equal" else "".join(before[first:last])
        kept: Kind = "same" if tag == "equal" else "new"
        found: list[tuple[str, Kind]] = [(gone, "gone"), ("".join(after[start:end]), kept)]
        pieces += [Piece(piece, kind) for piece, kind in found if piece]
    return pieces


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _merged_words(base: str, yours: str, theirs: str, steps: _Steps) -> str | None:
    """None if both have changed the same words, or to compare them would take long."""
    chunks = _in_step([_words(each) for each in (base, yours, theirs)], _FEW, steps)
    if not base or chunks is None:
        return None
    parts = [_either(*chunk) for chunk in chunks]
    return None if None in parts else "".join(word for part in parts if part for word in part)


def _either(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> Sequence[str] | None:
    """The side that has changed something, if it is one only, or both have changed it alike."""
    if yours in (theirs, base):
        return theirs
    return yours if theirs == base else None


def _one_after_the_other(yours: str, theirs: str) -> str:
    is_apart = not yours or not theirs or yours.endswith("\n")
    return f"{yours}{theirs}" if is_apart else f"{yours}\n{theirs}"


def _in_step(texts: list[list[str]], most: int, steps: _Steps) -> list[_Chunk] | None:
    """The three in chunks: what stands in all of them, and what stands in between. None if that would take long."""
    base, yours, theirs = texts
    if max(map(len, texts)) > most:
        return None
    with suppress(_TooManySteps):
        return list(_chunks(base, yours, theirs, steps))
    return None


def _chunks(base: list[str], yours: list[str], theirs: list[str], steps: _Steps) -> Iterator[_Chunk]:
    """Raises _TooManySteps."""
    done = (0, 0, 0)
    for start, length, mine, other in _common(base, yours, theirs, steps):
        yield base[done[0] : start], yours[done[1] : mine], theirs[done[2] : other]
        same = base[start : start + length]
        yield same, same, same
        done = (start + length, mine + length, other + length)


def _common(base: list[str], yours: list[str], theirs: list[str], steps: _Steps) -> Iterator[tuple[int, int, int, int]]:
    """Runs of the base that both have kept: where each begins, how long it is, and where it begins in the others.

    The last one is empty, and at the end of all. Raises _TooManySteps.
    """
    ours, others = (_Comparison(base, side, steps).get_matching_blocks() for side in (yours, theirs))
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
