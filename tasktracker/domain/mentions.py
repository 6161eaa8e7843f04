"""`@ana`: whom a text speaks to.

A handle counts where it is plain text: not in code, not in a link, not behind a backslash. It may end in a dot or a
dash, and so may a sentence: of the ways to read one, the longest that is somebody's handle counts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from tasktracker.domain.markdown import plain_texts

Who = TypeVar("Who")

MENTION = r"(?<![\w@/.+-])@(?P<said>[A-Za-z0-9][A-Za-z0-9._-]{0,39}+)(?![\w@])"
_MENTION = re.compile(MENTION)


def readings(said: str) -> Iterator[str]:
    """The handles that the text behind an @ may mean, the longest first."""
    handle = said.lower()
    yield handle
    while handle[-1] in "._-":
        handle = handle[:-1]
        yield handle


def handles_in(markdown: str) -> set[str]:
    """Every handle that the text may name: those to look up."""
    return {handle for said in _said(markdown) for handle in readings(said)}


def mentioned(markdown: str, known: Mapping[str, Who]) -> list[Who]:
    """Who is named, in order and once each; `known` holds who they are by their handles."""
    found = (next((known[each] for each in readings(said) if each in known), None) for said in _said(markdown))
    return list(dict.fromkeys(who for who in found if who is not None))


def _said(markdown: str) -> Iterator[str]:
    if "@" in markdown:  # most texts speak to nobody, and need no parser to say so
        for text in plain_texts(markdown):
            yield from (found["said"] for found in _MENTION.finditer(text))
