"""A line in its parts: text, markers and phrases, and which of them count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasktracker.domain.quick_add.interface import Context
from tasktracker.domain.quick_add.markers import Marker, read_marker
from tasktracker.domain.quick_add.phrases import Phrase, read_phrase
from tasktracker.domain.quick_add.words import Role, Word, split, with_blanks

_SENTENCE = {
    "a", "about", "after", "all", "an", "and", "any", "at", "before", "between", "during", "each", "every", "except",
    "for", "from", "in", "last", "most", "my", "no", "not", "of", "on", "or", "our", "over", "past", "per", "since",
    "some", "than", "that", "the", "these", "this", "those", "through", "throughout", "till", "to", "until", "versus",
    "vs", "with", "without", "your", "&", "+", "-", "–", "—", "→", "/",
}  # fmt: skip
"""A day behind one of these belongs to the sentence: "the report for monday", "since 2026-11-30"."""

_COUNTED = {
    "article", "chapter", "day", "episode", "figure", "issue", "item", "no.", "number", "page", "paragraph", "part",
    "phase", "season", "section", "step", "ticket", "unit", "version", "volume",
}  # fmt: skip
"""A number behind one of these is a number: "Part 2/3"."""

_HOLIDAYS = {"ash", "black", "cyber", "easter", "good", "palm", "super", "holy"}
"""A weekday behind one of these is a day of its own: "Black Friday"."""

_WEEKDAY = re.compile(r"(?ai)(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_PART_OF_DAY = re.compile(r"(?ai) +(?:morning|afternoon|evening|night)s?\b")


@dataclass(frozen=True, slots=True)
class Part:
    """`text` is how it reads in a title. `is_aside`: a date that only such parts separate from an edge stands there."""

    text: str
    start: int
    end: int
    is_aside: bool = False
    found: Marker | Phrase | None = None


def read_parts(line: str, context: Context) -> list[Part]:
    """All of the line, in order; what counts is in `found`."""
    blanks = with_blanks(line)
    parts: list[Part] = []
    for word in split(line):
        if not parts or word.start >= parts[-1].end:
            parts.append(_part(line, blanks, word, context))
    return _counting(_outside_sentences(parts, blanks))


def _part(line: str, blanks: str, word: Word, context: Context) -> Part:
    match word.role:
        case Role.MARKER:
            return Part(word.text, word.start, word.end, is_aside=True, found=read_marker(word.text, context))
        case Role.ESCAPED:
            return Part(word.text[1:], word.start, word.end, is_aside=True)
        case Role.QUOTED:
            return Part(word.text, word.start, word.end)
    phrase = read_phrase(blanks, word.start + word.backslashes, context)
    if phrase is None:
        return Part(word.text, word.start, word.end)
    text = line[word.start : phrase.end]
    if word.backslashes:
        return Part(text[1:], word.start, phrase.end, is_aside=True)
    return Part(text, word.start, phrase.end, is_aside=phrase.kind == "start", found=phrase)


def _outside_sentences(parts: Sequence[Part], blanks: str) -> list[Part]:
    """The parts, where a phrase that belongs to a sentence is text."""
    kept: list[Part] = []
    word = ""  # of the text before the part
    for part in parts:
        is_text = not part.is_aside and part.found and _belongs(part, word, blanks)
        kept.append(replace(part, found=None) if is_text else part)
        if not part.is_aside and not kept[-1].found:
            word = part.text.lower()
    return kept


def _belongs(part: Part, word: str, blanks: str) -> bool:
    return (
        word in _SENTENCE
        or (word in _COUNTED and part.text[0].isdigit())
        or (word in _HOLIDAYS and _WEEKDAY.match(part.text) is not None)
        or _PART_OF_DAY.match(blanks, part.end) is not None
    )


def _counting(parts: Sequence[Part]) -> list[Part]:
    """The parts, where a phrase that stands where none counts is text."""
    texts = [index for index, part in enumerate(parts) if not part.is_aside and not part.found]
    first, last = (texts[0], texts[-1]) if texts else (len(parts), -1)
    return [
        part if _counts(part, is_first=index < first, is_last=index > last) else replace(part, found=None)
        for index, part in enumerate(parts)
    ]


def _counts(part: Part, *, is_first: bool, is_last: bool) -> bool:
    if not isinstance(part.found, Phrase):
        return True
    return part.found.is_certain or is_last or (is_first and not part.found.is_adjective)
