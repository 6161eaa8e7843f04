"""The words of a line: what stands between white space, and quoted text in one piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

MARKERS = "!@#*>~"

_QUOTED = r'"[^"]*"|“[^”]*”'
_WORD = re.compile(rf"(?:{_QUOTED})\S*|\\*[{MARKERS}](?:{_QUOTED})(?!\S)|\S+")
_ESCAPED = re.compile(rf'\\+[{MARKERS}"“]')


class Role(Enum):
    """What a word is by its first characters."""

    PLAIN = auto()
    QUOTED = auto()
    MARKER = auto()
    ESCAPED = auto()
    """A marker or a quotation mark behind a backslash."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int

    @property
    def role(self) -> Role:
        if _ESCAPED.match(self.text):
            return Role.ESCAPED
        if self.text[0] in MARKERS:
            return Role.MARKER
        return Role.QUOTED if re.match(_QUOTED, self.text) else Role.PLAIN

    @property
    def backslashes(self) -> int:
        """How many stand before it."""
        return len(self.text) - len(self.text.lstrip("\\"))


def split(line: str) -> Iterator[Word]:
    """The words of a line, in order."""
    return (Word(found.group(), *found.span()) for found in _WORD.finditer(line))


def unquoted(text: str) -> str:
    """What stands between the quotation marks, if the whole text stands between two."""
    return text[1:-1] if re.fullmatch(_QUOTED, text) else text


def with_blanks(line: str) -> str:
    """The line with a blank for every kind of white space: what the patterns of dates are matched against."""
    return "".join(" " if character.isspace() else character for character in line)


def fold(line: str) -> str:
    """The line as a title: trimmed, and with one blank between words."""
    return " ".join(line.split())
